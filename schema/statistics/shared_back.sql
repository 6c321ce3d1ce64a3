-- They come back: the calls are whole.
insert into pg_temp.call_leg table pg_temp.shared;

-- What was told differently, where that changed.
delete from cdr.leg_version v using pg_temp.retold r where v.leg_key = r.leg_key;
insert into cdr.leg_version select * from pg_temp.told;

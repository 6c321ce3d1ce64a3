-- The legs of others, aside, so that the legs of this file are counted by themselves.
create temp table shared on commit drop as table pg_temp.call_leg;
truncate pg_temp.call_leg;

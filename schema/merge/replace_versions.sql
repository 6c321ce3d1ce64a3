-- Versions of legs, replaced where the set of them changed.
delete from cdr.leg_version v using pg_temp.changed_key r where v.leg_key = r.leg_key;
insert into cdr.leg_version select * from pg_temp.new_version;

-- A merge keeps nothing for the next one of its transaction.
drop table if exists pg_temp.stage, pg_temp.same_row, pg_temp.conflict, pg_temp.merged,
    pg_temp.new_version, pg_temp.changed_key, pg_temp.dirty_hour;

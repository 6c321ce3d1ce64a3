-- Renaming keeps nothing for the next month.
drop table if exists pg_temp.renamed, pg_temp.moved, pg_temp.moved_version, pg_temp.renamed_twice,
    pg_temp.moved_hash, pg_temp.moved_source, pg_temp.moved_record;

-- Renaming keeps nothing for the next month.
drop table if exists pg_temp.renamed, pg_temp.moved, pg_temp.moved_version, pg_temp.renamed_twice;

-- Taking back keeps nothing for the next file of the transaction.
drop table if exists pg_temp.taken, pg_temp.left_version, pg_temp.chosen, pg_temp.renamed_file;

-- From here on numbers are pseudonyms.  $1 the key, $2 the run.  No row when there are
-- legs already.
insert into cdr.pseudonym_key (key_id, run_id)
select $1, $2::integer
where not exists (select 1 from cdr.leg)

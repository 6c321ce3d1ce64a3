-- From now on the numbers in pg_temp.wanted stay away; run $1 says so.
insert into cdr.suppression (hmac, run_id)
select distinct hmac, $1::integer from pg_temp.wanted
on conflict do nothing;

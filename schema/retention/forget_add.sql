-- From now on the number of this HMAC ($1, hex) stays away; run $2 says so.
insert into cdr.suppression (hmac, run_id) values (decode($1, 'hex'), $2::integer)
on conflict do nothing;

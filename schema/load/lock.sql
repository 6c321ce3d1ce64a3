-- The lock of everybody who writes legs: 'cdretl' in ASCII, as one number.
select pg_try_advisory_xact_lock(109283067130988);

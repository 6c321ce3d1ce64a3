-- The legs behind midnight $1 that belong to the day before.
select leg_key from pg_temp.crossing where midnight = $1::timestamptz order by leg_key;

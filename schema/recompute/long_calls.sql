-- Has a call of the day before midnight $1 more than one leg?  No other can cross it, and
-- the statistics know.
select exists (
    select 1 from cdr.stat_hour
    where unit = 'call' and hour >= $1::timestamptz - interval '1 day' and hour < $1::timestamptz
        and legs > n
);

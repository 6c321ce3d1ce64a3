-- Has a difference been taken from what never counted it?  Statistics of a call whose
-- legs lie more than a day apart depend on how they were built.
select exists (
    select from cdr.stat_hour
    where hour >= $1::timestamptz and hour <= $2::timestamptz
        and (n = 0 or least(n, answered, delivered_low, delivered_high, short, rang, duration, bill_seconds,
            talk_seconds, early_media_seconds, ring_seconds, ring_n, setup_seconds, setup_n,
            wait_seconds, wait_n, hold_seconds, by_agent, served_in_time, left_soon, legs) < 0)
);

-- Compacted months that have a part in [$1, $2): their rows may change from now on.
select cdr.add_month(m.month)
from (
    -- include rules/compacted_months
) m
where m.month::timestamp at time zone 'UTC' < $2::timestamptz
    and (m.month + interval '1 month') at time zone 'UTC' > $1::timestamptz;

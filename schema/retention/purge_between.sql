-- The purged months that have a part in [$1, $2): how many, the first and the last.
select count(*) as months, to_char(min(month), 'YYYY-MM') as first_month, to_char(max(month), 'YYYY-MM') as last_month
from cdr.purged_month
where month::timestamp at time zone 'UTC' < $2::timestamptz
    and (month + interval '1 month') at time zone 'UTC' > $1::timestamptz;

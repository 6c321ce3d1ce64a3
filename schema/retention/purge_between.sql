-- The purged months that have a part in [$1, $2): how many, the first and the last.
select count(*), to_char(min(month), 'YYYY-MM'), to_char(max(month), 'YYYY-MM')
from cdr.purged_month
where month::timestamp at time zone 'UTC' < $2::timestamptz
    and (month + interval '1 month') at time zone 'UTC' > $1::timestamptz;

-- Hours (since 1970) that have a part in [$1, $2) and were counted on another basis.
select distinct floor(extract(epoch from hour) / 3600)::bigint as hour
from cdr.stat_hour
where hour > $1::timestamptz - interval '1 hour' and hour < $2::timestamptz
    and basis is distinct from (select cdr.stat_basis())
order by hour;

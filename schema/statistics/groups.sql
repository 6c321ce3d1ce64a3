-- What the statistics hold of the hours $1 (since 1970) and the categories $2, and where each
-- row stands.
select s.*, s.ctid::text as place
from cdr.stat_hour s
where s.hour = any (array(select to_timestamp(h * 3600) from unnest($1::bigint[]) h))
    and s.category = any ($2::text[]);

-- By how many quarters of an hour do starts differ where the file has legs that are stored
-- with other evidence?  One row: how many there are, the least and the greatest difference,
-- whether all are whole quarters, and the zones that the stored ones were read in.
with pair as (
    select extract(epoch from s.started_at - l.started_at) as apart, l.file_id
    from pg_temp.stage s
    join cdr.leg l on l.leg_key = s.leg_key
    where l.started_at >= $1::timestamptz - cdr.leg_reach()
        and l.started_at <= $2::timestamptz + cdr.leg_reach()
        and s.time_flag is null and l.time_flag is null
)
select count(*), coalesce(min(round(b.apart / 900)), 0)::bigint, coalesce(max(round(b.apart / 900)), 0)::bigint,
    coalesce(bool_and(abs(b.apart - round(b.apart / 900) * 900) <= 2), false),
    string_agg(distinct f.zone, ', ')
from pair b
left join cdr.file f on f.file_id = b.file_id;

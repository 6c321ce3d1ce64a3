-- What becomes of each leg.  A version that is not on record is the stored leg's own.
update pg_temp.taken t set fate = f.fate
from (
    select n.leg_key, case
        when count(c.leg_key) = 0 then 'only'
        when bool_and(c.evidence_hash is not distinct from l.evidence_hash) then 'same'
        when bool_or(r.leg_key is not null) then 'other'
        else 'same'
        end as fate
    from pg_temp.taken n
    left join pg_temp.chosen c on c.leg_key = n.leg_key
    left join cdr.leg_record r on r.leg_key = c.leg_key and r.evidence_hash = c.evidence_hash
    left join (
        select l.leg_key, l.evidence_hash from cdr.leg l join pg_temp.taken n on n.leg_key = l.leg_key
        where l.started_at >= $1::timestamptz - cdr.leg_reach()
            and l.started_at <= $2::timestamptz + cdr.leg_reach()
    ) l on l.leg_key = n.leg_key
    group by n.leg_key
) f
where f.leg_key = t.leg_key;

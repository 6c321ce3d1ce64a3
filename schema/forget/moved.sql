-- Legs that are renamed, and legs of calls that are.
insert into pg_temp.moved
select l.* from cdr.leg l join pg_temp.renamed r on r.old_key = l.leg_key
where l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz
union all
select l.* from cdr.leg l join pg_temp.renamed r on r.old_key = l.call_key
where l.started_at >= cdr.call_reach_before($1::timestamptz)
    and l.started_at < cdr.call_reach_after($2::timestamptz) and l.leg_key <> l.call_key
on conflict do nothing;

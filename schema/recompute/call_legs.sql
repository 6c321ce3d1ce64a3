-- All legs of the calls that change: of the day, and a day more where that reaches out
-- of the period ($1 to $2); and those behind the day, which we know.
insert into pg_temp.call_leg
select l.* from cdr.leg l
join (select distinct call_key from pg_temp.changed) c on c.call_key = l.call_key
where l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz
union all
select l.* from cdr.leg l
join pg_temp.crossing x on x.started_at = l.started_at and x.call_key = l.call_key and x.leg_key = l.leg_key
where l.started_at >= $2::timestamptz and l.started_at < cdr.call_reach_after($2::timestamptz)
    and x.midnight = (select next_at from pg_temp.slice)
    and l.call_key in (select call_key from pg_temp.changed);

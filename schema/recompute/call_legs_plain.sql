-- All legs of the calls that change, where all calls have one leg.
insert into pg_temp.call_leg
select l.* from cdr.leg l
join pg_temp.changed c on c.started_at = l.started_at and c.call_key = l.call_key and c.leg_key = l.leg_key
where l.started_at >= $1::timestamptz and l.started_at <= $2::timestamptz;

-- Staged rows that are equal to what is stored.  Not those of an export with
-- gateways ($3) about a leg that only exports without any have: that the
-- leg has none is news then, and decides whether it is an attempt.
insert into pg_temp.same_row
select s.leg_key, s.evidence_hash, s.file_id, s.line_no, s.started_at
from pg_temp.stage s
join cdr.leg l on l.leg_key = s.leg_key and l.evidence_hash = s.evidence_hash
where l.started_at >= cdr.leg_reach_before($1::timestamptz)
    and l.started_at <= cdr.leg_reach_after($2::timestamptz)
    and (not $3::boolean or l.gateway is not null
        or l.file_id in (select file_id from cdr.file where has_gateway));

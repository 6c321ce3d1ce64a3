-- Calls and attempts, and what each hour and day measures.

-- name: call
-- All calls, read with the owner's rights, numbers masked for those who may not see them.
create view cdr.call with (security_barrier) as
with legs as not materialized (
    select * from cdr.leg
), calls as not materialized (
    -- include rules/calls
)
select
    c.call_key, c.started_at, c.ended_at, c.domain, c.direction, cdr.number_shown(c.caller)
    as caller, cdr.number_shown(c.destination) as destination, c.queue,
    case when cdr.sees_agents() then c.agent else cdr.agent_label(c.agent, k.key) end as agent, c.gateway,
    c.provider, c.legs, c.is_orphan, c.answered, c.answered_by, c.category, c.confidence,
    c.alternatives, c.outcome_group, c.ended_by, c.hangup_cause, c.disposition, c.sip_code,
    c.naive_category, c.rule_id, c.deciding_leg_key, c.linked_by, c.duration,
    c.bill_seconds, c.talk_seconds, c.hold_seconds, c.handling_seconds, c.early_media_seconds,
    c.pdd_seconds, c.ring_seconds, c.wait_seconds
from calls c
left join (select s.key from cdr.secret s where s.purpose = 'agent_label') k on true;

comment on view cdr.call is
    'Calls: an A-leg with its B-legs, the orphaned B-legs of one missing A-leg, or a leg that stands alone. Numbers and names of employees are masked for readers.';

grant select on cdr.call to cdretl_loader, cdretl_dashboard;

-- name: attempt
-- All attempts, as cdr.call.
create view cdr.attempt with (security_barrier) as
with legs as not materialized (
    select * from cdr.leg
), attempts as not materialized (
    -- include rules/attempts
)
select
    t.leg_key, t.call_key, t.side, t.started_at, t.answered_at, t.ended_at, t.domain,
    t.direction, cdr.number_shown(t.caller) as caller, cdr.number_shown(t.destination) as
    destination, t.queue,
    case when cdr.sees_agents() then t.agent else cdr.agent_label(t.agent, k.key) end as agent, t.gateway, t.provider, t.answered, t.category,
    t.confidence, t.alternatives, t.outcome_group, t.ended_by, t.hangup_cause,
    t.disposition, t.sip_code, t.q850, t.naive_category, t.rule_id, t.duration,
    t.bill_seconds, t.talk_seconds, t.early_media_seconds, t.pdd_seconds, t.ring_seconds, t.wait_seconds,
    t.hold_seconds
from attempts t
left join (select s.key from cdr.secret s where s.purpose = 'agent_label') k on true;

comment on view cdr.attempt is
    'Attempts: legs towards a carrier, the unit of ASR, ABR and NER. Numbers and names of employees are masked for readers.';

grant select on cdr.attempt to cdretl_loader, cdretl_dashboard;

-- name: measure_hour
create view cdr.measure_hour as
select
    -- include rules/measure_columns
from cdr.stat_hour s
    -- include rules/measure_joins
;

comment on view cdr.measure_hour is
    'Calls and attempts by the hour, as additive measures: who counts in which denominator. Sum what you like, then divide: cdr.percent(sum(answered), sum(seizures)).';

grant select on cdr.measure_hour to cdretl_loader, cdretl_dashboard;

-- name: measure_day
create view cdr.measure_day as
select
    -- include rules/measure_columns
from cdr.stat_day s (hour)
    -- include rules/measure_joins
;

comment on view cdr.measure_day is
    'The rows of cdr.stat_day as cdr.measure_hour has those of an hour; hour is the beginning of the day. Only days that cdr.stat_parts() names: others are not there.';

grant select on cdr.measure_day to cdretl_loader, cdretl_dashboard;

-- name: whole_day
-- The days that may be read from the roll-up: of the zone that days are in now.
create view cdr.whole_day as
select r.starts_at, r.ends_at
from cdr.rolled_day r
join cdr.setting z on z.setting = 'zone' and z.value = r.zone;

comment on view cdr.whole_day is 'Days of the zone in cdr.setting that cdr.stat_day has.';

grant select on cdr.whole_day to cdretl_loader, cdretl_dashboard;

-- name: day
-- The days of which something is known, also the empty ones between.  A filter on the day
-- or its instants reaches cdr.stat_hour through it as a range of hours.
create view cdr.day as
select
    d::date as day,
    d at time zone z.zone as starts_at,
    (d + interval '1 day') at time zone z.zone as ends_at,
    case when w.starts_at is null then 'hour' else 'day' end as grain
from (select value as zone from cdr.setting where setting = 'zone') z
cross join lateral (
    select min(hour) at time zone z.zone as first_local, max(hour) at time zone z.zone as last_local
    from cdr.stat_hour
) known
cross join lateral generate_series(date_trunc('day', first_local), last_local, interval '1 day') d
left join cdr.whole_day w on w.starts_at = d at time zone z.zone;

comment on view cdr.day is 'Days of the zone in cdr.setting, from the first to the last of which anything is known, and whether the roll-up has each (grain day) or its hours are read.';

grant select on cdr.day to cdretl_loader, cdretl_dashboard;

-- name: unrolled_day
-- A day rests when it has been over for a day: until then loads go on changing it.
-- A day that shows some hour twice at midnight is read by the hour: where clocks go back to
-- 0:00, the first such hour belongs to the day by its date, and lies before its beginning.
create view cdr.unrolled_day as
select d.day, d.starts_at, d.ends_at
from cdr.day d
join cdr.setting z on z.setting = 'zone'
where d.grain = 'hour'
    and d.ends_at < now() - interval '1 day'
    and date_trunc('day', d.ends_at - interval '1 hour', z.value) = d.starts_at
    and exists (select 1 from cdr.stat_hour s where s.hour >= d.starts_at and s.hour < d.ends_at);

comment on view cdr.unrolled_day is 'Days with statistics that rest and that cdr.stat_day does not have yet; the end of the next run adds them up.';

grant select on cdr.unrolled_day to cdretl_loader, cdretl_dashboard;

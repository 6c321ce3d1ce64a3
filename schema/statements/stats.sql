-- What `stats` and `numbers` ask, in the order in which it is sent.

-- name: period
-- What a period means: instants in the zone of cdr.setting, null where it is open.
-- $1 first, $2 end: an instant ends in Z, a wall-clock time does not; $3 an interval that
-- ends with the last midnight, or of hours with the last full hour; $4 a month: YYYY-MM,
-- this, last; $5 another zone, null: none.  agrees: the clocks of both show the same.
with clock as (
    select value as zone, now() as instant, now() at time zone value as local_now from cdr.setting where setting = 'zone'
), bounds as (
    select zone, instant,
        case
            when $1 like '%Z' then $1::text::timestamptz
            when $1 is not null then $1::text::timestamp at time zone zone
            when $3 like '%hours' then date_trunc('hour', instant, 'UTC') - $3::interval
            when $3 is not null then (date_trunc('day', local_now) - $3::interval) at time zone zone
            when $4 = 'this' then date_trunc('month', local_now) at time zone zone
            when $4 = 'last' then (date_trunc('month', local_now) - interval '1 month') at time zone zone
            when $4 is not null then ($4::text || '-01')::timestamp at time zone zone
        end as starts_at,
        case
            when $2 like '%Z' then $2::text::timestamptz
            when $2 is not null then $2::text::timestamp at time zone zone
            when $3 like '%hours' then date_trunc('hour', instant, 'UTC')
            when $3 is not null then date_trunc('day', local_now) at time zone zone
            when $4 = 'this' then (date_trunc('month', local_now) + interval '1 month') at time zone zone
            when $4 = 'last' then date_trunc('month', local_now) at time zone zone
            when $4 is not null then (($4::text || '-01')::timestamp + interval '1 month') at time zone zone
        end as ends_at
    from clock
)
select zone,
    to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as from_at,
    to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as to_at,
    round(extract(epoch from starts_at)::numeric * 1000)::bigint as from_ms,
    round(extract(epoch from ends_at)::numeric * 1000)::bigint as to_ms,
    $5::text is null or not exists (
        select 1
        from generate_series(coalesce(starts_at, ends_at - interval '400 days', instant - interval '400 days'),
            coalesce(ends_at, starts_at + interval '400 days', instant), interval '1 day') t
        where t at time zone $5::text <> t at time zone zone) as agrees
from bounds

-- name: known
-- Are there statistics in [$1, $2)?  And from which day to which there are any.
select
    exists (select 1 from cdr.stat_hour s where s.hour >= $1::timestamptz and s.hour < $2::timestamptz) as is_known,
    to_char((select min(s.hour) from cdr.stat_hour s) at time zone z.value, 'YYYY-MM-DD') as first_day,
    to_char((select max(s.hour) from cdr.stat_hour s) at time zone z.value, 'YYYY-MM-DD') as last_day
from cdr.setting z
where z.setting = 'zone'

-- name: span
-- Of which days statistics of a period are, in the zone of the days.
-- $1 beginning, $2 end of the period, $3 unit: call or attempt.
select to_char(s.first_hour at time zone z.value, 'YYYY-MM-DD') as first_day,
    to_char(s.last_hour at time zone z.value, 'YYYY-MM-DD') as last_day
from cdr.setting z
cross join (
    select min(h.hour) as first_hour, max(h.hour) as last_hour
    from cdr.stat_hour h
    where h.hour >= $1::timestamptz and h.hour < $2::timestamptz and h.unit = $3
) s
where z.setting = 'zone' and s.first_hour is not null

-- name: labels
-- What people call categories.
-- $1 language.
select category, case $1 when 'uk' then label_uk when 'ru' then label_ru else label_en end as label
from cdr.category

-- name: by
-- KPIs of a period by one key.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt,
-- $4 the key.  What every column means stands in cdr.kpi_definition; the last
-- three are for the eye.
with period as (
    -- include rules/period
)
select
    coalesce(case $4
        when 'day' then to_char(k.at at time zone p.zone, 'YYYY-MM-DD')
        when 'hour' then to_char(k.at at time zone p.zone, 'YYYY-MM-DD HH24:00')
            || case when k.at at time zone p.zone = (k.at - interval '1 hour') at time zone p.zone
                then ' again' else '' end
        else k.key
    end, '(none)') as key,
    k.n, k.seizures, k.answered, k.asr, k.asr_ci_low, k.asr_ci_high, k.ner_low, k.ner_high, k.naive_asr, k.acd, k.sdr,
    k.abandon_low, k.abandon_high, k.ambiguity, k.person_low, k.person_high, k.machine_low, k.machine_high, k.minutes,
    round(k.asr_ci_low) || '-' || round(k.asr_ci_high) as asr_range,
    round(k.ner_low) || '-' || round(k.ner_high) as ner_range,
    round(k.answered / nullif(k.seizures, 0), 4) as bar
from period p
cross join lateral cdr.kpi_between(p.starts_at, p.ends_at, $3,
    case when $4 in ('day', 'hour') then $4 else 'all' end,
    case $4 when 'day' then 'all' when 'hour' then 'all' else $4 end) k
order by case when $4 in ('day', 'hour') then 1 end, case when $4 in ('day', 'hour') then k.at end, k.n desc, 1

-- name: provider_category
-- Outcomes by carrier: how many, and their share of the carrier's.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select carrier, category, n, n_high,
    cdr.percent(n, sum(n) over of_carrier) as share,
    cdr.percent(n_high, sum(n) over of_carrier) as share_high,
    case when n_high > n then 'up to ' || round(cdr.percent(n_high, sum(n) over of_carrier), 1) else '' end as range,
    round(n / nullif(sum(n) over of_carrier, 0), 4) as bar
from (
    -- include rules/carrier_categories
    where m.unit = $3
    group by 1, 2
) s
window of_carrier as (partition by carrier)
order by sum(n) over of_carrier desc, carrier, n desc, n_high desc, category

-- name: share
-- How often each value of one key occurs in a period.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt,
-- $4 the key.  An ambiguous outcome counts once, under UNDETERMINED; n_high says
-- how often a category may have been it besides.
with period as (
    -- include rules/period
)
select key, n, n_high,
    cdr.percent(n, sum(n) over ()) as share,
    cdr.percent(n_high, sum(n) over ()) as share_high,
    case when n_high > n then 'up to ' || round(cdr.percent(n_high, sum(n) over ()), 1) else '' end as range,
    round(n / nullif(sum(n) over (), 0), 4) as bar
from (
    select
        coalesce(case $4
            when 'category' then x.category
            when 'confidence' then m.confidence
            when 'cause' then m.hangup_cause
            when 'sip' then m.sip_code::text
        end, '(none)') as key,
        sum(x.sure) as n,
        sum(m.n) as n_high
    from period p
    cross join lateral cdr.stat_parts(p.starts_at, p.ends_at) g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    cross join lateral (
        -- include rules/possible_categories
    ) x
    where m.unit = $3 and (x.sure > 0 or $4 = 'category')
    group by 1
) s
order by n desc, key

-- name: before
-- The headline figures against the period before, and the same weekdays of the weeks before.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select coalesce(d.name, case c.measure when 'attempts' then 'Attempts' when 'inbound' then 'Inbound calls' else c.measure end) as key, c.unit,
    case c.unit when 'count' then trim_scale(c.value) else c.value end as value, c.ci_low, c.ci_high,
    case c.unit when 'count' then trim_scale(c.before) else c.before end as before, c.against_before,
    case c.unit when 'count' then trim_scale(c.habit) else c.habit end as habit, c.against_habit, c.habit_periods
from period p
cross join lateral cdr.compared_between(p.starts_at, p.ends_at) c
left join cdr.kpi_definition d on d.kpi = c.measure

-- name: change
-- What reading the evidence changed, question by question.  $1 beginning, $2 end (instants;
-- null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select
    case c.question
        when 'answered' then 'the network answered'
        when 'person' then 'a person answered'
        when 'machine' then 'a machine answered'
        when 'delivered' then 'the network delivered'
        else 'undetermined'
    end as key,
    c.of_n, c.naive, c.now_low, c.now_high, c.agreed, c.gained, c.lost,
    case when c.now_high > c.now_low then 'up to ' || c.now_high else '' end as range
from period p
cross join lateral cdr.changed_between(p.starts_at, p.ends_at, $3) c

-- name: inbound
-- Inbound calls by $4: day, queue or direction.  $1 beginning, $2 end (instants; null: open),
-- $3 is call.
with period as (
    -- include rules/period
)
select
    coalesce(case when $4 = 'inbound' then to_char(i.at at time zone p.zone, 'YYYY-MM-DD') else i.key end, '(none)') as key,
    i.inbound, i.by_person, i.by_flow, i.abandoned, i.unanswered_other,
    i.inbound_person, i.inbound_person_ci_low, i.inbound_person_ci_high,
    i.inbound_abandon, i.inbound_abandon_ci_low, i.inbound_abandon_ci_high,
    i.service_level, i.service_level_n, i.mean_wait, i.aht, i.talk_minutes,
    round(i.by_person / nullif(i.inbound, 0), 4) as bar
from period p
cross join lateral cdr.inbound_between(p.starts_at, p.ends_at, case when $4 = 'inbound' then 'day' else 'all' end,
    case when $4 = 'inbound' then 'all' else $4 end) i
where $3::text = 'call'
order by i.at, i.inbound desc, 1

-- name: missed
-- Missed calls day by day, and whether they were returned.  $1 beginning, $2 end (instants;
-- null: open).
with period as (
    -- include rules/period
)
select m.key, m.missed, m.returned, m.called_back, m.called_again, m.open, m.no_number, m.returned_share,
    m.returned_share_ci_low, m.returned_share_ci_high, round((m.median_seconds / 60)::numeric, 1) as median_minutes,
    round(m.returned_share / 100, 4) as bar
from period p
cross join lateral cdr.missed_kpi_between(p.starts_at, p.ends_at, 'day') m
order by 1

-- name: caller
-- Unique and repeat callers by queue, and in all.  $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select k.key, k.inbound, k.with_number, k.callers, k.repeat_callers, k.repeat_calls, k.repeat_share
from period p
cross join lateral (
    select 1 as place, '(all queues)' as key, c.inbound, c.with_number, c.callers, c.repeat_callers, c.repeat_calls, c.repeat_share
    from cdr.callers_between(p.starts_at, p.ends_at) c
    union all
    select 2, coalesce(c.key, '(none)'), c.inbound, c.with_number, c.callers, c.repeat_callers, c.repeat_calls, c.repeat_share
    from cdr.callers_between(p.starts_at, p.ends_at, 'queue') c
) k
order by k.place, k.inbound desc, 1

-- name: agent
-- What employees did.  $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select a.agent as key, a.offered, a.answered, a.missed, a.elsewhere, a.placed, a.placed_answered,
    round(a.talk_seconds / 60.0, 1) as talk_minutes, round(a.hold_seconds / 60.0, 1) as hold_minutes, a.aht,
    to_char(a.first_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as first_at,
    to_char(a.last_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as last_at, a.days
from period p
cross join lateral cdr.agent_between(p.starts_at, p.ends_at) a
order by a.offered + a.placed desc, 1

-- name: contact
-- Outbound calls until a person answers.  $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select case when c.attempt < 10 then c.attempt::text else '10 and later' end as key, c.numbers, c.reached, c.reached_share,
    c.reached_share_ci_low, c.reached_share_ci_high, round(c.reached_share / 100, 4) as bar
from period p
cross join lateral cdr.contact_between(p.starts_at, p.ends_at) c
order by c.attempt

-- name: trunk
-- The most calls at once and in a minute, by trunk and in all.  $1 beginning, $2 end
-- (instants; null: open).
with period as (
    -- include rules/period
), hourly as materialized (
    select p.zone, c.*
    from period p
    cross join lateral cdr.concurrency_between(p.starts_at, p.ends_at) c
)
select coalesce(h.gateway, '(all calls)') as key, max(h.peak) as peak,
    (array_agg(to_char(h.peak_at at time zone h.zone, 'YYYY-MM-DD HH24:MI:SS') order by h.peak desc, h.peak_at))[1] as peak_at,
    sum(h.begun) as begun, max(h.busiest_minute) as busiest_minute,
    (array_agg(to_char(h.busiest_minute_at at time zone h.zone, 'YYYY-MM-DD HH24:MI') order by h.busiest_minute desc, h.busiest_minute_at))[1]
        as busiest_minute_at,
    round(sum(h.busy_seconds) / 3600, 1) as busy_hours
from hourly h
group by h.gateway
order by h.gateway is not null, 2 desc, 1

-- name: destination
-- Attempts by $4: operator, country or prefix of the called number.  $1 beginning, $2 end
-- (instants; null: open), $3 is attempt.
with period as (
    -- include rules/period
)
select
    case $4 when 'country' then d.country
        when 'operator' then concat_ws(', ', d.country, d.operator)
        else concat_ws(' ', d.prefix, d.operator, case when d.prefix is null then d.country end)
    end as key,
    d.kind, d.attempts, d.seizures, d.answered, d.asr, d.asr_ci_low, d.asr_ci_high, d.persons, d.machines, d.minutes, d.acd,
    round(d.answered / nullif(d.seizures, 0)::numeric, 4) as bar
from period p
cross join lateral cdr.destinations_between(p.starts_at, p.ends_at, $4) d
where $3::text is not null
order by d.attempts desc, 1

-- name: rule
-- Legs by the rule that decided them and by carrier.  $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select r.rule_id as key, coalesce(r.provider, '(none)') as carrier, r.legs,
    cdr.percent(r.legs, sum(r.legs) over ()) as share, r.ambiguous,
    round(r.legs / nullif(sum(r.legs) over (), 0), 4) as bar
from period p
cross join lateral cdr.rules_between(p.starts_at, p.ends_at) r
order by r.legs desc, r.rule_id, r.provider

-- name: coverage
-- The same of the carrier $3 (null: all), for `rules coverage`.
with period as (
    -- include rules/period
)
select r.rule_id, r.provider, r.legs
from period p
cross join lateral cdr.rules_between(p.starts_at, p.ends_at) r
where $3::text is null or r.provider = $3

-- name: numbers_rights
-- May whoever asks see whole numbers?
select pg_has_role(current_user, 'cdretl_loader', 'usage') or pg_has_role(current_user, 'cdretl_owner', 'usage')

-- name: numbers
-- Numbers without a sign of life.  $1 beginning, $2 end (instants; null: open), $3 tries at least.
with period as (
    -- include rules/period
)
select n.number, n.tries, n.days, n.hours, n.carriers, n.outcomes,
    to_char(n.first_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as first_at,
    to_char(n.last_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as last_at,
    to_char(n.last_sign_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as last_sign_at, n.verdict
from period p
cross join lateral cdr.silent_numbers(p.starts_at, p.ends_at, $3::integer) n
order by n.tries desc, n.number

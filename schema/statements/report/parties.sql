-- What the report asks by carrier, destination, trunk, queue, caller and employee, in the order in which it is sent.

-- name: carriers
-- The carriers side by side; the small ones are one row when there are many.
-- $1 beginning, $2 end (instants; null: open), $3 "others" in the page's language.
with period as (
    -- include rules/report_days
), sums as materialized (
    select m.carrier,
        -- include rules/kpi_sums
    from period p
    cross join lateral cdr.stat_parts(p.starts_at, p.ends_at) g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    where m.unit = 'attempt'
    group by m.carrier
), placed as (
    select m.carrier, row_number() over (order by m.seizures desc, m.carrier) as place, count(*) over () as carriers
    from sums m
), named as (
    select carrier, place, case when carriers <= 12 or place < 12 then nullif(carrier, '(none)')
        else $3::text || ': ' || (carriers - 11) end as name
    from placed
), kpi as (
    select s.name as carrier, s.place, cdr.percent(s.undetermined, s.n) as undetermined,
        -- include rules/kpi_ratios
    from (
        select g.name, min(g.place) as place,
            -- include rules/kpi_sums
        from named g
        join sums m on m.carrier = g.carrier
        group by g.name
    ) s
)
select carrier, seizures, answered, person_low as person, person_ci_low, person_ci_high, machine_low as machine, asr, asr_ci_low,
    asr_ci_high, naive_asr, ner_low, ner_high, naive_ner, undetermined, minutes, acd, pgad, sdr, recategorisation
from kpi
order by place

-- name: outcomes
-- Outcomes by carrier, every combination, as shares of the carrier's; small carriers
-- are one column when there are many, and the last column is all of them.
-- share_high counts ambiguous sets that hold the category.
-- $1 beginning, $2 end (instants; null: open), $3 language, $4 "others" and $5 "all" in it.
with period as (
    -- include rules/report_days
), known as materialized (
    -- include rules/carrier_categories
    where m.unit = 'attempt'
    group by 1, 2
), placed as (
    select carrier, row_number() over (order by sum(n) desc, carrier) as place, count(*) over () as carriers
    from known
    group by carrier
), named as (
    select carrier, least(place, case when carriers <= 7 then place else 7 end) as place,
        case when carriers <= 7 or place < 7 then nullif(carrier, '(none)') else $4::text || ': ' || (carriers - 6) end as name
    from placed
    union all
    select carrier, 8, $5::text from placed
), counted as (
    select c.place, c.name, k.category, sum(k.n) as n, sum(k.n_high) as n_high
    from known k
    join named c on c.carrier = k.carrier
    group by 1, 2, 3
), totals as (
    select place, name, sum(n) as n from counted group by 1, 2
), categories as (
    select category, n, n_high from counted where place = 8
)
select c.category,
    coalesce(case $3 when 'uk' then l.label_uk when 'ru' then l.label_ru else l.label_en end, c.category) as label,
    t.name as carrier,
    coalesce(s.n, 0) as n,
    cdr.percent(coalesce(s.n, 0), t.n) as share,
    cdr.percent(coalesce(s.n_high, 0), t.n) as share_high
from totals t
cross join categories c
left join cdr.category l on l.category = c.category
left join counted s on s.category = c.category and s.place = t.place
order by c.n desc, c.n_high desc, c.category, t.place

-- name: destinations
-- Destinations by the operator of their range; those behind the ninth are one row.
-- $1 beginning, $2 end (instants; null: open), $3 "others" in the page's language.
with period as (
    -- include rules/report_leg_days
), placed as (
    select d.*, row_number() over (order by d.seizures desc, d.country, d.operator) as place, count(*) over () as destinations
    from period p
    cross join lateral cdr.destinations_between(p.starts_at, p.ends_at, 'operator') d
)
select case when destinations <= 10 or place < 10 then operator else $3::text || ': ' || (destinations - 9) end as operator,
    case when destinations <= 10 or place < 10 then country else '' end as country,
    sum(attempts) as attempts, sum(seizures) as seizures, cdr.percent(sum(persons), sum(seizures)) as person,
    cdr.percent(sum(answered), sum(seizures)) as asr, sum(minutes) as minutes
from placed
group by 1, 2
order by min(place)

-- name: trunks
-- The most calls at once and begun in one minute, by trunk and in all.
-- $1 beginning, $2 end (instants; null: open), $3 "all" in the page's language.
with period as (
    -- include rules/report_leg_days
), busy as (
    select coalesce(c.gateway, $3::text) as gateway, c.gateway is null as is_all, c.peak, c.peak_at, p.zone,
        max(c.busiest_minute) over (partition by c.gateway) as busiest_minute,
        row_number() over (partition by c.gateway order by c.peak desc, c.peak_at) as place
    from period p
    cross join lateral cdr.concurrency_between(p.starts_at, p.ends_at) c
)
select gateway, peak, to_char(peak_at at time zone zone, 'YYYY-MM-DD HH24:MI') as peak_at, busiest_minute
from busy
where place = 1
order by is_all desc, peak desc, gateway
limit 13

-- name: queues
-- Inbound calls by queue; without one the name is null.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select i.key as queue, i.inbound, i.by_person, i.by_flow, i.abandoned, i.inbound_person as person, i.inbound_person_ci_low as person_ci_low,
    i.inbound_person_ci_high as person_ci_high, i.inbound_abandon as abandon,
    i.service_level, i.mean_wait, i.aht
from period p
cross join lateral cdr.inbound_between(p.starts_at, p.ends_at, 'all', 'queue') i
order by i.inbound desc, i.key

-- name: missed
-- Missed inbound calls by queue, and how many were returned.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_leg_days
)
select m.key, m.missed, m.called_back, m.called_again, m.open, m.no_number, m.returned_share, m.median_seconds
from period p
cross join lateral cdr.missed_kpi_between(p.starts_at, p.ends_at, 'queue') m
order by m.missed desc, m.key

-- name: callers
-- Callers by queue, and those who called more than once.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_leg_days
)
select c.key, c.inbound, c.callers, c.repeat_callers, c.repeat_calls, c.repeat_share
from period p
cross join lateral cdr.callers_between(p.starts_at, p.ends_at, 'queue') c
order by c.inbound desc, c.key

-- name: agents
-- Agents, the busiest first; those behind the 14th are one row.
-- $1 beginning, $2 end (instants; null: open), $3 "others" in the page's language.
with period as (
    -- include rules/report_leg_days
), placed as (
    select a.*, p.zone, row_number() over (order by a.offered + a.placed desc, a.agent) as place, count(*) over () as agents
    from period p
    cross join lateral cdr.agent_between(p.starts_at, p.ends_at) a
)
select case when agents <= 15 or place < 15 then agent else $3::text || ': ' || (agents - 14) end as agent,
    sum(offered) as offered, sum(answered) as answered, sum(missed) as missed, sum(placed) as placed,
    sum(talk_seconds) as talk_seconds, sum(hold_seconds) as hold_seconds,
    round(sum(handling_seconds) / nullif(sum(handling_n), 0), 1) as aht,
    to_char(min(first_at) at time zone min(zone), 'YYYY-MM-DD HH24:MI') as first_at,
    to_char(max(last_at) at time zone min(zone), 'YYYY-MM-DD HH24:MI') as last_at
from placed
group by 1
order by min(place)

-- name: contact
-- At which attempt a number was reached.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_leg_days
)
select case when c.attempt = 10 then '10+' else c.attempt::text end as attempt, c.numbers, c.reached, c.reached_share,
    c.reached_share_ci_low, c.reached_share_ci_high
from period p
cross join lateral cdr.contact_between(p.starts_at, p.ends_at) c
order by c.attempt

-- What the report asks of a period as a whole, in the order in which it is sent.

-- name: site
-- Every day, week and month with statistics, newest first: its figures, its period, and a
-- fingerprint of what its page is made of, which is also what lies four weeks around.
-- $1 what a page depends on besides the database: the program, the language.
with known as (
    select value as zone from cdr.setting where setting = 'zone'
), attempts as materialized (
    select (k.at at time zone z.zone)::date as day, k.n as attempts, k.seizures, k.persons
    from known z
    cross join lateral cdr.kpi_between('-infinity', 'infinity', 'attempt', 'day') k
), inbound as materialized (
    select (i.at at time zone z.zone)::date as day, i.inbound, i.abandoned
    from known z
    cross join lateral cdr.inbound_between('-infinity', 'infinity', 'day') i
), digests as materialized (
    select (s.hour at time zone z.zone)::date as day, sum(hashtextextended(s::text, 0)) as digest
    from known z
    cross join cdr.stat_hour s
    group by 1
), files as materialized (
    select f.file_id, (f.first_at at time zone z.zone)::date as first_day, (f.last_at at time zone z.zone)::date as last_day
    from known z
    join cdr.file f on f.verdict = 'loaded' and f.first_at is not null
), common as (
    select md5(concat_ws('|', $1::text,
        (select string_agg(s::text, '|' order by s.setting) from cdr.setting s),
        (select string_agg(c::text, '|' order by c.category) from cdr.category c),
        (select string_agg(p::text, '|' order by p.provider) from cdr.provider p),
        (select string_agg(d::text, '|' order by d.kpi) from cdr.kpi_definition d),
        (select max(r.ruleset_id)::text from cdr.ruleset r))) as digest
), periods as (
    select x.kind, x.name, x.first_day, x.end_day, sum(a.attempts) as attempts, sum(a.seizures) as seizures,
        sum(a.persons) as persons, sum(i.inbound) as inbound, sum(i.abandoned) as abandoned
    from digests d
    left join attempts a on a.day = d.day
    left join inbound i on i.day = d.day
    cross join lateral (values
        ('day', to_char(d.day, 'YYYY-MM-DD'), d.day, d.day + 1),
        ('week', to_char(d.day, 'IYYY"-W"IW'), date_trunc('week', d.day)::date, date_trunc('week', d.day)::date + 7),
        ('month', to_char(d.day, 'YYYY-MM'), date_trunc('month', d.day)::date,
            (date_trunc('month', d.day) + interval '1 month')::date)
    ) x(kind, name, first_day, end_day)
    group by 1, 2, 3, 4
)
select p.kind, p.name, p.first_day, to_char(p.first_day, 'IYYY"-W"IW') as week, to_char(p.first_day, 'YYYY-MM') as month,
    extract(isodow from p.first_day)::integer as weekday, extract(day from p.first_day)::integer as day_of_month,
    to_char(p.first_day::timestamp at time zone z.zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from_at,
    to_char(p.end_day::timestamp at time zone z.zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as to_at,
    p.attempts, cdr.percent(p.persons, p.seizures) as person, p.inbound, cdr.percent(p.abandoned, p.inbound) as abandon,
    md5(concat_ws('|', c.digest,
        (select string_agg(d.day || ':' || d.digest, ',' order by d.day) from digests d
            where d.day >= p.first_day - 29 and d.day < p.end_day + 29),
        (select string_agg(f.file_id::text, ',' order by f.file_id) from files f
            where f.last_day >= p.first_day and f.first_day < p.end_day + 4),
        (select count(*)::text from cdr.purged_month m where m.month < p.end_day and m.month + 31 >= p.first_day))) as fingerprint
from periods p
cross join known z
cross join common c
order by p.kind, p.first_day desc

-- name: period
-- The report's head: its days, their zone, and the rule set; of which days there are calls;
-- and whether it is short enough for the tables that read legs.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select p.first_day, p.last_day, p.last_day - p.first_day + 1 as days, p.bucket, p.zone,
    (select left(r.identity, 12) from cdr.ruleset r order by r.ruleset_id desc limit 1) as ruleset,
    ((select min(s.hour) from cdr.stat_hour s) at time zone p.zone)::date as first_known,
    ((select max(s.hour) from cdr.stat_hour s) at time zone p.zone)::date as last_known,
    exists (select 1 from (
        -- include rules/report_leg_days
    ) l) as has_leg_tables
from period p

-- name: compared
-- The headlines, each beside the period before and the same weekdays' habit.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select c.*
from period p
cross join lateral cdr.compared_between(p.starts_at, p.ends_at) c

-- name: reasons
-- Why attempts reached nobody: the most frequent outcomes, of all that left for a carrier.
-- $1 beginning, $2 end (instants; null: open), $3 language.
with period as (
    -- include rules/report_days
), counted as (
    select m.category, sum(m.unanswered) as n, sum(sum(m.seizures)) over () as seizures
    from period p
    cross join lateral cdr.stat_parts(p.starts_at, p.ends_at) g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    where m.unit = 'attempt'
    group by m.category
)
select case $3 when 'uk' then c.label_uk when 'ru' then c.label_ru else c.label_en end as label, t.n,
    cdr.percent(t.n, t.seizures) as share
from counted t
join cdr.category c on c.category = t.category
where t.n > 0
order by t.n desc, t.category
limit 4

-- name: look
-- What deserves a look, newest first: kind, at and until (local time), carrier, and the
-- figures that its sentence has.  Missing hours in a row are one.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
), missing as (
    select s.hour, s.expected, s.hour - row_number() over (order by s.hour) * interval '1 hour' as island
    from period p
    join cdr.signal_missing_hour s on s.hour >= p.starts_at and s.hour < p.ends_at
), found as (
    select 'incident' as kind, i.starts_at as at, i.ends_at as until, i.carrier, null::text as word, i.failed as n,
        i.seizures as total, i.share as value, i.otherwise as other
    from period p
    cross join lateral cdr.incidents_between(p.starts_at, p.ends_at) i
    union all
    select 'missing_hour', min(m.hour), max(m.hour) + interval '1 hour', null, null, null, null, null, round(avg(m.expected))
    from missing m
    group by m.island
    union all
    select h.signal, h.starts_at, null, null, null, h.n, null, null, h.expected
    from period p
    cross join lateral cdr.day_habit_between(p.starts_at, p.ends_at) h
    where h.signal is not null
    union all
    select 'ambiguity', a.starts_at, null, a.carrier, null, a.undetermined, a.unanswered, a.ambiguity, a.ambiguity_before
    from period p
    cross join lateral cdr.ambiguity_between(p.starts_at, p.ends_at) a
    union all
    select 'new_pair', s.first_at, null, s.carrier,
        concat_ws(' ', s.hangup_cause, s.sip_code::text, s.disposition), s.n, null, null, null
    from period p
    join cdr.signal_new_pair s on s.first_at >= p.starts_at and s.first_at < p.ends_at
)
select f.kind, to_char(f.at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as at,
    to_char(f.until at time zone p.zone, 'YYYY-MM-DD HH24:MI') as until, f.carrier, f.word, f.n, f.total, f.value, f.other
from period p
cross join found f
order by f.at desc, f.kind, f.carrier, f.word

-- name: attempts
-- What became of attempts: a row a day (of one day: an hour) and part, which is a person, a
-- machine, or the group of the outcome.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
), known as (
    select m.hour, m.category,
        sum(m.n) as n, sum(m.answered) as answered, sum(m.persons) as persons, sum(m.machines) as machines
    from period p
    cross join lateral cdr.stat_parts(p.starts_at, p.ends_at, p.bucket = 'hour') g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    where m.unit = 'attempt'
    group by m.hour, m.category
)
select to_char(m.hour at time zone p.zone, p.slot) as at, x.part, sum(x.n) as n
from period p
cross join known m
join cdr.category c on c.category = m.category
cross join lateral (values
    (1, 'person', m.persons),
    (2, 'machine', m.machines),
    (3, 'answered', m.answered - m.persons - m.machines),
    (case c.outcome_group when 'subscriber' then 4 when 'caller' then 6 when 'network' then 7 when 'system' then 8 else 5 end,
        case when c.outcome_group in ('subscriber', 'caller', 'network', 'system') then c.outcome_group else 'undetermined' end,
        m.n - m.answered)
) x(place, part, n)
group by 1, x.place, x.part
having sum(x.n) > 0
order by 1, x.place

-- name: reached
-- The share of attempts that a person answered, by day (of one day: by hour), with its
-- interval, and what the network counts as answered.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select to_char(k.at at time zone p.zone, p.slot) as at, k.person_low as value, k.person_ci_low as low, k.person_ci_high as high,
    k.asr as tick, k.seizures as n
from period p
cross join (
    -- include rules/attempts_by_bucket
) k
order by k.at

-- name: inbound
-- What became of inbound calls, by day (of one day: by hour).
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select to_char(i.at at time zone p.zone, p.slot) as at, x.part, sum(x.n) as n
from period p
cross join (
    -- include rules/inbound_by_bucket
) i
cross join lateral (values (1, 'person', i.by_person), (2, 'machine', i.by_flow), (3, 'caller', i.abandoned),
    (4, 'system', i.unanswered_other)) x(place, part, n)
where x.n > 0
group by 1, x.place, x.part
order by 1, x.place

-- name: days
-- Both directions by day (of one day: by hour) in figures.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
), outbound as (
    -- include rules/attempts_by_bucket
), inbound as (
    -- include rules/inbound_by_bucket
)
select to_char(coalesce(o.at, i.at) at time zone (select zone from period), (select slot from period)) as day,
    o.n as attempts, o.person_low as person, o.machine_low as machine, o.asr, i.inbound, i.inbound_person,
    i.inbound_abandon as abandon
from outbound o
full join inbound i on i.at = o.at
order by coalesce(o.at, i.at)

-- name: hours
-- When people answer: weekday (1 is Monday) by hour of the day.  As cdr.kpi_between() has it by
-- week_hour, but of a year of hours three sums and not all of its forty.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
), hourly as (
    select x.*
    from period p
    cross join lateral cdr.stat_parts(p.starts_at, p.ends_at, true) g
    cross join lateral (
        select m.hour, sum(m.seizures) as seizures, sum(m.persons) as persons, sum(m.persons_high) as persons_high
        from cdr.measure_hour m
        where m.unit = 'attempt' and m.hour >= g.starts_at and m.hour < g.ends_at
        group by m.hour
    ) x
)
select
    extract(isodow from h.hour at time zone p.zone)::integer as weekday,
    extract(hour from h.hour at time zone p.zone)::integer as hour,
    sum(h.seizures) as n, cdr.percent(sum(h.persons), sum(h.seizures)) as value,
    cdr.wilson_low(sum(h.persons), sum(h.seizures)) as low, cdr.wilson_high(sum(h.persons_high), sum(h.seizures)) as high
from period p
cross join hourly h
group by 1, 2
order by 1, 2

-- name: questions
-- What the recomputation changed, question by question; the words are headings of the page.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select case c.question when 'answered' then 'The network answered (ASR)' when 'person' then 'A person answered'
        when 'machine' then 'A machine answered' when 'delivered' then 'Network delivered (NER)'
        when 'undetermined' then 'Undetermined' else c.question end as question,
    cdr.percent(c.naive, c.of_n) as naive_share, cdr.percent(c.now_low, c.of_n) as low_share,
    cdr.percent(c.now_high, c.of_n) as high_share, c.gained, c.lost, c.of_n
from period p
cross join lateral cdr.changed_between(p.starts_at, p.ends_at, 'attempt') c

-- name: changed
-- Unanswered attempts whose outcome is not what the hang-up cause alone says.
-- $1 beginning, $2 end (instants; null: open), $3 language, $4 "others" in it.
with period as (
    -- include rules/report_days
), named as (
    select category, case $3 when 'uk' then label_uk when 'ru' then label_ru else label_en end as label
    from cdr.category
), changed as (
    select m.naive_category, m.category, m.alternatives, sum(m.recategorised) as n
    from period p
    cross join lateral cdr.stat_parts(p.starts_at, p.ends_at) g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    where m.unit = 'attempt' and m.recategorised > 0
    group by 1, 2, 3
), counted as (
    select
        coalesce(v.label, m.naive_category) as naive,
        coalesce(c.label, m.category) as recomputed,
        array_to_string(array(select coalesce(l.label, a) from unnest(m.alternatives) with ordinality as u(a, place)
            left join named l on l.category = a order by place), ', ') as candidates,
        sum(m.n) as n
    from changed m
    left join named c on c.category = m.category
    left join named v on v.category = m.naive_category
    group by 1, 2, 3
), placed as (
    select c.*, row_number() over (order by n desc, naive, recomputed, candidates) as place, count(*) over () as kinds
    from counted c
)
select case when kinds <= 8 or place < 8 then naive else $4::text || ': ' || (kinds - 7) end as naive,
    case when kinds <= 8 or place < 8 then recomputed else '' end as recomputed,
    case when kinds <= 8 or place < 8 then candidates else '' end as candidates, sum(n) as n
from placed
group by 1, 2, 3
order by min(place)

-- name: health
-- What the files of the period brought: one row.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select
    count(f.*) as files,
    coalesce(sum(f.records), 0) as records,
    coalesce(sum(f.inserted), 0) as inserted,
    coalesce(sum(f.updated), 0) as updated,
    coalesce(sum(f.unchanged + f.duplicate), 0) as known,
    coalesce(sum(f.rejected), 0) as rejected,
    cdr.percent(sum(f.rejected), sum(f.records)) as rejected_share,
    coalesce(sum(f.ambiguous_times), 0) as ambiguous_times,
    (select h.rejects_open from cdr.health h) as rejects_open
from period p
left join cdr.file f
    on f.verdict = 'loaded'
    and f.last_at >= p.starts_at
    and f.first_at < p.ends_at

-- name: definitions
-- The figures that the report shows, as cdr.kpi_definition says them.
select d.name, d.formula, d.variant
from unnest(array['asr', 'ner_low', 'ner_high', 'person_low', 'machine_low', 'inbound_abandon', 'service_level', 'returned_share', 'agent_day', 'reached_share', 'peak', 'acd', 'pgad', 'sdr', 'ambiguity', 'naive_asr', 'wilson'])
    with ordinality as wanted(kpi, place)
join cdr.kpi_definition d on d.kpi = wanted.kpi
order by wanted.place

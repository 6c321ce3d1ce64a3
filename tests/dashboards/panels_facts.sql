-- The test's own facts, a row a call and a row an attempt, from what figures_data.sql and
-- panels_data.sql know of each call; which of them a board's range and variables choose; and
-- what they come to.  Nothing of the program's is asked but its legs' raw values.
\set ON_ERROR_STOP on
set client_min_messages = warning;
set check_function_bodies = off; -- the table of what is chosen is made later

create function pg_temp.zone() returns text language sql immutable as $$ select 'Europe/Kyiv' $$;
create function pg_temp.ratio(part numeric, whole numeric) returns numeric language sql as $$ select case when whole > 0 then round(part * 100.0 / whole, 2) end $$;
-- Wilson, as the textbook has it.
create function pg_temp.wilson(part numeric, whole numeric, sign integer) returns numeric language sql as $$
    select case when n > 0 then round(100 * ((p + z * z / (2 * n) + sign * z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n))::numeric, 2) end
    from (select part::float8 / nullif(whole, 0) as p, whole::float8 as n, 1.959964::float8 as z) v
$$;

-- A number without four of its digits; what is longer than numbers are keeps its ends.
create function pg_temp.masked(number text) returns text language sql as $$
    select case when number ~ '^[0-9]{7,14}$' and number <> '0000000' then overlay(number placing '****' from length(number) - 5 for 4)
        when number ~ '^[0-9]{15,}$' then left(number, 8) || repeat('*', length(number) - 10) || right(number, 2) else number end
$$;

create unique index part_place on part (i, n);
analyze part;
analyze truth;

-- The part that decides a call, and the best of its B-legs, by how the call was made.
create temp table fact as
with call as (
    select t.*,
        case when kind in ('left', 'flow', 'cancel', 'busy') or kind like 'alone%' then 0 when kind in ('transfer', 'two') then 2 else 1 end as deciding,
        case when kind in ('flow', 'cancel', 'busy') or kind like 'alone%' then 0 when kind in ('transfer', 'two') then 2 else 1 end as best
    from truth t
)
select 'call' as unit, c.i, c.call_key, c.at, a.domain, coalesce(d.provider, a.provider) as provider, coalesce(d.gateway, a.gateway) as gateway,
    case when c.is_in then 'inbound' else 'outbound' end as direction,
    coalesce(case when c.kind in ('queue', 'transfer', 'fork', 'left') then c.queue end, b.queue) as queue,
    d.answered,
    d.answered and c.kind not in ('left', 'flow') as by_person,
    -- An attempt of `either` may be a machine's; the rule of a call says that it was answered.
    case c.kind when 'either' then 'ANSWERED' else d.category end as category,
    case c.kind when 'either' then 'certain' else d.confidence end as confidence,
    case c.kind when 'either' then '{}' else d.alternatives end as alternatives,
    d.cause, d.code, d.disposition, coalesce(a.naive, b.naive) as naive, a.lasts, a.bill,
    case when coalesce(a.talk, parts.talk) is not null then least(greatest(a.talk, parts.talk), a.bill) end as talk,
    greatest(a.hold, parts.hold) as hold,
    case when c.kind in ('queue', 'transfer', 'fork', 'left') then c.wait end as wait,
    case when c.kind in ('queue', 'transfer', 'fork') then extract(epoch from a.starts_at + a.lasts * interval '1 second' - a.bridged_at)::integer end as connected,
    coalesce(b.ring, a.ring) as ring, d.early, coalesce(b.pdd, a.pdd) as pdd, (select count(*) from part p where p.i = c.i) as legs, c.number,
    case when c.is_in then null else (select w.e164 from person w where w.i = c.who) end as called, 'general.' || d.n as rule,
    -- Every fifth call tells employees by their extensions alone.
    case when c.i % 5 > 0 then coalesce(b.agent, a.agent) end as agent
from call c
join part a on a.i = c.i and a.n = 0
join part d on d.i = c.i and d.n = c.deciding
join part b on b.i = c.i and b.n = c.best
cross join lateral (select sum(p.talk) as talk, sum(p.hold) as hold from part p where p.i = c.i and p.side = 'b') parts
union all
select 'attempt', p.i, t.call_key, p.starts_at, p.domain, p.provider, p.gateway, p.direction, p.queue, p.answered, p.answered, p.category, p.confidence, p.alternatives,
    p.cause, p.code, p.disposition, p.naive, p.lasts, p.bill, p.talk, p.hold, null, null, p.ring, p.early, p.pdd, 1, t.number, w.e164, 'general.' || p.n, null
from part p join truth t using (i) join person w on w.i = t.who
where not t.is_in and p.gateway is not null;

alter table fact add hour timestamptz, add day timestamptz, add carrier text, add seizure boolean, add bid boolean, add un boolean, add low boolean, add high boolean,
    add final smallint, add machine boolean, add maybe_machine boolean, add handling integer;
update fact set
    hour = date_trunc('hour', at, 'UTC'), day = date_trunc('day', at, pg_temp.zone()),
    carrier = coalesce(case provider when 'vega' then 'Vega' when 'other' then 'Other' end, gateway, '(none)'),
    seizure = answered or category not in ('LOCAL_UNAVAILABLE', 'TRANSFERRED', 'ANSWERED_ELSEWHERE'),
    bid = answered or category not in ('TRANSFERRED', 'ANSWERED_ELSEWHERE'),
    machine = category = 'ANSWERED_MACHINE', maybe_machine = confidence = 'ambiguous' and 'ANSWERED_MACHINE' = any (alternatives),
    -- Talk and hold; of a call whose bridge is known, no more than the time behind it.
    handling = case when talk is not null then least(talk + coalesce(hold, 0), coalesce(greatest(connected, talk), bill)) end,
    low = answered or case when confidence = 'ambiguous' then alternatives <@ '{ANSWERED,ANSWERED_MACHINE,NO_ANSWER,BUSY,REJECTED,UNREACHABLE}'
        when category in ('CALLER_CANCEL', 'SYSTEM_TERMINATED') then coalesce(ring > 0, false) or coalesce(early > 0, false) or pdd is not null
        else category in ('NO_ANSWER', 'BUSY', 'REJECTED', 'UNREACHABLE') end,
    high = answered or case when confidence = 'ambiguous' then alternatives && '{ANSWERED,ANSWERED_MACHINE,NO_ANSWER,BUSY,REJECTED,UNREACHABLE,CALLER_CANCEL,SYSTEM_TERMINATED}'
        else category in ('NO_ANSWER', 'BUSY', 'REJECTED', 'UNREACHABLE', 'CALLER_CANCEL', 'SYSTEM_TERMINATED') end;
update fact set un = seizure and not answered;
create temp table caller_leg as
select p.i, l.caller, l.destination from part p join cdr.leg l on l.leg_key = md5(p.i || '.0')::uuid where p.n = 0;
update fact set final = code where un and code >= 300;
update fact set handling = null where not by_person;
-- What counts do not name: whole hours are either in a range or not.
analyze fact;
create function pg_temp.grp(category text) returns text language sql immutable as $$
    select case when category in ('ANSWERED', 'ANSWERED_MACHINE') then 'answered' when category in ('NO_ANSWER', 'BUSY', 'REJECTED', 'UNREACHABLE') then 'subscriber'
        when category = 'CALLER_CANCEL' then 'caller' when category in ('CONGESTION', 'NETWORK_FAILURE') then 'network' end
$$;

-- The facts of a range that its variables choose; `chosen` is false of those that they hide.
create function pg_temp.choose(since timestamptz, before timestamptz, carriers text[] default null, gateways text[] default null, directions text[] default null,
    queues text[] default null, domains text[] default null) returns void
    language plpgsql as $f$
begin
    drop table if exists f;
    create temp table f as
    select *, carriers is null or coalesce(carrier, '(none)') = any (carriers) and coalesce(gateway, '(none)') = any (gateways) and coalesce(direction, '(none)') = any (directions)
        and coalesce(queue, '(none)') = any (queues) and coalesce(domain, '(none)') = any (domains) as chosen
    from fact where hour >= since and hour < before;
    drop table if exists asked;
    create temp table asked as select since, before;
    analyze f;
    drop table if exists peak, missed_call;
    create temp table peak as select * from pg_temp.at_once();
    create temp table missed_call as select * from pg_temp.missed();
end
$f$;

-- KPIs of what was chosen (or, `everything`, of all) by a time and a key.
create function pg_temp.kpi(of text, bucket text default 'all', keyed text default 'all', everything boolean default false)
    returns table (at timestamptz, slot text, key text, n bigint, seizures bigint, answered bigint, unanswered bigint, persons bigint, machines bigint,
        undetermined bigint, recategorised bigint, asr numeric, asr_low numeric, asr_high numeric, abr numeric, ner_low numeric, ner_high numeric, seer numeric, isa numeric,
        acd numeric, pgad numeric, sdr numeric, abandon numeric, abandon_high numeric, ambiguity numeric, recategorisation numeric, naive_asr numeric, naive_ner numeric,
        person_low numeric, person_high numeric, person_ci_low numeric, person_ci_high numeric, machine_low numeric, machine_high numeric, minutes numeric) language sql as $f$
    select g.at, g.slot, g.key, g.n, g.seizures, g.answered, g.un, g.persons, g.machines, g.undetermined, g.recategorised,
        pg_temp.ratio(g.answered, g.seizures), pg_temp.wilson(g.answered, g.seizures, -1), pg_temp.wilson(g.answered, g.seizures, 1), pg_temp.ratio(g.answered, g.bids),
        pg_temp.ratio(g.low, g.seizures), pg_temp.ratio(g.high, g.seizures), pg_temp.ratio(g.answered + g.seer, g.answered + g.coded - g.moved),
        pg_temp.ratio(g.isa, g.answered + g.coded), round(g.bill::numeric / nullif(g.answered, 0), 1), round(g.setup::numeric / nullif(g.answered, 0), 1),
        pg_temp.ratio(g.short, g.answered), pg_temp.ratio(g.given_up, g.seizures), pg_temp.ratio(g.given_up_high, g.seizures), pg_temp.ratio(g.undetermined, g.un),
        pg_temp.ratio(g.recategorised, g.un), pg_temp.ratio(g.naive_answered, g.naive_seizures), pg_temp.ratio(g.naive_delivered, g.naive_seizures),
        pg_temp.ratio(g.persons, g.seizures), pg_temp.ratio(g.persons_high, g.seizures), pg_temp.wilson(g.persons, g.seizures, -1), pg_temp.wilson(g.persons_high, g.seizures, 1),
        pg_temp.ratio(g.machines, g.seizures), pg_temp.ratio(g.machines_high, g.seizures), round(coalesce(g.bill, 0) / 60.0, 1)
    from (
        select case bucket when 'hour' then f.hour when 'day' then f.day end as at,
            case bucket when 'week' then to_char(f.hour at time zone pg_temp.zone(), 'ID Dy HH24') end as slot,
            case keyed when 'carrier' then f.carrier when 'gateway' then f.gateway when 'direction' then f.direction when 'queue' then f.queue when 'domain' then f.domain end as key,
            count(*) as n, count(*) filter (where f.seizure) as seizures, count(*) filter (where f.bid) as bids, count(*) filter (where f.answered) as answered,
            count(*) filter (where f.un) as un, count(*) filter (where f.by_person and not machine and not maybe_machine) as persons,
            count(*) filter (where f.by_person and not machine) as persons_high, count(*) filter (where f.answered and machine) as machines,
            count(*) filter (where f.answered and (machine or maybe_machine)) as machines_high, count(*) filter (where low) as low, count(*) filter (where high) as high,
            count(*) filter (where un and (category = 'UNDETERMINED' or confidence = 'ambiguous')) as undetermined, count(*) filter (where un and category <> naive) as recategorised,
            count(*) filter (where final is not null) as coded, count(*) filter (where final < 400) as moved, count(*) filter (where final in (480, 486, 600, 603)) as seer,
            count(*) filter (where final in (408, 500, 503, 504)) as isa, sum(bill) filter (where f.answered) as bill, sum(lasts - bill) filter (where f.answered) as setup,
            count(*) filter (where f.answered and bill between 1 and 5) as short, count(*) filter (where un and category = 'CALLER_CANCEL') as given_up,
            count(*) filter (where un and (category = 'CALLER_CANCEL' or confidence = 'ambiguous' and 'CALLER_CANCEL' = any (alternatives))) as given_up_high,
            count(*) filter (where naive <> 'LOCAL_UNAVAILABLE') as naive_seizures, count(*) filter (where naive like 'ANSWERED%') as naive_answered,
            count(*) filter (where naive <> 'LOCAL_UNAVAILABLE') as naive_delivered
        from f where unit = of and (chosen or everything) group by 1, 2, 3
    ) g
$f$;

-- Inbound calls: a person, the flow, given up, and what else became of them.
create function pg_temp.inbound(bucket text default 'all', keyed text default 'all', everything boolean default false)
    returns table (at timestamptz, key text, inbound bigint, by_person bigint, by_flow bigint, abandoned bigint, other bigint, person numeric, person_ci_low numeric,
        person_ci_high numeric, abandon numeric, abandon_ci_low numeric, abandon_ci_high numeric, service_level numeric, service_n bigint, wait numeric, handling numeric, talk numeric)
    language sql as $f$
    select g.at, g.key, g.n, g.by_person, g.by_flow, g.abandoned, g.n - g.by_person - g.by_flow - g.abandoned, pg_temp.ratio(g.by_person, g.n),
        pg_temp.wilson(g.by_person, g.n, -1), pg_temp.wilson(g.by_person, g.n, 1), pg_temp.ratio(g.abandoned, g.n), pg_temp.wilson(g.abandoned, g.n, -1),
        pg_temp.wilson(g.abandoned, g.n, 1), pg_temp.ratio(g.soon, g.waited - g.left_soon), g.waited - g.left_soon, round(g.wait, 1), round(g.handling, 1), round(g.talk / 60.0, 1)
    from (
        select case bucket when 'day' then f.day when 'hour' then f.hour end as at, case keyed when 'queue' then f.queue end as key, count(*) as n,
            count(*) filter (where f.by_person) as by_person, count(*) filter (where f.answered and not f.by_person and f.queue is null) as by_flow,
            count(*) filter (where case when f.queue is null then not f.answered and f.category = 'CALLER_CANCEL' else not f.by_person end) as abandoned,
            count(*) filter (where f.by_person and f.wait <= 20) as soon, count(f.wait) as waited, count(*) filter (where not f.by_person and f.wait <= 5) as left_soon,
            avg(f.wait) as wait, avg(f.handling) as handling, coalesce(sum(f.talk), 0) as talk
        from f where unit = 'call' and direction = 'inbound' and (chosen or everything) group by 1, 2
    ) g
$f$;

-- Each missed call of the range, and the first contact with its number within three days.
create function pg_temp.missed() returns table (call_key uuid, at timestamptz, queue text, number text, i integer, wait integer, contact_at timestamptz, back boolean, tries bigint, agent text)
    language sql as $f$
    select m.call_key, m.at, case m.kind when 'left' then m.queue end, m.number, m.i, case m.kind when 'left' then m.wait end, c.at, not c.is_in,
        (select count(*) from truth t where t.number = m.number and not t.is_in and (t.at, t.call_key) > (m.at, m.call_key)
            and t.at < m.at + interval '72 hours' and t.at <= coalesce(c.at, 'infinity')),
        case when c.is_in then null else c.first_agent end
    from asked a
    join truth m on m.is_missed and m.at >= greatest(a.since, a.before - interval '31 days') and m.at < a.before
    left join lateral (select c.at, c.is_in, c.first_agent from truth c where c.number = m.number and c.is_contact and (c.at, c.call_key) > (m.at, m.call_key)
        and c.at < m.at + interval '72 hours' order by c.at, c.call_key limit 1) c on true
$f$;

-- The figures of a period beside those of the one before and of the same weekdays' habit.
create function pg_temp.compared() returns table (measure text, unit text, value numeric, n numeric, ci_low numeric, ci_high numeric, before numeric,
    before_n numeric, before_ci_low numeric, before_ci_high numeric, against_before text, habit numeric, habit_n numeric, habit_ci_low numeric, habit_ci_high numeric, against_habit text, periods bigint) language sql as $f$
    with bounds as (
        select greatest(a.since, (select min(day) from fact)) at time zone pg_temp.zone() as since,
            least(a.before, date_trunc('day', (select max(hour) from fact), pg_temp.zone()) + interval '1 day') at time zone pg_temp.zone() as before
        from asked a
    ), spans as (
        select 'now' as kind, since, before from bounds
        union all select 'before', since - (before - since), since from bounds
        union all select 'habit', since - k * weeks * interval '7 days', before - k * weeks * interval '7 days'
        from bounds, generate_series(1, 4) k, lateral (select ceil(extract(epoch from before - since) / 604800) as weeks) w
    ), known as (
        select kind, since at time zone pg_temp.zone() as since, before at time zone pg_temp.zone() as before from spans
        where kind = 'now' or since at time zone pg_temp.zone() >= (select min(day) from fact)
    ), sums as (
        select k.kind, count(distinct k.since) as periods,
            count(*) filter (where f.unit = 'attempt') as attempts, count(*) filter (where f.unit = 'attempt' and seizure) as seizures,
            count(*) filter (where f.unit = 'attempt' and answered) as answered, count(*) filter (where f.unit = 'attempt' and answered and not machine and not maybe_machine) as persons,
            count(*) filter (where f.unit = 'attempt' and answered and machine) as machines, count(*) filter (where f.unit = 'attempt' and low) as low,
            count(*) filter (where f.unit = 'attempt' and un and confidence = 'ambiguous') as undetermined, count(*) filter (where f.unit = 'attempt' and un) as un,
            coalesce(sum(bill) filter (where f.unit = 'attempt' and answered), 0) as bill, count(*) filter (where f.unit = 'call' and direction = 'inbound') as inbound,
            count(*) filter (where f.unit = 'call' and direction = 'inbound' and by_person) as by_person,
            count(*) filter (where f.unit = 'call' and direction = 'inbound' and case when queue is null then not answered and category = 'CALLER_CANCEL' else not by_person end) as abandoned,
            count(*) filter (where f.unit = 'call' and direction = 'inbound' and by_person and wait <= 20) as soon,
            count(*) filter (where f.unit = 'call' and direction = 'inbound' and wait is not null and not (not by_person and wait <= 5)) as waited
        from known k left join fact f on f.hour >= k.since and f.hour < k.before group by 1
    ), said as (
        select s.kind, s.periods, m.*, case unit when 'percent' then pg_temp.ratio(part, whole) else round(part / periods, 1) end as value,
            case unit when 'percent' then pg_temp.wilson(part, whole, -1) when 'count' then round((part - 1.96 * sqrt(part)) / periods, 1) end as ci_low,
            case unit when 'percent' then pg_temp.wilson(part, whole, 1) when 'count' then round((part + 1.96 * sqrt(part)) / periods, 1) end as ci_high
        from sums s cross join lateral (values ('attempts', 'count', attempts::numeric, null::numeric), ('asr', 'percent', answered, seizures), ('person_low', 'percent', persons, seizures),
            ('machine_low', 'percent', machines, seizures), ('ner_low', 'percent', low, seizures), ('ambiguity', 'percent', undetermined, un), ('minutes', 'minutes', bill / 60.0, null),
            ('inbound', 'count', inbound, null), ('inbound_person', 'percent', by_person, inbound), ('inbound_abandon', 'percent', abandoned, inbound),
            ('service_level', 'percent', soon, waited)) m(measure, unit, part, whole)
    )
    select n.measure, n.unit, n.value, n.whole, n.ci_low, n.ci_high, b.value, b.whole, b.ci_low, b.ci_high,
        case when n.ci_low > b.ci_high then 'up' when n.ci_high < b.ci_low then 'down' when n.value is not null and b.value is not null and n.ci_low is not null then 'may be chance' else 'not known' end,
        h.value, h.whole, h.ci_low, h.ci_high,
        case when n.ci_low > h.ci_high then 'up' when n.ci_high < h.ci_low then 'down' when n.value is not null and h.value is not null and n.ci_low is not null then 'may be chance' else 'not known' end, coalesce(h.periods, 0)
    from said n left join said b on b.kind = 'before' and b.measure = n.measure left join said h on h.kind = 'habit' and h.measure = n.measure where n.kind = 'now'
$f$;

-- At each moment at which a call began, and at each full hour: how many there were.
create function pg_temp.at_once() returns table (hour timestamptz, gateway text, peak bigint, peak_at timestamptz, begun bigint, minute bigint, minute_at timestamptz,
    busy numeric) language sql as $f$
    with bounds as (
        select greatest(date_trunc('hour', a.since, 'UTC'), (select min(hour) from fact)) as since, least(a.before, (select max(hour) + interval '1 hour' from fact)) as before from asked a
    ), spans as materialized (
        select s.* from (
            select p.gateway, p.starts_at as at, p.starts_at + p.lasts * interval '1 second' as until from part p where p.gateway is not null
            union all select null, min(p.starts_at), max(p.starts_at + p.lasts * interval '1 second') from part p group by p.i
        ) s, bounds b where s.until > b.since - interval '1 hour' and s.at < b.before
    ), moments as (
        select s.gateway, s.at from spans s, bounds b where s.at >= b.since
        union select g.gateway, h from bounds b, (select distinct gateway from spans) g, generate_series(b.since, b.before - interval '1 microsecond', interval '1 hour') h
    ), counted as (
        select m.gateway, m.at, count(s.at) as n
        from moments m left join spans s on coalesce(s.gateway, '') = coalesce(m.gateway, '') and s.at <= m.at and s.until > m.at group by 1, 2
    ), minutes as (
        select gateway, date_trunc('hour', minute, 'UTC') as hour, sum(n)::bigint as begun, max(n) as n, (array_agg(minute order by n desc, minute))[1] as at
        from (select s.gateway, date_trunc('minute', s.at, 'UTC') as minute, count(*) as n from spans s, bounds b where s.at >= b.since group by 1, 2) m group by 1, 2
    )
    select c.hour, c.gateway, c.n, c.at, coalesce(m.begun, 0), coalesce(m.n, 0), m.at,
        (select sum(extract(epoch from least(s.until, c.hour + interval '1 hour', b.before) - greatest(s.at, c.hour))) from spans s
            where s.gateway is not distinct from c.gateway and s.at < least(c.hour + interval '1 hour', b.before) and s.until > c.hour)
    from (select distinct on (gateway, date_trunc('hour', at, 'UTC')) date_trunc('hour', at, 'UTC') as hour, * from counted order by gateway, date_trunc('hour', at, 'UTC'), n desc, at) c
    cross join bounds b
    left join minutes m on m.hour = c.hour and m.gateway is not distinct from c.gateway where c.n > 0 or m.n > 0
$f$;

-- What employees did.
create function pg_temp.did() returns table (agent text, offered bigint, answered bigint, missed bigint, elsewhere bigint, placed bigint, placed_answered bigint, talk bigint, hold bigint, aht numeric,
    first_at timestamptz, last_at timestamptz, days bigint) language sql as $f$
select agent, count(*) filter (where kind = 'offered'), count(*) filter (where kind = 'offered' and answered), count(*) filter (where kind = 'offered' and not answered and not elsewhere),
    count(*) filter (where elsewhere), count(*) filter (where kind = 'placed'), count(*) filter (where kind = 'placed' and answered), coalesce(sum(talk), 0), coalesce(sum(hold), 0),
    round(sum(talk + coalesce(hold, 0))::numeric / nullif(count(talk), 0), 1), min(starts_at), max(ends_at),
    count(distinct (starts_at at time zone pg_temp.zone())::date)
from (
    select p.agent, p.starts_at, p.starts_at + p.lasts * interval '1 second' as ends_at, 'offered' as kind, p.answered, p.category = 'ANSWERED_ELSEWHERE' as elsewhere,
        case when p.answered then p.talk end as talk, case when p.answered then p.hold end as hold
    from part p where p.side = 'b' and p.agent is not null
    union all
    select t.first_agent, t.at, greatest(t.at + (t.seconds + 5) * interval '1 second', (select max(p.starts_at + p.lasts * interval '1 second') from part p where p.i = t.i)), 'placed',
        f.answered, false, case when f.answered then f.talk end, null
    from truth t join fact f on f.i = t.i and f.unit = 'call' where not t.is_in and t.first_agent is not null
) d, asked a where starts_at >= a.since and starts_at < a.before group by agent
$f$;

-- Who called how often, in all or by queue.
create function pg_temp.calling(keyed text) returns table (key text, inbound bigint, with_number bigint, callers bigint, repeat_callers bigint, repeat_calls bigint) language sql as $f$
    select key, sum(n)::bigint, coalesce(sum(n) filter (where number is not null), 0)::bigint, count(number), count(number) filter (where n > 1), coalesce(sum(n - 1) filter (where number is not null), 0)::bigint
    from (select case when keyed = 'queue' and t.kind in ('queue', 'transfer', 'fork', 'left') then t.queue end as key, t.number, count(*) as n
        from truth t, asked a where t.is_in and t.at >= a.since and t.at < a.before group by 1, 2) c group by key
$f$;

-- Numbers that were called a k-th time without success before.
create function pg_temp.contacts() returns table (k integer, numbers bigint, reached bigint) language sql as $f$
    select least(k, 10) as k, count(distinct number) as numbers, count(*) filter (where is_contact) as reached from (
        select t.number, t.is_contact, (select count(*) from truth b where b.number = t.number and not b.is_in and b.at >= a.since and (b.at, b.call_key) <= (t.at, t.call_key)) as k
        from truth t, asked a where not t.is_in and t.number is not null and t.at >= a.since and t.at < a.before and not exists (select from truth b
            where b.number = t.number and not b.is_in and b.is_contact and b.at >= a.since and (b.at, b.call_key) < (t.at, t.call_key))) o group by 1
$f$;

-- Attempts by whom their numbers were given to; the test's numbers have five starts.
create function pg_temp.called(keyed text) returns table (country text, operator text, prefix text, kind text, attempts bigint, seizures bigint, answered bigint, persons bigint, machines bigint,
    minutes numeric, acd numeric) language sql as $f$
    select case when called is null then '(unknown number)' else 'Ukraine' end,
        case when keyed <> 'country' then case substr(called, 5, 2) when '67' then 'Kyivstar' when '50' then 'Vodafone Ukraine' when '99' then 'Vodafone Ukraine' when '63' then 'lifecell' when '44' then 'Kyiv' end end,
        case keyed when 'prefix' then left(called, 6) end, case when keyed <> 'country' and called is not null then case substr(called, 5, 2) when '44' then 'fixed' else 'mobile' end end,
        count(*), count(*) filter (where seizure), count(*) filter (where answered), count(*) filter (where answered and not machine and not maybe_machine), count(*) filter (where answered and machine),
        round(coalesce(sum(bill) filter (where answered), 0) / 60.0, 1), round(sum(bill) filter (where answered)::numeric / nullif(count(*) filter (where answered), 0), 1)
    from fact, asked a where unit = 'attempt' and at >= a.since and at < a.before group by 1, 2, 3, 4
$f$;

-- What reading the evidence changed, question by question.
create function pg_temp.changed(of text) returns table (question text, says bigint, yes bigint, may bigint, whole bigint, agreed bigint) language sql as $f$
    select question, count(*) filter (where says), count(*) filter (where yes), count(*) filter (where may), count(*) filter (where whole), count(*) filter (where says and yes)
    from f cross join lateral (values ('answered', naive like 'ANSWERED%', answered, answered, seizure),
        ('person', naive = 'ANSWERED', by_person and not machine and not maybe_machine, by_person and not machine, seizure),
        ('machine', naive = 'ANSWERED_MACHINE', answered and machine, answered and (machine or maybe_machine), seizure),
        ('delivered', naive <> 'LOCAL_UNAVAILABLE', low, high, seizure),
        ('undetermined', false, un and confidence = 'ambiguous', un and confidence = 'ambiguous', un)) q(question, says, yes, may, whole)
    where unit = of and naive is not null group by question
$f$;

-- Hours in a row in which a carrier failed far more often than it does.
create function pg_temp.incidents() returns table (carrier text, starts_at timestamptz, failed bigint, seizures bigint, hours bigint, usual numeric) language plpgsql as $f$
begin
    drop table if exists pg_temp.judged;
    create temp table judged as
    select h.*, h.failed >= 10 and pg_temp.wilson(h.failed, h.seizures, -1) > 5 + 2 * (select pg_temp.ratio(count(*) filter (where o.un and pg_temp.grp(o.category) = 'network'),
        count(*) filter (where o.seizure)) from fact o, asked a where o.unit = 'attempt' and o.carrier = h.carrier and o.hour >= a.since - interval '14 days' and o.hour < a.before) as is_bad
    from (select f.carrier, f.hour, count(*) filter (where f.un and pg_temp.grp(f.category) = 'network') as failed, count(*) filter (where f.seizure) as seizures
        from fact f, asked a where unit = 'attempt' and f.hour >= a.since - interval '14 days' and f.hour < a.before group by 1, 2) h;
    return query
    select s.carrier, min(s.hour), sum(j.failed)::bigint, sum(j.seizures)::bigint, count(*),
        (select pg_temp.ratio(sum(u.failed), sum(u.seizures)) from judged u where u.carrier = s.carrier and u.is_bad is not true)
    from (select j.*, (select min(x.hour) from judged x where x.carrier = j.carrier and x.is_bad and x.hour <= j.hour
            and not exists (select from generate_series(x.hour, j.hour, interval '1 hour') g where not exists (select from judged y where y.carrier = j.carrier and y.hour = g and y.is_bad)))
            as island from judged j where j.is_bad) s
    join judged j on j.carrier = s.carrier and j.hour = s.hour
    group by s.carrier, s.island
    having min(s.hour) >= (select since from asked);
end
$f$;

-- A function of the program's with other words in it, until the transaction is rolled back.
create function pg_temp.change(named text, old text, new text) returns void language plpgsql as $f$
begin
    if position(old in pg_get_functiondef(named::regproc)) = 0 then
        raise exception '% has no %', named, old;
    end if;
    execute replace(pg_get_functiondef(named::regproc), old, new);
end
$f$;

-- Of two queries: how many rows only one of them gives, and the first of each; an error is told.
create function pg_temp.compare(name text, theirs text, ours text) returns table (what text, differing bigint, rows bigint, example text) language plpgsql as $f$
begin
    what := name;
    execute format('create temp table theirs as select * from (%s) q', theirs);
    execute format('create temp table ours as select * from (%s) q(%s)', ours, (select string_agg('c' || attnum, ', ' order by attnum)
        from pg_attribute where attrelid = 'theirs'::regclass and attnum > 0));
    execute 'select count(*), (select count(*) from ours) from ((table theirs except all table ours) union all (table ours except all table theirs)) d' into differing, rows;
    if differing > 0 then
        execute 'select concat((select ''panel: '' || q::text from (table theirs except all table ours) q order by q::text limit 1),
            (select ''  own: '' || q::text from (table ours except all table theirs) q order by q::text limit 1))' into example;
    end if;
    drop table theirs, ours;
    return next;
exception when others then
    differing := -1;
    example := sqlerrm;
    return next;
end
$f$;

-- The same of a table that the program printed, rows of texts: numbers are what they say.
create function pg_temp.plain(said text) returns text language sql immutable as $$
    select case when said ~ '^-?[0-9]+([.][0-9]+)?$' then trim_scale(said::numeric)::text else coalesce(said, '') end
$$;
create function pg_temp.compare_table(name text, width integer, theirs jsonb, ours text) returns table (what text, differing bigint, rows bigint, example text) language plpgsql as $f$
declare
    columns text := (select string_agg('c' || k, ', ') from generate_series(1, width) k);
begin
    return query select c.* from pg_temp.compare(name,
        format('select array(select pg_temp.plain(e) from jsonb_array_elements_text(r) with ordinality x(e, k) order by k)::text from jsonb_array_elements(%L::jsonb) r', theirs),
        format('select array[%s]::text from (%s) q(%s)', (select string_agg('pg_temp.plain(c' || k || '::text)', ', ') from generate_series(1, width) k), ours, columns)) c;
end
$f$;

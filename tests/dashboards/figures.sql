-- What reports ask besides KPIs, against SQL of its own over what figures_data.sql knows of each
-- call.  A line a check: name, expected, got.
\set ON_ERROR_STOP on
\set whole '\'2025-03-01\', \'2025-12-01\''
\set spring '\'2025-03-29 22:00+00\', \'2025-03-30 21:00+00\''
\set autumn '\'2025-10-25 21:00+00\', \'2025-10-26 22:00+00\''
\pset format unaligned
\pset fieldsep '|'
\pset tuples_only on

-- Of two tables: how many rows differ.
create function pg_temp.differing(ours text, theirs text) returns bigint language plpgsql as $f$
declare n bigint;
begin
    execute format('select count(*) from ((%1$s except all %2$s) union all (%2$s except all %1$s)) d', '(' || ours || ')', '(' || theirs || ')') into n;
    return n;
end
$f$;

-- Every kind of call is there, also in the hours that a clock repeats.
select 'kinds|14|', count(distinct kind) from truth;
select 'calls in the repeated hours|t|', count(*) > 100 from truth where to_char(at at time zone 'Europe/Kyiv', 'MM-DD HH24') = '10-26 03';
select 'calls|3000|', count(*) from cdr.call;

-- The calls are what they were made of.
select 'missed and answered as they were made|0|', pg_temp.differing(
    'select call_key, direction = ''inbound'', direction = ''inbound'' and (not answered or answered_by = ''flow'' and queue is not null) from cdr.call',
    'select call_key, is_in, is_missed from truth');

-- Employees: legs as they were made, one by one.
create temp view did as
select p.agent, p.starts_at, p.starts_at + p.lasts * interval '1 second' as ends_at, 'offered' as kind, p.answered, p.category = 'ANSWERED_ELSEWHERE' as elsewhere,
    case when p.answered then p.talk end as talk, case when p.answered then p.hold end as hold
from part p where p.side = 'b' and p.agent is not null
union all
select t.first_agent, t.at, greatest(t.at + (t.seconds + 5) * interval '1 second',
        (select max(p.starts_at + p.lasts * interval '1 second') from part p where p.i = t.i)), 'placed',
    t.kind in ('person', 'machine', 'either', 'two'), false,
    case when t.kind in ('person', 'two') then t.seconds - 1 end, null
from truth t where not t.is_in;
create function pg_temp.agents(since timestamptz, before timestamptz) returns table (day date, agent text, offered bigint, answered bigint, missed bigint, elsewhere bigint,
    placed bigint, placed_answered bigint, talk bigint, hold bigint, handling_n bigint, first_at timestamptz, last_at timestamptz) language sql as $f$
    select (starts_at at time zone 'Europe/Kyiv')::date, agent, count(*) filter (where kind = 'offered'), count(*) filter (where kind = 'offered' and answered),
        count(*) filter (where kind = 'offered' and not answered and not elsewhere), count(*) filter (where elsewhere),
        count(*) filter (where kind = 'placed'), count(*) filter (where kind = 'placed' and answered),
        coalesce(sum(talk), 0), coalesce(sum(hold), 0), count(talk), min(starts_at), max(ends_at)
    from did where starts_at >= since and starts_at < before group by 1, 2
$f$;
select 'employees, ' || name || '|0|', pg_temp.differing(format('select day, agent, offered, answered, missed, elsewhere, placed, placed_answered, talk_seconds, hold_seconds, handling_n, first_at, last_at
    from cdr.agent_between(%L, %L, ''day'')', since, before), format('select * from pg_temp.agents(%L, %L)', since, before))
from (values ('all', timestamptz '2025-01-01', timestamptz '2026-01-01'), ('a day of 23 hours', '2025-03-29 22:00+00', '2025-03-30 21:00+00'),
    ('a day of 25 hours', '2025-10-25 21:00+00', '2025-10-26 22:00+00'), ('an hour', '2025-10-26 00:00+00', '2025-10-26 01:00+00')) v(name, since, before);
select 'employees: all of it occurs|t|', min(offered) > 0 and min(missed) > 0 and min(elsewhere) > 0 and min(placed_answered) > 0 and min(hold_seconds) > 0 and count(*) = 4
    and bool_and(offered = answered + missed + elsewhere) from cdr.agent_between(:whole);
select 'handling|0|', count(*) from cdr.agent_between(:whole) a where handling_seconds <> (select sum(talk + coalesce(hold, 0)) from did d where d.agent = a.agent)
    or aht <> round(handling_seconds::numeric / handling_n, 1) or days <> (select count(distinct (starts_at at time zone 'Europe/Kyiv')::date) from did d where d.agent = a.agent);
select 'the view of days|0|', pg_temp.differing('select day, agent, offered from cdr.agent_day', 'select day, agent, offered from cdr.agent_between(''2025-01-01'', ''2026-01-01'', ''day'')');

-- Missed calls: for each of them, look at every later call of the number.
create temp table waits as
select m.call_key, m.at, m.queue, m.kind, m.number,
    (select min(c.at) from truth c where c.number = m.number and c.is_contact and (c.at, c.call_key) > (m.at, m.call_key) and c.at < m.at + interval '72 hours') as contact_at
from truth m where m.is_missed;
select 'missed calls|0|', pg_temp.differing('select call_key, started_at, state, returned_at from cdr.missed_between(''2025-01-01'', ''2026-01-01'')',
    'select call_key, at, case when number is null then ''no_number'' when contact_at is null then ''open'' else ''returned'' end, contact_at from waits');
select 'returned by whom|0|', count(*) from cdr.missed_between(:whole) m join truth t on t.number = (select number from truth o where o.call_key = m.call_key)
    and t.at = m.returned_at and t.is_contact
where m.returned_by <> case when t.is_in then 'called_again' else 'called_back' end or m.after_seconds <> extract(epoch from m.returned_at - m.started_at)
    or not t.is_in and m.agent is distinct from case when t.i % 5 > 0 then t.first_agent end;
select 'tries|0|', count(*) from cdr.missed_between(:whole) m join truth o using (call_key)
where m.state = 'returned' and m.tries <> (select count(*) from truth t where t.number = o.number and not t.is_in and (t.at, t.call_key) > (o.at, o.call_key) and t.at <= m.returned_at);
select 'missed: all of it occurs|t|', min(n) > 20 and count(*) = 4 from (select state, returned_by, count(*) as n from cdr.missed_between(:whole) group by 1, 2) s;
select 'missed: a shorter time to return them|t|', (select count(*) filter (where state = 'returned') from cdr.missed_between(:whole)) >
    (select count(*) from waits where contact_at < at + interval '1 hour');
select 'missed by queue|0|', pg_temp.differing('select key, missed, returned, open, no_number, returned_share, returned_share_n from cdr.missed_kpi_between(''2025-01-01'', ''2026-01-01'', ''queue'')',
    'select case when kind = ''left'' then queue end, count(*), count(contact_at), count(number) - count(contact_at), count(*) - count(number),
        round(100.0 * count(contact_at) / count(number), 2), count(number) from waits group by 1');
select 'missed by day|0|', pg_temp.differing('select key, missed, median_seconds from cdr.missed_kpi_between(''2025-01-01'', ''2026-01-01'', ''day'')',
    'select to_char(at at time zone ''Europe/Kyiv'', ''YYYY-MM-DD''), count(*), round((percentile_cont(0.5) within group (order by extract(epoch from contact_at - at)))::numeric)
     from waits group by 1');
begin;
update cdr.setting set value = '1' where setting = 'return_hours';
select 'missed: returned within the hour|0|', (select count(*) filter (where state = 'returned') from cdr.missed_between(:whole)) - (select count(*) from waits where contact_at < at + interval '1 hour');
rollback;

-- At once: how many there were at each moment at which one began, and at each full hour.
create temp table span as
select gateway, starts_at as at, starts_at + lasts * interval '1 second' as until from part where gateway is not null and lasts > 0
union all select null, min(starts_at), max(starts_at + lasts * interval '1 second') from part group by i having max(starts_at + lasts * interval '1 second') > min(starts_at);
create temp table looked as
select m.gateway, date_trunc('hour', m.at, 'UTC') as hour, m.at,
    (select count(*) from span s where s.gateway is not distinct from m.gateway and s.at <= m.at and s.until > m.at) as n
from (select gateway, at from span where at >= '2025-10-25' and at < '2025-10-28'
    union select g.gateway, h from (select distinct gateway from span) g, generate_series(timestamptz '2025-10-25', '2025-10-27 23:00Z', '1 hour') h) m;
select 'peaks|0|', pg_temp.differing('select hour, gateway, peak, peak_at from cdr.concurrency_between(''2025-10-25'', ''2025-10-28'') where peak > 0',
    'select distinct on (gateway, hour) hour, gateway, n, at from looked where n > 0 order by gateway, hour, n desc, at');
select 'peaks are more than one|t|', max(peak) > 3 and count(distinct coalesce(gateway, 'all')) = 4 from cdr.concurrency_between('2025-10-25', '2025-10-28');
select 'begun, and most in a minute|0|', pg_temp.differing('select hour, gateway, begun, busiest_minute from cdr.concurrency_between(''2025-10-25'', ''2025-10-28'') where begun > 0',
    'select date_trunc(''hour'', minute, ''UTC''), gateway, sum(n)::bigint, max(n) from (select gateway, date_trunc(''minute'', starts_at, ''UTC'') as minute, count(*) as n
        from (select gateway, starts_at from part where gateway is not null union all select null, min(starts_at) from part group by i) p
        where starts_at >= ''2025-10-25'' and starts_at < ''2025-10-28'' group by 1, 2) m group by 1, 2');
select 'seconds of use|0|', count(*) from (
    select gateway, sum(busy_seconds) as busy from cdr.concurrency_between('2025-10-25', '2025-10-28') group by 1) b
join (select gateway, sum(extract(epoch from least(until, '2025-10-28') - greatest(at, '2025-10-25'))) as busy from span
    where until > '2025-10-25' and at < '2025-10-28' group by 1) o on o.gateway is not distinct from b.gateway
where b.busy <> o.busy;
select 'a call that goes on over an hour counts there|t|', exists (select from cdr.concurrency_between('2025-10-25', '2025-10-28') where begun = 0 and peak > 0)
    or exists (select from looked where at = hour and n > 0);
select 'peaks of nothing|0|', count(*) from cdr.concurrency_between('2031-01-01', '2032-01-01');
begin;
insert into cdr.leg (leg_key, call_key, side, started_at, direction, is_outbound, gateway, duration, bill_seconds, answered,
    category, confidence, outcome_group, evidence_hash)
select md5('full' || n)::uuid, md5('full' || n)::uuid, 'a', at::timestamptz, 'outbound', true, 'Full hour', lasts, 0, false, 'NO_ANSWER', 'certain', 'subscriber', n
from (values (1, '2025-10-26 10:30Z', 1800), (2, '2025-10-26 10:40Z', 1200), (3, '2025-10-26 12:59:59Z', 0), (4, '2025-10-26 14:00Z', 7200)) x(n, at, lasts);
select 'calls that end with the hour leave nothing to the next|10 2 10:40 2,12 0 12:00 1,14 1 14:00 1,15 1 15:00 0|',
    string_agg(concat_ws(' ', to_char(hour at time zone 'UTC', 'HH24'), peak, to_char(peak_at at time zone 'UTC', 'HH24:MI'), begun), ',' order by hour)
from cdr.concurrency_between('2025-10-25', '2025-10-28') where gateway = 'Full hour';
rollback;

-- Callers.
select 'callers ' || k || '|0|', pg_temp.differing(format('select key, inbound, with_number, callers, repeat_callers, repeat_calls from cdr.callers_between(''2025-01-01'', ''2026-01-01'', %L)', k),
    format($q$select %s, sum(n)::bigint, coalesce(sum(n) filter (where number is not null), 0)::bigint, count(number), count(number) filter (where n > 1),
        coalesce(sum(n - 1) filter (where number is not null), 0)::bigint
        from (select %s, number, count(*) as n from truth where is_in group by 1, 2) c group by 1$q$, 'key',
        case k when 'all' then 'null::text as key' when 'queue' then 'case when kind in (''queue'', ''transfer'', ''fork'', ''left'') then queue end as key'
            else 'to_char(at at time zone ''Europe/Kyiv'', ''YYYY-MM-DD'') as key' end))
from unnest(array['all', 'queue', 'day']) k;
select 'callers call again, in another spelling|t|', repeat_callers > 50 and inbound > with_number from cdr.callers_between(:whole);

-- Attempts until contact: how many calls without success each call has before it.
select 'contact by attempt|0|', pg_temp.differing('select attempt, numbers, reached from cdr.contact_between(''2025-01-01'', ''2026-01-01'')',
    'select least(k, 10)::integer, count(distinct number), count(*) filter (where is_contact) from (
        select t.number, t.is_contact, 1 + (select count(*) from truth b where b.number = t.number and not b.is_in and (b.at, b.call_key) < (t.at, t.call_key)) as k
        from truth t where not t.is_in and t.number is not null and not exists (select from truth b where b.number = t.number and not b.is_in and b.is_contact
            and (b.at, b.call_key) < (t.at, t.call_key))) a group by 1');
select 'contact: more than one attempt|t|', count(*) > 4 and max(numbers) = (select count(distinct number) from truth where not is_in) from cdr.contact_between(:whole);

-- Destinations.
select 'operators|0|', pg_temp.differing('select operator, attempts, answered, persons, machines, minutes from cdr.destinations_between(''2025-01-01'', ''2026-01-01'')',
    'select case substr(w.e164, 5, 2) when ''67'' then ''Kyivstar'' when ''50'' then ''Vodafone Ukraine'' when ''99'' then ''Vodafone Ukraine'' when ''63'' then ''lifecell'' when ''44'' then ''Kyiv'' end,
        count(*), count(*) filter (where p.answered), count(*) filter (where p.category = ''ANSWERED''), count(*) filter (where p.category = ''ANSWERED_MACHINE''),
        round(coalesce(sum(p.lasts) filter (where p.answered), 0) / 60.0, 1)
     from part p join truth t using (i) join person w on w.i = t.who where not t.is_in and p.side = ''b'' group by 1');
select 'countries|(unknown number) Ukraine|', string_agg(country, ' ' order by country) from cdr.destinations_between(:whole, 'country');
select 'prefixes are finer|5|', count(prefix) from cdr.destinations_between(:whole, 'prefix');

-- Numbers without a sign of life.
select 'silent numbers|0|', pg_temp.differing('select number, tries, days, last_sign_at from cdr.silent_numbers(''2025-01-01'', ''2026-01-01'', 2)',
    'select number, count(*), count(distinct (at at time zone ''Europe/Kyiv'')::date), max(sign_at) from (
        select t.number, p.starts_at as at, (select max(case when s.is_in then s.at else q.starts_at end) from truth s join part q on q.i = s.i and q.side = case when s.is_in then ''a'' else ''b'' end
            where s.number = t.number and (s.is_in or q.answered or q.category = ''NO_ANSWER'')) as sign_at
        from truth t join part p on p.i = t.i and p.side = ''b'' where t.kind = ''off'' and t.number is not null) x
     where at > coalesce(sign_at, ''-infinity'') group by 1 having count(*) >= 2');
begin;
delete from truth where is_in and who % 9 = 0;
delete from cdr.leg l using person w where w.i % 9 = 0 and w.said = l.destination or l.call_key not in (select call_key from truth);
insert into cdr.leg (leg_key, call_key, side, started_at, direction, is_outbound, destination, destination_e164, gateway, provider, duration, bill_seconds, answered,
    category, confidence, alternatives, outcome_group, evidence_hash)
select md5('off' || d || n)::uuid, md5('off' || d || n)::uuid, 'a', timestamptz '2025-10-24 10:00Z' + d * interval '27 hours', 'outbound', true, n, n, 'g', v, 0, 0, false,
    category, case when alternatives is null then 'certain' else 'ambiguous' end, alternatives, grp, d
from (values ('+380670000001', 'UNREACHABLE', null::text[], 'subscriber', 'vega'), ('+380670000002', 'CONGESTION', null, 'network', 'vega'),
    ('+380670000003', 'UNDETERMINED', '{UNREACHABLE,NO_ANSWER}', 'subscriber', 'vega'), ('+380670000004', 'UNDETERMINED', '{UNREACHABLE,INVALID_NUMBER}', 'subscriber', 'other')) x(n, category, alternatives, grp, v),
    generate_series(0, 3) d;
select 'silent: only who surely gave no sign|+380670000001 4 4 4 Vega UNREACHABLE rest,+380670000004 4 4 4 Other UNDETERMINED rest|',
    string_agg(concat_ws(' ', number, tries, days, hours, carriers, outcomes, verdict), ',' order by number)
from cdr.silent_numbers('2025-10-01', '2025-11-01', 4) where number like '+38067000000%';
rollback;

-- Against before: every sum again from the calls.
create function pg_temp.sums(since timestamptz, before timestamptz, out attempts numeric, out answered numeric, out persons numeric, out machines numeric, out inbound numeric,
    out by_person numeric, out abandoned numeric) language sql as $f$
    select (select count(*) from part p join truth t using (i) where not t.is_in and side = 'b' and starts_at >= since and starts_at < before),
        (select count(*) from part p join truth t using (i) where not t.is_in and side = 'b' and starts_at >= since and starts_at < before and answered),
        (select count(*) from part p join truth t using (i) where not t.is_in and side = 'b' and starts_at >= since and starts_at < before and category = 'ANSWERED'),
        (select count(*) from part p join truth t using (i) where not t.is_in and side = 'b' and starts_at >= since and starts_at < before and category = 'ANSWERED_MACHINE'),
        count(*), count(*) filter (where is_contact), count(*) filter (where kind in ('left', 'cancel'))
    from truth where is_in and at >= since and at < before
$f$;
select 'against before: ' || c.measure || '|t|', c.value = case when o.whole is null then round(o.part, 1) else round(100 * o.part / o.whole, 2) end
    and c.before = case when b.whole is null then round(b.part, 1) else round(100 * b.part / b.whole, 2) end
    and c.against_before = case when c.ci_low > c.before_ci_high then 'up' when c.ci_high < c.before_ci_low then 'down' else 'may be chance' end
from cdr.compared_between('2025-10-25 21:00+00', '2025-10-26 22:00+00') c
join lateral (select * from pg_temp.sums('2025-10-25 21:00+00', '2025-10-26 22:00+00')) n on true
join lateral (select * from pg_temp.sums('2025-10-24 21:00+00', '2025-10-25 21:00+00')) p on true
join lateral (values ('attempts', n.attempts, null), ('asr', n.answered, n.attempts), ('person_low', n.persons, n.attempts), ('machine_low', n.machines, n.attempts),
    ('inbound', n.inbound, null), ('inbound_person', n.by_person, n.inbound), ('inbound_abandon', n.abandoned, n.inbound)) o(measure, part, whole) on o.measure = c.measure
join lateral (values ('attempts', p.attempts, null), ('asr', p.answered, p.attempts), ('person_low', p.persons, p.attempts), ('machine_low', p.machines, p.attempts),
    ('inbound', p.inbound, null), ('inbound_person', p.by_person, p.inbound), ('inbound_abandon', p.abandoned, p.inbound)) b(measure, part, whole) on b.measure = c.measure;
select 'against before: the first day knows none|not known|', string_agg(distinct against_before, ',') from cdr.compared_between('2025-03-27 22:00+00', '2025-03-28 22:00+00');
select 'against before: open ends are what is known|t|', (select value from cdr.compared_between('-infinity', 'infinity') where measure = 'attempts')
    = (select count(*) from part p join truth t using (i) where not t.is_in and side = 'b');
begin;
-- Five weeks, ten calls an hour; the last day but one is three times as thick and answered less.
truncate cdr.stat_hour;
insert into cdr.stat_hour
select (r).* from (
    select jsonb_populate_record(null::cdr.stat_hour, to_jsonb(s) || jsonb_build_object('hour', h, 'unit', u, 'n', k.n, 'answered', k.answered, 'by_agent', k.answered,
        'category', k.category, 'confidence', 'certain', 'direction', 'outbound')) as r
    from (select 0::bigint as delivered_low, 0 as delivered_high, 0 as short, 0 as rang, 0 as duration, 0 as bill_seconds, 0 as talk_seconds,
        0 as early_media_seconds, 0 as bill_n, 0 as pdd_seconds, 0 as pdd_n, 0 as handling_seconds, 0 as handling_n, 0 as ring_seconds, 0 as ring_n, 0 as setup_seconds,
        0 as setup_n, 0 as wait_seconds, 0 as wait_n, 0 as hold_seconds, 0 as served_in_time, 0 as left_soon, 1 as legs) s
    cross join generate_series('2025-09-28 21:00+00'::timestamptz, '2025-11-02 21:00+00', '1 hour') h
    cross join unnest(array['call', 'attempt']) u
    cross join lateral (select case when (h at time zone 'Europe/Kyiv')::date = '2025-10-31' then 3 else 1 end as thick) d
    cross join lateral (values ('BUSY', case d.thick when 3 then 27 else 5 end, 0), ('ANSWERED', case d.thick when 3 then 3 else 5 end, case d.thick when 3 then 3 else 5 end)) k(category, n, answered)) q;
select 'thick days|2025-10-31|', string_agg(day::text, ',') from cdr.signal_thick_day;
select 'no thin days|0|', count(*) from cdr.signal_thin_day;
select 'it is a signal|thick_day|', string_agg(distinct signal, ',') from cdr.signals_between('2025-10-01', '2025-11-10');
update cdr.setting set value = '55' where setting = 'thick_day_percent';
select 'the setting counts|t|', count(*) > 10 from cdr.signal_thick_day;
select 'habit: attempts and ASR|up down 4|', string_agg(against_habit, ' ' order by measure desc) filter (where measure in ('attempts', 'asr')) || ' ' || max(habit_periods)
from cdr.compared_between('2025-10-31 00:00 Europe/Kyiv', '2025-11-01 00:00 Europe/Kyiv');
select 'habit: an ordinary day may be chance|may be chance|', string_agg(distinct against_habit, ',') from cdr.compared_between('2025-10-30 00:00 Europe/Kyiv', '2025-10-31 00:00 Europe/Kyiv')
where measure in ('attempts', 'asr');
select 'habit of two weeks is of two weeks|1 3360|', habit_periods || ' ' || round(habit) from cdr.compared_between('2025-10-13 00:00 Europe/Kyiv', '2025-10-27 00:00 Europe/Kyiv') where measure = 'attempts';
rollback;

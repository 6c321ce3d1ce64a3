-- Every KPI again, by plain SQL over calls and attempts and with the categories
-- written out, against the views.  A line a check: name, expected, got.
\set ON_ERROR_STOP on
create temp table u as
select 'attempt' as unit, started_at, coalesce(p.name, a.provider, a.gateway, '(none)') as carrier, a.provider, a.gateway, a.direction, queue,
    answered, answered as by_agent, category, confidence, alternatives, hangup_cause, sip_code, naive_category, duration, bill_seconds,
    talk_seconds, ring_seconds, early_media_seconds, wait_seconds, hold_seconds
from cdr.attempt a left join cdr.provider p using (provider)
union all
select 'call', started_at, coalesce(p.name, c.provider, c.gateway, '(none)'), c.provider, c.gateway, c.direction, queue,
    answered, answered_by is not distinct from 'leg', category, confidence, alternatives, hangup_cause, sip_code, naive_category, duration, bill_seconds,
    talk_seconds, ring_seconds, early_media_seconds, wait_seconds, hold_seconds
from cdr.call c left join cdr.provider p using (provider);

create temp table facts as
select u.*,
    date_trunc('hour', started_at, 'UTC') as hour,
    (started_at at time zone 'Europe/Kyiv')::date as day,
    f.seizure, f.seizure and not answered as un,
    answered or category not in ('TRANSFERRED', 'ANSWERED_ELSEWHERE') as bid,
    answered or case when confidence = 'ambiguous' then alternatives <@ array['ANSWERED', 'ANSWERED_MACHINE', 'NO_ANSWER', 'BUSY', 'REJECTED', 'UNREACHABLE']
        else category in ('ANSWERED', 'ANSWERED_MACHINE', 'NO_ANSWER', 'BUSY', 'REJECTED', 'UNREACHABLE')
            or category in ('CALLER_CANCEL', 'SYSTEM_TERMINATED') and (ring_seconds > 0 or early_media_seconds > 0) end as low,
    answered or case when confidence = 'ambiguous' then alternatives && array['ANSWERED', 'ANSWERED_MACHINE', 'NO_ANSWER', 'BUSY', 'REJECTED',
            'UNREACHABLE', 'CALLER_CANCEL', 'SYSTEM_TERMINATED']
        else category in ('ANSWERED', 'ANSWERED_MACHINE', 'NO_ANSWER', 'BUSY', 'REJECTED', 'UNREACHABLE', 'CALLER_CANCEL', 'SYSTEM_TERMINATED') end as high,
    case when f.seizure and not answered and sip_code >= 300 then sip_code end as code
from u
cross join lateral (
    select answered or category not in ('LOCAL_UNAVAILABLE', 'TRANSFERRED', 'ANSWERED_ELSEWHERE') as seizure
) f;

create function pg_temp.ratio(part bigint, whole bigint) returns numeric language sql as
    $$ select case when whole > 0 then round(part * 100.0 / whole, 2) end $$;

-- The sums that the definitions name, over any set of facts.
create function pg_temp.own(keys text) returns text language sql as $f$
    select format($q$
        select %1$s, count(*) as n,
            pg_temp.ratio(count(*) filter (where answered), count(*) filter (where seizure)) as asr,
            count(*) filter (where seizure) as asr_n,
            pg_temp.ratio(count(*) filter (where answered), count(*) filter (where bid)) as abr,
            pg_temp.ratio(count(*) filter (where low), count(*) filter (where seizure)) as ner_low,
            pg_temp.ratio(count(*) filter (where high), count(*) filter (where seizure)) as ner_high,
            pg_temp.ratio(count(*) filter (where answered or un and hangup_cause in ('NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE', 'NO_ANSWER',
                'CALL_REJECTED')), count(*) filter (where seizure)) as ner_q850,
            pg_temp.ratio(count(*) filter (where answered), count(*) filter (where answered or code < 400 or code > 499)) as ner_46labs,
            pg_temp.ratio(count(*) filter (where answered or code < 500 or code in (600, 603, 604, 607, 608)),
                count(*) filter (where answered or code is not null)) as ner_voipmonitor,
            pg_temp.ratio(count(*) filter (where answered or code < 500 and code <> 408), count(*) filter (where answered or code is not null)) as ccr,
            pg_temp.ratio(count(*) filter (where answered), count(*) filter (where answered or code >= 400)) as ser,
            pg_temp.ratio(count(*) filter (where answered or code in (480, 486, 600, 603)), count(*) filter (where answered or code >= 400)) as seer,
            pg_temp.ratio(count(*) filter (where code in (408, 500, 503, 504)), count(*) filter (where answered or code is not null)) as isa,
            pg_temp.ratio(count(*) filter (where answered and bill_seconds >= 1 and bill_seconds <= 5), count(*) filter (where answered)) as sdr,
            pg_temp.ratio(count(*) filter (where un and category = 'CALLER_CANCEL'), count(*) filter (where seizure)) as abandon_low,
            pg_temp.ratio(count(*) filter (where un and (category = 'CALLER_CANCEL' or confidence = 'ambiguous' and 'CALLER_CANCEL' = any (alternatives))),
                count(*) filter (where seizure)) as abandon_high,
            pg_temp.ratio(count(*) filter (where un and (category = 'UNDETERMINED' or confidence = 'ambiguous')), count(*) filter (where un)) as ambiguity,
            pg_temp.ratio(count(*) filter (where un and category <> naive_category), count(*) filter (where un)) as recategorisation,
            pg_temp.ratio(count(*) filter (where naive_category = 'ANSWERED'),
                count(*) filter (where naive_category in ('ANSWERED', 'BUSY', 'NO_ANSWER'))) as naive_asr,
            pg_temp.ratio(count(*) filter (where naive_category in ('ANSWERED', 'BUSY', 'NO_ANSWER')),
                count(*) filter (where naive_category in ('ANSWERED', 'BUSY', 'NO_ANSWER'))) as naive_ner,
            round(sum(bill_seconds) filter (where answered)::numeric / nullif(count(*) filter (where answered), 0), 1) as acd,
            round(avg(duration - bill_seconds) filter (where answered), 1) as pgad,
            pg_temp.ratio(count(*) filter (where by_agent and category <> 'ANSWERED_MACHINE'
                and (confidence <> 'ambiguous' or not 'ANSWERED_MACHINE' = any (alternatives))), count(*) filter (where seizure)) as person_low,
            pg_temp.ratio(count(*) filter (where by_agent and category <> 'ANSWERED_MACHINE'), count(*) filter (where seizure)) as person_high,
            pg_temp.ratio(count(*) filter (where answered and category = 'ANSWERED_MACHINE'), count(*) filter (where seizure)) as machine_low,
            pg_temp.ratio(count(*) filter (where answered and (category = 'ANSWERED_MACHINE' or confidence = 'ambiguous' and 'ANSWERED_MACHINE' = any (alternatives))),
                count(*) filter (where seizure)) as machine_high,
            round(coalesce(sum(bill_seconds) filter (where answered), 0) / 60.0, 1) as minutes
        from facts group by %1$s$q$, keys)
$f$;

-- For a view: how many of its rows differ from ours in a KPI, or stand alone.
create function pg_temp.differing(view text, keys text, kpi text) returns text language plpgsql as $f$
declare
    bad bigint;
    seen bigint;
begin
    if to_regclass('pg_temp.own_' || view) is null then
        execute format('create temp table own_%s as %s', view, pg_temp.own(keys));
        execute format('create temp table view_%1$s as select * from cdr.%1$s', view);
    end if;
    execute format($q$
        select count(*), (select count(*) from view_%1$s) from (
            (select %2$s, %3$s from view_%1$s except all select %2$s, %3$s from own_%1$s)
            union all (select %2$s, %3$s from own_%1$s except all select %2$s, %3$s from view_%1$s)) d$q$, view, keys, kpi)
    into bad, seen;
    return bad || ' of ' || case when seen > 10 then 'many' else seen::text end;
end
$f$;

\pset format unaligned
\pset fieldsep '|'
\pset tuples_only on
select format('%s.%s|0 of many|', v.view, k), pg_temp.differing(v.view, v.keys, k)
from (values ('kpi_hour', 'hour, unit'), ('kpi_day', 'day, unit'), ('kpi_provider_hour', 'hour, unit, provider, carrier'),
    ('kpi_provider_day', 'day, unit, provider, carrier')) v(view, keys)
cross join unnest(array['n', 'asr', 'asr_n', 'abr', 'ner_low', 'ner_high', 'ner_q850', 'ner_46labs', 'ner_voipmonitor', 'ccr', 'ser', 'seer', 'isa',
    'sdr', 'abandon_low', 'abandon_high', 'ambiguity', 'recategorisation', 'naive_asr', 'naive_ner', 'acd', 'pgad', 'person_low', 'person_high', 'machine_low', 'machine_high', 'minutes']) k;

-- Wilson, as the textbook has it.
select 'interval of ' || x || '/' || n || '|0|', (abs(cdr.wilson_low(x, n) - 100 * (c - h)) > 0.006)::int + (abs(cdr.wilson_high(x, n) - 100 * (c + h)) > 0.006)::int
from (values (0, 1), (1, 1), (1, 2), (3, 10), (0, 50), (50, 50), (37, 100), (370, 1000), (999999, 1000000)) t(x, n)
cross join lateral (select x::float8 / n as p, 1.959964::float8 as z) a
cross join lateral (select (p + z * z / (2 * n)) / (1 + z * z / n) as c,
    z * sqrt(p * (1 - p) / n + z * z / (4.0 * n * n)) / (1 + z * z / n) as h) b;
select 'interval of nothing||', concat(cdr.wilson_low(0, 0), cdr.wilson_high(0, 0));
select 'ratio of nothing||', cdr.percent(0, 0);
select 'every ratio lies in its interval|0|', count(*) from cdr.kpi_provider_hour
where asr not between asr_ci_low and asr_ci_high or ner_low < ner_ci_low or ner_high > ner_ci_high or ner_low > ner_high
    or abandon_low > abandon_high;

-- A carrier without a seizure.
select 'no seizure: no ASR, but ABR|null null 0 0.00 1 null|', concat_ws(' ', coalesce(asr::text, 'null'), coalesce(asr_ci_low::text, 'null'), asr_n, abr, abr_n, coalesce(acd::text, 'null'))
from cdr.kpi_provider_day where provider = 'idle' and unit = 'attempt';
select 'too few to alarm|f|', is_enough from cdr.kpi_provider_day where provider = 'idle' and unit = 'attempt';

-- Half-open: what happens on the hour belongs to it, and to nothing else.
select 'each attempt is in one hour|0|', (select count(*) from cdr.attempt) - (select sum(n) from cdr.kpi_hour where unit = 'attempt');
select 'each call is in one day|0|', (select count(*) from cdr.call) - (select sum(n) from cdr.kpi_day where unit = 'call');
select 'on the hour|t|', (select n from cdr.kpi_hour where unit = 'attempt' and hour = '2025-03-29 10:00+00')
    = (select count(*) from cdr.attempt where started_at in ('2025-03-29 10:00+00', '2025-03-29 10:59:59.999+00'));

-- Both changes of the clock.
select 'a day of 23 hours|23|', extract(epoch from ends_at - starts_at)::int / 3600 from cdr.day where day = '2025-03-30';
select 'a day of 25 hours|25|', extract(epoch from ends_at - starts_at)::int / 3600 from cdr.day where day = '2025-10-26';
select 'days follow each other|0|', count(*) from (select ends_at <> lead(starts_at) over (order by day) as gap from cdr.day) d where gap;
select 'the repeated hour is two hours|2|', count(*) from cdr.kpi_hour
where unit = 'attempt' and to_char(hour at time zone 'Europe/Kyiv', 'YYYY-MM-DD HH24') = '2025-10-26 03';
begin;
update cdr.setting set value = 'UTC' where setting = 'zone';
select 'another zone, other days|0|', (select count(*) from cdr.attempt where (started_at at time zone 'UTC')::date = '2025-03-29')
    - (select n from cdr.kpi_day where unit = 'attempt' and day = '2025-03-29');
rollback;

-- Shares and their bounds.
select 'shares sum to 100|0|', count(*) from (
    select abs(sum(share) - 100) > count(*) * 0.006 as off from cdr.category_day group by day, unit, provider, carrier
    union all select abs(sum(share) - 100) > count(*) * 0.006 from cdr.cause_matrix_day group by day, unit, provider, carrier) s where off;
create temp view possible as
select f.unit, f.day, f.provider, f.carrier, x.category, sum(x.sure) as n, count(*) as n_high
from facts f
cross join lateral (select f.category, 1 as sure
    union all select a, 0 from unnest(case when f.confidence = 'ambiguous' then f.alternatives end) a) x
group by 1, 2, 3, 4, 5;
select 'shares: at least and at most|0|', count(*) from (
    (select unit, day, provider, carrier, category, n, n_high from cdr.category_day except select * from possible)
    union all (select * from possible except select unit, day, provider, carrier, category, n, n_high from cdr.category_day)) d;
select 'causes: counts|0|', count(*) from (
    select unit, day, provider, carrier, category, confidence, hangup_cause, sip_code, sum(n) as n from cdr.cause_matrix_day group by 1, 2, 3, 4, 5, 6, 7, 8
    except select unit, day, provider, carrier, category, confidence, hangup_cause, sip_code, count(*) from facts group by 1, 2, 3, 4, 5, 6, 7, 8) d;
select 'recategorised: counts|0|', count(*) from (
    select unit, day, provider, carrier, category, confidence, naive_category, n from cdr.recategorised_day
    except select unit, day, provider, carrier, category, confidence, naive_category, count(*) from facts group by 1, 2, 3, 4, 5, 6, 7) d;

-- Queues.
select 'queues|0|', count(*) from cdr.kpi_queue_day q join (
    select day, queue, count(*) as offered,
        pg_temp.ratio(count(*) filter (where not by_agent), count(*)) as queue_abandon,
        pg_temp.ratio(count(*) filter (where not by_agent and (wait_seconds > 5 or wait_seconds is null)),
            count(*) - count(*) filter (where not by_agent and wait_seconds <= 5)) as queue_abandon_net,
        pg_temp.ratio(count(*) filter (where by_agent and wait_seconds <= 20),
            count(wait_seconds) - count(*) filter (where not by_agent and wait_seconds <= 5)) as service_level,
        round(avg(wait_seconds), 1) as mean_wait
    from facts where unit = 'call' and direction = 'inbound' and queue is not null group by 1, 2) o using (day, queue)
where (q.offered, q.queue_abandon, q.queue_abandon_net, q.service_level, q.mean_wait)
    is distinct from (o.offered, o.queue_abandon, o.queue_abandon_net, o.service_level, o.mean_wait);
select 'queues: there are|2|', count(distinct queue) from cdr.kpi_queue_day;
select 'queues: the flow is no person|t|', bool_and(by_agent < offered) from cdr.kpi_queue_day;

-- Inbound calls: day by day, and all parts of them.
select 'inbound|0|', count(*) from cdr.kpi_inbound_day i full join (
    select day, count(*) as inbound, count(*) filter (where by_agent) as by_person,
        count(*) filter (where answered and not by_agent and queue is null) as by_flow,
        count(*) filter (where case when queue is null then un and category = 'CALLER_CANCEL' else not by_agent end) as abandoned,
        pg_temp.ratio(count(*) filter (where by_agent), count(*)) as person,
        pg_temp.ratio(count(*) filter (where case when queue is null then un and category = 'CALLER_CANCEL' else not by_agent end), count(*)) as abandon,
        pg_temp.ratio(count(*) filter (where by_agent and wait_seconds <= 20),
            count(wait_seconds) - count(*) filter (where not by_agent and wait_seconds <= 5)) as service_level,
        round(avg(wait_seconds), 1) as mean_wait, round(sum(talk_seconds) / 60.0, 1) as talk_minutes
    from facts where unit = 'call' and direction = 'inbound' group by 1) o using (day)
where (i.inbound, i.by_person, i.by_flow, i.abandoned, i.inbound_person, i.inbound_abandon, i.service_level, i.mean_wait, i.talk_minutes)
    is distinct from (o.inbound, o.by_person, o.by_flow, o.abandoned, o.person, o.abandon, o.service_level, o.mean_wait, o.talk_minutes);
select 'inbound: all parts occur|t|', min(by_person) > 0 and min(by_flow) > 0 and min(abandoned) > 0 and min(unanswered_other) > 0
    and bool_and(inbound = by_person + by_flow + abandoned + unanswered_other)
from cdr.inbound_between('2025-10-26 08:00+00', '2025-10-27 00:00+00');
select 'inbound by queue|0|', count(*) from (
    select key, inbound, by_person, abandoned from cdr.inbound_between('2025-10-01', '2025-11-01', 'all', 'queue')
    except select queue, count(*), count(*) filter (where by_agent), count(*) filter (where case when queue is null then un and category = 'CALLER_CANCEL' else not by_agent end)
    from facts where unit = 'call' and direction = 'inbound' and started_at >= '2025-10-01' and started_at < '2025-11-01' group by 1) d;

-- What reading the evidence changed: a table of yes and yes for each question.
select 'changed: ' || c.question || '|0|', case when (c.naive, c.now_low, c.now_high, c.of_n, c.agreed, c.gained, c.lost)
    is distinct from (o.naive, o.now_low, o.now_high, o.of_n, o.agreed, o.gained, o.lost) then 1 else 0 end
from cdr.changed_between('2025-01-01', '2026-01-01', 'attempt') c
left join (
    select q.question, count(*) filter (where says) as naive, count(*) filter (where yes) as now_low, count(*) filter (where may) as now_high,
        count(*) filter (where of_it) as of_n, count(*) filter (where says and yes) as agreed, count(*) filter (where yes and not says) as gained,
        count(*) filter (where says and yes is not true) as lost
    from facts f
    cross join lateral (values
        ('answered', naive_category = 'ANSWERED', answered, answered, seizure),
        ('person', naive_category = 'ANSWERED', answered and category <> 'ANSWERED_MACHINE'
            and (confidence <> 'ambiguous' or not 'ANSWERED_MACHINE' = any (alternatives)), answered and category <> 'ANSWERED_MACHINE', seizure),
        ('machine', false, answered and category = 'ANSWERED_MACHINE', answered and (category = 'ANSWERED_MACHINE'
            or confidence = 'ambiguous' and 'ANSWERED_MACHINE' = any (alternatives)), seizure),
        ('delivered', naive_category in ('ANSWERED', 'BUSY', 'NO_ANSWER'), low, high, seizure),
        ('undetermined', false, un and (category = 'UNDETERMINED' or confidence = 'ambiguous'), un and (category = 'UNDETERMINED' or confidence = 'ambiguous'), un)
    ) q (question, says, yes, may, of_it)
    where f.unit = 'attempt' and f.naive_category is not null group by 1) o using (question);

-- Minutes.
select 'minutes by carrier|0|', count(*) from (
    select key, calls, attempts, carrier_minutes, call_minutes, talk_minutes, hold_minutes, wait_minutes
    from cdr.minutes_between('2025-01-01', '2026-01-01', 'all', 'carrier')
    except select carrier, count(*) filter (where unit = 'call'), count(*) filter (where unit = 'attempt'),
        round(coalesce(sum(bill_seconds) filter (where unit = 'attempt' and answered), 0) / 60.0, 1),
        round(coalesce(sum(bill_seconds) filter (where unit = 'call' and answered), 0) / 60.0, 1),
        round(coalesce(sum(talk_seconds) filter (where unit = 'call'), 0) / 60.0, 1),
        round(coalesce(sum(hold_seconds) filter (where unit = 'call'), 0) / 60.0, 1),
        round(coalesce(sum(wait_seconds) filter (where unit = 'call'), 0) / 60.0, 1)
    from facts group by 1) d;

-- Delays.
select 'delays|0|', count(*) from cdr.delays_between('2025-01-01', '2026-01-01') d join (
    select carrier, count(*) filter (where answered) as pgad_n,
        round((percentile_cont(0.5) within group (order by duration - bill_seconds) filter (where answered))::numeric, 1) as pgad_median
    from facts where unit = 'attempt' group by 1) o using (carrier)
where d.pgad_n <> o.pgad_n or d.pgad_median is distinct from o.pgad_median;

-- Mistakes of other tools.
select 'cause 16 is no answer|t|', sum(answered) < (select count(*) from cdr.attempt where hangup_cause = 'NORMAL_CLEARING' or answered)
    and sum(answered) = (select count(*) from cdr.attempt where answered) from cdr.kpi_day where unit = 'attempt';
select 'ACD does not divide by all|t|', acd > bill_seconds / n * 1.5 from cdr.kpi_day where unit = 'attempt' and day = '2025-03-29';
select 'zero length is not short|t|', (select sum(short) from cdr.measure_hour where unit = 'attempt')
    = (select count(*) from cdr.attempt where answered and bill_seconds between 1 and 5)
    and exists (select 1 from cdr.attempt where answered and bill_seconds = 0);
select 'a call with two legs is one call, one attempt|10 10|', (select sum(n) from cdr.kpi_hour where unit = 'call' and hour = '2025-10-25 12:00+00') || ' '
    || (select sum(n) from cdr.kpi_hour where unit = 'attempt' and hour = '2025-10-25 12:00+00');
select 'the failed B-leg is not hidden by the employee''s phone|0|', sum(answered) from cdr.kpi_hour where unit = 'call' and hour = '2025-10-25 12:00+00';
select 'views have instants, never wall-clock times|0|', count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relnamespace = 'cdr'::regnamespace and c.relkind in ('v', 'r', 'p') and a.attnum > 0 and atttypid = 'timestamp'::regtype;

-- Rules for a schema that also runs on Citus.
select 'views: no grouping sets, no recursion|0|', count(*) from pg_views where schemaname = 'cdr' and definition ~* 'grouping sets|rollup|\mcube\M|recursive';
select 'views: no day without a zone|0|', count(*) from pg_views where schemaname = 'cdr' and definition ~* 'date_trunc\(''(day|week|month)''::text, [^,()]*(hour|_at)\)';
select 'stat_hour has no trigger|0|', count(*) from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'cdr'::regnamespace and not t.tgisinternal;

-- What figures mean.
select 'relations without a comment|0|', count(*) from pg_class where relnamespace = 'cdr'::regnamespace and relkind in ('r', 'p', 'v', 'S') and obj_description(oid) is null;
select 'columns without a comment|0|', count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relnamespace = 'cdr'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped and col_description(c.oid, a.attnum) is null;
select 'ratios without a definition||', string_agg(attname, ' ') from pg_attribute
where attrelid in ('cdr.kpi_day'::regclass, 'cdr.kpi_queue_day'::regclass, 'cdr.kpi_inbound_day'::regclass) and attname like '%\_n' and attname not in ('setup_n', 'wait_n')
    and not exists (select from cdr.kpi_definition where kpi in (left(attname, -2), left(attname, -2) || '_low'));
select 'defaults are computed||', string_agg(kpi, ' ') from cdr.kpi_definition d where is_default and kpi not in ('wilson', 'minimum_sample', 'tcd', 'pdd', 'cause_share')
    and not exists (select from pg_attribute where attrelid in ('cdr.kpi_day'::regclass, 'cdr.kpi_queue_day'::regclass, 'cdr.kpi_inbound_day'::regclass) and attname = kpi);

-- Signals.
select 'a file of captions only|captions.csv|', string_agg(name, ' ') from cdr.signal_empty_file;
begin;
truncate cdr.stat_hour;
-- Six weeks, nine to five, twenty calls an hour, two attempts in ten undetermined.
insert into cdr.stat_hour
select (r).* from (
    select jsonb_populate_record(null::cdr.stat_hour, to_jsonb(s) || jsonb_build_object('hour', h, 'unit', x.unit, 'gateway', 'g', 'n', x.n,
        'answered', 0, 'category', x.category, 'confidence', x.confidence, 'alternatives', x.alternatives, 'hangup_cause', x.cause, 'sip_code', x.code,
        'disposition', 'recv_refuse')) as r
    from (select 0::bigint as delivered_low, 0 as delivered_high, 0 as short, 0 as rang, 0 as duration, 0 as bill_seconds, 0 as talk_seconds,
        0 as early_media_seconds, 0 as bill_n, 0 as pdd_seconds, 0 as pdd_n, 0 as handling_seconds, 0 as handling_n, 0 as ring_seconds, 0 as ring_n, 0 as setup_seconds, 0 as setup_n, 0 as wait_seconds, 0 as wait_n, 0 as hold_seconds,
        0 as by_agent, 0 as served_in_time, 0 as left_soon, 1 as legs) s
    cross join generate_series('2025-10-01 00:00+00'::timestamptz, '2025-11-11 23:00+00', '1 hour') h
    cross join (values ('call', 20, 'BUSY', 'certain', null::text[], 'USER_BUSY', 486), ('attempt', 16, 'BUSY', 'certain', null, 'USER_BUSY', 486),
        ('attempt', 4, 'UNDETERMINED', 'ambiguous', '{BUSY,REJECTED}', 'NO_ANSWER', 480)) x(unit, n, category, confidence, alternatives, cause, code)
    where extract(hour from h at time zone 'Europe/Kyiv') between 9 and 16) q;
delete from cdr.stat_hour where hour in ('2025-11-04 09:00+00', '2025-11-04 10:00+00');
select 'missing hours|2025-11-04 09:00,2025-11-04 10:00|', string_agg(to_char(hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), ',' order by hour) from cdr.signal_missing_hour;
update cdr.stat_hour set n = 5 where unit = 'call' and (hour at time zone 'Europe/Kyiv')::date = '2025-10-26';
select 'thin days|2025-10-26|', string_agg(day::text, ',') from cdr.signal_thin_day;
update cdr.stat_hour set n = 12 where category = 'UNDETERMINED' and (hour at time zone 'Europe/Kyiv')::date = '2025-11-06';
select 'ambiguity rises|2025-11-06|', string_agg(day::text, ',') from cdr.signal_ambiguity;
update cdr.stat_hour set disposition = 'recv_cancel', sip_code = 433 where hour = '2025-11-07 08:00+00' and unit = 'attempt' and category = 'BUSY';
select 'a new pair|433 recv_cancel|', string_agg(sip_code || ' ' || disposition, ',') from cdr.signal_new_pair;
update cdr.stat_hour set category = 'CONGESTION' where hour in ('2025-11-05 08:00+00', '2025-11-05 09:00+00') and unit = 'attempt' and category = 'BUSY';
select 'an incident|2025-11-05 08:00 2 32 40|', string_agg(concat_ws(' ', to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
    extract(epoch from ends_at - starts_at)::int / 3600, failed, seizures), ',') from cdr.signal_incident;
select 'all signals|ambiguity empty_file incident missing_hour new_pair thin_day|', string_agg(distinct signal, ' ' order by signal) from cdr.signal;
rollback;

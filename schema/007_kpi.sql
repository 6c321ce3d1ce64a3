-- KPIs: what every figure means, and the views that compute it.
--
-- Everything is read from cdr.stat_hour, so no view looks at a leg.  Three layers:
--
--   cdr.measure_hour      rows that may be added up: who counts for what
--   cdr.kpi_*             their sums by hour, day, carrier or queue, and the ratios
--   cdr.kpi_definition    formula, variant and source of each ratio, as text
--
-- A ratio is a percentage of two decimals, null on an empty denominator, with
-- its sample size (_n) and its Wilson 95 % interval (_ci_low, _ci_high) beside
-- it.  Where outcomes are ambiguous there are two of it, _low and _high.  Days
-- are those of cdr.setting zone: 23 or 25 hours long when the clock changes.
-- A day takes the UTC hours that begin in it, which is exact for zones that
-- differ from UTC by whole hours.

set local role cdretl_owner;

create function cdr.percent(part numeric, whole numeric) returns numeric
    language sql
    immutable
    parallel safe
as $$
    select round(100 * part / nullif(whole, 0), 2)
$$;

comment on function cdr.percent(numeric, numeric) is 'Percentage of two decimals; null of nothing.';

-- Edwin B. Wilson, 1927; z = 1.96.  Unlike the textbook's p +- z*s it stays
-- within 0 and 100 and is right for small samples and for shares near the ends.
create function cdr.wilson_low(part double precision, whole double precision) returns numeric
    language sql
    immutable
    parallel safe
as $$
    select case when whole > 0 and part <= whole then round(greatest(0, 100 * (part + 1.9207294
        - 1.959964 * sqrt(part * (whole - part) / whole + 0.9603647)) / (whole + 3.8414588))::numeric, 2) end
$$;

create function cdr.wilson_high(part double precision, whole double precision) returns numeric
    language sql
    immutable
    parallel safe
as $$
    select case when whole > 0 and part <= whole then round(least(100, 100 * (part + 1.9207294
        + 1.959964 * sqrt(part * (whole - part) / whole + 0.9603647)) / (whole + 3.8414588))::numeric, 2) end
$$;

comment on function cdr.wilson_low(double precision, double precision) is
    'Lower end of the Wilson 95 % interval of part/whole, percent; null of nothing.';
comment on function cdr.wilson_high(double precision, double precision) is
    'Upper end of the Wilson 95 % interval of part/whole, percent; null of nothing.';

-- The final SIP code of what was not answered.  A 200 there is the platform's
-- filler and a 1xx is no final answer: neither says how the attempt ended.
create view cdr.measure_hour as
select
    s.hour, s.unit, s.domain, s.provider,
    coalesce(p.name, s.provider, s.gateway, '(none)') as carrier,
    s.gateway, s.direction, s.queue, s.category, s.confidence, s.alternatives,
    s.hangup_cause, s.sip_code, s.disposition, s.naive_category,
    s.n, s.answered,
    case when c.is_bid then s.n else s.answered end as bids,
    case when c.is_seizure then s.n else s.answered end as seizures,
    k.unanswered,
    s.delivered_low, s.delivered_high,
    s.answered + case when s.hangup_cause in
        ('NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE', 'NO_ANSWER', 'CALL_REJECTED')
        then k.unanswered else 0 end as delivered_q850,
    case when s.category = 'CALLER_CANCEL' then k.unanswered else 0 end as cancelled,
    case when s.category = 'CALLER_CANCEL' or 'CALLER_CANCEL' = any (s.alternatives)
        then k.unanswered else 0 end as cancelled_high,
    case when s.confidence = 'ambiguous' or s.category = 'UNDETERMINED' then k.unanswered else 0 end as undetermined,
    case when s.naive_category <> s.category then k.unanswered else 0 end as recategorised,
    case when v.is_seizure then s.n else 0 end as naive_seizures,
    case when v.is_answered then s.n else 0 end as naive_answered,
    case when v.delivered = 'yes' then s.n else 0 end as naive_delivered,
    s.answered + case when k.code is not null then k.unanswered else 0 end as coded,
    case when k.code between 300 and 399 then k.unanswered else 0 end as coded_3xx,
    case when k.code between 400 and 499 then k.unanswered else 0 end as coded_4xx,
    case when k.code between 500 and 699 or k.code = 408 then k.unanswered else 0 end as coded_fault,
    case when k.code in (480, 486, 600, 603) then k.unanswered else 0 end as coded_seer,
    case when k.code in (408, 500, 503, 504) then k.unanswered else 0 end as coded_isa,
    case when k.code between 300 and 499 or k.code in (600, 603, 604, 607, 608)
        then k.unanswered else 0 end as coded_reached,
    s.short, s.rang, s.duration, s.bill_seconds, s.talk_seconds, s.early_media_seconds,
    s.ring_seconds, s.ring_n, s.setup_seconds, s.setup_n, s.wait_seconds, s.wait_n, s.hold_seconds,
    s.by_agent, s.served_in_time, s.left_soon, s.legs
from cdr.stat_hour s
join cdr.category c on c.category = s.category
left join cdr.category v on v.category = s.naive_category
left join cdr.provider p on p.provider = s.provider
cross join lateral (
    select
        case when c.is_seizure then s.n - s.answered else 0 end as unanswered,
        case when c.is_seizure and s.sip_code between 300 and 699 then s.sip_code end as code
) k;

-- The days of which something is known, also the empty ones between.  A filter
-- on the day or its instants reaches cdr.stat_hour through it as a range of hours.
create view cdr.day as
select
    d::date as day,
    d at time zone z.zone as starts_at,
    (d + interval '1 day') at time zone z.zone as ends_at
from (select value as zone from cdr.setting where setting = 'zone') z
cross join lateral (
    select min(hour) at time zone z.zone as first_local, max(hour) at time zone z.zone as last_local
    from cdr.stat_hour
) known
cross join lateral generate_series(date_trunc('day', first_local), last_local, interval '1 day') d;

comment on view cdr.measure_hour is
    'Calls and attempts by the hour, as additive measures: who counts in which denominator. Sum what you like, then divide: cdr.percent(sum(answered), sum(seizures)).';
comment on view cdr.day is 'Days of the zone in cdr.setting, from the first to the last of which anything is known.';

insert into cdr.kpi_definition (kpi, name, formula, variant, source, unit, is_default) values
    ('asr', 'Answer seizure ratio', 'answered / seizures', 'Seizures are attempts that left towards the carrier: local failures, moved legs and legs that lost a race are none. Answered by evidence (billed seconds or an answer time), never by cause 16.', 'Concept of ITU-T E.411 and E.425; operator practice', 'percent', true),
    ('abr', 'Answer bid ratio', 'answered / bids', 'Bids are all attempts, those that failed locally included.', 'E.411, E.437 by way of secondary pages', 'percent', true),
    ('ner_low', 'Network effectiveness ratio, at least', '(answered + no answer + busy + rejected + unreachable + cancelled while ringing) / seizures', 'E.425 style. An ambiguous outcome counts only when all its candidates count; a cancel only when it is known to have rung.', 'E.425 by way of secondary pages', 'percent', true),
    ('ner_high', 'Network effectiveness ratio, at most', 'as ner_low, with every ambiguous outcome and cancel that may count', 'E.425 style. ner_low and ner_high are a band: the truth is between them.', 'E.425 by way of secondary pages', 'percent', true),
    ('ner_q850', 'NER by cause', '(answered + unanswered with cause 16, 17, 18, 19 or 21) / seizures', 'Cause list. Trusts the hang-up cause: a carrier that ends failures with 16 looks perfect.', 'KPI mapping of vendors, secondary', 'percent', true),
    ('ner_46labs', 'NER without 4xx', 'answered / attempts whose final SIP code is not 400 to 499', '4xx leaves the denominator. Attempts without a known final code are left out.', '46 Labs'' documentation', 'percent', true),
    ('ner_voipmonitor', 'NER, generous', '(answered + 3xx + 4xx + 600, 603, 604, 607, 608) / attempts with a known final code', 'Very generous: nearly only 5xx counts against the carrier.', 'Defaults of VoIPmonitor''s charts', 'percent', true),
    ('ccr', 'Call completion ratio', 'attempts that did not end with 408, 5xx or 6xx / attempts with a known final code', 'OpenSIPS quality routing. A 408 made by the platform itself and one by the carrier look alike.', 'OpenSIPS qrouting documentation', 'percent', true),
    ('ser', 'Session establishment ratio', 'answered / (attempts with a known final code - 3xx)', 'RFC 6076 section 4.6. Attempts whose export has no SIP code are left out of both.', 'RFC 6076 section 4.6', 'percent', true),
    ('seer', 'Session establishment effectiveness ratio', '(answered + 480 + 486 + 600 + 603) / (attempts with a known final code - 3xx)', 'RFC 6076 section 4.7, by code and not by category.', 'RFC 6076 section 4.7', 'percent', true),
    ('isa', 'Ineffective session attempts', '(408 + 500 + 503 + 504) / attempts with a known final code', 'A failure ratio: less is better.', 'RFC 6076 section 4.8', 'percent', true),
    ('scr', 'Session completion ratio', 'completed sessions / attempts', 'Not computed: exports do not tell how a dialogue was completed.', 'RFC 6076 section 4.9', 'percent', false),
    ('acd', 'Average call duration', 'billed seconds of answered / answered', 'Divides by answered. Tools that divide by all attempts (ALOC of A2Billing, alarms of CDR-Stats) show less.', 'Common practice; also ALOC', 'seconds', true),
    ('tcd', 'Total call duration', 'sum of billed seconds of answered', 'Column bill_seconds.', 'CGRateS', 'seconds', true),
    ('pgad', 'Post gateway answer delay', 'mean of (duration - billed seconds) of answered', 'Start to answer; also AST. Median and 95th percentile: cdr.delays_between.', 'OpenSIPS AST', 'seconds', true),
    ('pdd', 'Post dial delay', 'duration - billed seconds - ringing seconds, where ringing is known', 'Median and 95th percentile by cdr.delays_between; never a mean. Attempts without progress are left out.', 'YETI, CGRateS', 'seconds', true),
    ('sdr', 'Short duration ratio', 'answered with 1 to short_call_seconds billed seconds / answered', 'Zero-length calls are left out; YETI counts them in.', 'Operator practice', 'percent', true),
    ('fas', 'False answer supervision', 'short calls answered without ringing, against the carrier''s own habit', 'Not computed: an indicator at best, call records alone cannot prove it.', 'US20110033032A1; Kolmisoft', 'percent', false),
    ('cause_share', 'Share of a category', 'n of the category / n of all', 'Columns share and share_high of cdr.category_day and cdr.cause_matrix_day. The shares of a day sum to 100, undetermined included.', 'Ours', 'percent', true),
    ('abandon_low', 'Caller abandon ratio, at least', 'cancelled by the caller before answer / seizures', 'Only outcomes that are certainly or probably a cancel.', 'Ours, from the disposition and its side', 'percent', true),
    ('abandon_high', 'Caller abandon ratio, at most', 'as abandon_low, with ambiguous outcomes that may be a cancel', 'Upper end of the band.', 'Ours', 'percent', true),
    ('ambiguity', 'Ambiguity rate', 'undetermined / (seizures - answered)', 'A figure about our evidence, not about the carrier.', 'Ours', 'percent', true),
    ('recategorisation', 'Recategorisation rate', 'outcome differs from what the hang-up cause alone says / (seizures - answered)', 'What the recomputation is worth. Where the naive reading is not known nothing is counted.', 'Ours', 'percent', true),
    ('naive_asr', 'ASR, naive', 'naively answered / naive seizures', 'What a reader of the hang-up cause alone would report: cause 16 is an answer to him.', 'Practice of many tools; for comparison only', 'percent', true),
    ('naive_ner', 'NER, naive', 'naively delivered / naive seizures', 'For comparison only.', 'For comparison only', 'percent', true),
    ('queue_abandon', 'Queue abandon rate', 'calls that no person answered / offered', 'Vendor convention: short abandons included.', 'Practice; no standard', 'percent', true),
    ('queue_abandon_net', 'Queue abandon rate without short abandons', '(not answered by a person - left soon) / (offered - left soon)', 'left soon: waited at most cdr.setting soon_seconds.', 'Practice; no standard', 'percent', true),
    ('service_level', 'Service level', 'answered by a person within T / (offered with known waiting - left soon)', 'T is cdr.setting service_seconds. Calls whose export has no waiting time are left out.', 'Practice; no standard', 'percent', true),
    ('mean_wait', 'Mean wait', 'waiting seconds / calls with known waiting', 'All callers, those who gave up included.', 'Practice; no standard', 'seconds', true),
    ('aht', 'Average handling time', '(talk + hold) / answered by a person', 'Without wrap-up, which exports do not have.', 'Practice; no standard', 'seconds', true),
    ('srd', 'Session request delay', 'INVITE to the first qualifying response', 'Not computed: exports have no time of it. RRD, SDD, SDT and IRA of RFC 6076 likewise.', 'RFC 6076 section 4.3', 'seconds', false),
    ('wilson', 'Wilson 95 % interval', 'columns _ci_low and _ci_high; of a band: lower end of _low to upper end of _high', 'Stays within 0 and 100, right for small samples.', 'E. B. Wilson, 1927', 'percent', true),
    ('minimum_sample', 'Minimum sample', 'is_enough: at least cdr.setting enough_calls seizures', 'Do not alarm below it.', 'CGRateS MinItems; minimum seizures of session border controllers', 'count', true);

-- The views.  Every ratio is written once, in this table.
do $do$
declare
    ratios text[] := array[
        'asr', 'answered', 'seizures',
        'abr', 'answered', 'bids',
        'ner', 'delivered_low|delivered_high', 'seizures',
        'ner_q850', 'delivered_q850', 'seizures',
        'ner_46labs', 'answered', 'coded - coded_4xx',
        'ner_voipmonitor', 'answered + coded_reached', 'coded',
        'ccr', 'coded - coded_fault', 'coded',
        'ser', 'answered', 'coded - coded_3xx',
        'seer', 'answered + coded_seer', 'coded - coded_3xx',
        'isa', 'coded_isa', 'coded',
        'sdr', 'short', 'answered',
        'abandon', 'cancelled|cancelled_high', 'seizures',
        'ambiguity', 'undetermined', 'unanswered',
        'recategorisation', 'recategorised', 'unanswered',
        'naive_asr', 'naive_answered', 'naive_seizures',
        'naive_ner', 'naive_delivered', 'naive_seizures'];
    queue_ratios text[] := array[
        'queue_abandon', 'n - by_agent', 'n',
        'queue_abandon_net', 'n - by_agent - left_soon', 'n - left_soon',
        'service_level', 'served_in_time', 'wait_n - left_soon'];
    -- Day by day from inside: the planner cannot turn it round and compare every
    -- hour with every day.
    days text := 'd.day, d.starts_at, d.ends_at, s.* from cdr.day d cross join lateral (
        select %2$s, %1$s from cdr.measure_hour m where m.hour >= d.starts_at and m.hour < d.ends_at group by %2$s) s';
    measures text := (
        select string_agg(format('sum(m.%1$s) as %1$s', attname), ', ' order by attnum)
        from pg_attribute
        where attrelid = 'cdr.measure_hour'::regclass
            and attnum >= (select attnum from pg_attribute where attrelid = 'cdr.measure_hour'::regclass and attname = 'n'));
    columns text;
    queue_columns text;
begin
    -- NAME, its one or two numerators, its denominator, as columns over s.
    create function pg_temp.columns_of(ratios text[]) returns text language plpgsql as $f$
    declare
        result text := '';
        part text[];
    begin
        for i in 1 .. array_length(ratios, 1) by 3 loop
            part := string_to_array(ratios[i + 1], '|');
            if array_length(part, 1) = 1 then
                result := result || format(', cdr.percent(%s, %s) as %s', part[1], ratios[i + 2], ratios[i]);
                part[2] := part[1];
            else
                result := result || format(', cdr.percent(%1$s, %3$s) as %4$s_low, cdr.percent(%2$s, %3$s) as %4$s_high',
                    part[1], part[2], ratios[i + 2], ratios[i]);
            end if;
            result := result || format(', %3$s as %4$s_n, cdr.wilson_low(%1$s, %3$s) as %4$s_ci_low, '
                'cdr.wilson_high(%2$s, %3$s) as %4$s_ci_high', part[1], part[2], ratios[i + 2], ratios[i]);
        end loop;
        return result;
    end
    $f$;
    columns := 's.n, s.bids, s.seizures, s.answered, s.unanswered, s.bill_seconds, s.seizures >= (select value::numeric from cdr.setting '
        'where setting = ''enough_calls'') as is_enough' || pg_temp.columns_of(ratios) ||
        ', round(s.bill_seconds / nullif(s.answered, 0), 1) as acd, s.answered as acd_n'
        ', round(s.setup_seconds / nullif(s.setup_n, 0), 1) as pgad, s.setup_n as pgad_n';
    queue_columns := 's.n as offered, s.by_agent, s.left_soon, s.served_in_time' || pg_temp.columns_of(queue_ratios) ||
        ', round(s.wait_seconds / nullif(s.wait_n, 0), 1) as mean_wait, s.wait_n as mean_wait_n'
        ', round((s.talk_seconds + s.hold_seconds) / nullif(s.by_agent, 0), 1) as aht, s.by_agent as aht_n';

    execute format('create view cdr.kpi_hour as select hour, unit, %2$s from
        (select m.hour, m.unit, %1$s from cdr.measure_hour m group by m.hour, m.unit) s', measures, columns);
    execute format('create view cdr.kpi_provider_hour as select hour, unit, provider, carrier, %2$s from
        (select m.hour, m.unit, m.provider, m.carrier, %1$s from cdr.measure_hour m
        group by m.hour, m.unit, m.provider, m.carrier) s', measures, columns);
    execute format('create view cdr.kpi_day as select day, starts_at, ends_at, unit, %1$s from (select %2$s) s',
        columns, format(days, measures, 'm.unit'));
    execute format('create view cdr.kpi_provider_day as select day, starts_at, ends_at, unit, provider, carrier, %1$s
        from (select %2$s) s', columns, format(days, measures, 'm.unit, m.provider, m.carrier'));
    execute format('create view cdr.kpi_queue_day as select day, starts_at, ends_at, queue, %1$s from (select %2$s) s
        where unit = ''call'' and direction = ''inbound'' and queue is not null',
        queue_columns, format(days, measures, 'm.unit, m.direction, m.queue'));
    drop function pg_temp.columns_of(text[]);
end
$do$;

comment on view cdr.kpi_hour is 'KPIs of an hour (UTC, half-open), for calls and for attempts.';
comment on view cdr.kpi_provider_hour is 'KPIs of an hour and carrier.';
comment on view cdr.kpi_day is 'KPIs of a day in the zone of cdr.setting, for calls and for attempts.';
comment on view cdr.kpi_provider_day is 'KPIs of a day and carrier.';
comment on view cdr.kpi_queue_day is 'Queue KPIs of a day: inbound calls that were offered to a queue.';

-- For each row its category, and for each candidate of an ambiguous one the chance
-- that it was that: n is at least, n_high at most.
create view cdr.category_day as
select
    d.day, d.starts_at, d.ends_at, s.unit, s.provider, s.carrier, s.category, c.label_en as label, c.outcome_group,
    s.n, s.n_high, s.of_n,
    cdr.percent(s.n, s.of_n) as share,
    cdr.percent(s.n_high, s.of_n) as share_high
from cdr.day d
cross join lateral (
    select
        m.unit, m.provider, m.carrier, x.category,
        sum(x.sure) as n,
        sum(m.n) as n_high,
        sum(sum(x.sure)) over (partition by m.unit, m.provider, m.carrier) as of_n
    from cdr.measure_hour m
    cross join lateral (
        select m.category, m.n as sure
        union all
        select a, 0 from unnest(m.alternatives) a
    ) x
    where m.hour >= d.starts_at and m.hour < d.ends_at
    group by m.unit, m.provider, m.carrier, x.category
) s
join cdr.category c on c.category = s.category;

comment on view cdr.category_day is
    'Categories of a day and carrier with their bounds: n and share at least, n_high and share_high with every ambiguous outcome that may be it.';

create view cdr.cause_matrix_day as
select
    d.day, d.starts_at, d.ends_at, s.*,
    cdr.percent(s.n, s.of_n) as share
from cdr.day d
cross join lateral (
    select
        m.unit, m.provider, m.carrier, m.category, m.confidence, m.hangup_cause, m.sip_code, m.disposition,
        sum(m.n) as n,
        sum(sum(m.n)) over (partition by m.unit, m.provider, m.carrier) as of_n
    from cdr.measure_hour m
    where m.hour >= d.starts_at and m.hour < d.ends_at
    group by m.unit, m.provider, m.carrier, m.category, m.confidence, m.hangup_cause, m.sip_code, m.disposition
) s;

comment on view cdr.cause_matrix_day is
    'Which hang-up causes and SIP codes became which category, by day and carrier; share is of the carrier''s day and sums to 100.';

create view cdr.recategorised_day as
select
    d.day, d.starts_at, d.ends_at, s.unit, s.provider, s.carrier, s.naive_category, s.category, s.confidence,
    s.naive_category <> s.category as is_changed,
    s.n
from cdr.day d
cross join lateral (
    select m.unit, m.provider, m.carrier, m.naive_category, m.category, m.confidence, sum(m.n) as n
    from cdr.measure_hour m
    where m.hour >= d.starts_at and m.hour < d.ends_at
    group by m.unit, m.provider, m.carrier, m.naive_category, m.category, m.confidence
) s;

comment on view cdr.recategorised_day is
    'What the recomputation changed, by day and carrier: the naive reading of the hang-up cause, and the outcome that the evidence gives.';

-- Percentiles cannot be added up, so these are read from the legs of the period.
-- The function reads them with its owner's rights and gives nobody's number away.
create function cdr.delays_between(period_from timestamptz, period_to timestamptz)
    returns table (provider text, carrier text, pdd_n bigint, pdd_median numeric, pdd_p95 numeric,
        pgad_n bigint, pgad_median numeric, pgad_p95 numeric)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select
        d.provider,
        d.carrier,
        count(d.pdd),
        round((percentile_cont(0.5) within group (order by d.pdd))::numeric, 1),
        round((percentile_cont(0.95) within group (order by d.pdd))::numeric, 1),
        count(d.pgad),
        round((percentile_cont(0.5) within group (order by d.pgad))::numeric, 1),
        round((percentile_cont(0.95) within group (order by d.pgad))::numeric, 1)
    from (
        select
            u.provider,
            coalesce(p.name, u.provider, u.gateway, '(none)') as carrier,
            case when u.ring_seconds > 0 and u.duration >= coalesce(u.bill_seconds, 0) + u.ring_seconds
                then u.duration - coalesce(u.bill_seconds, 0) - u.ring_seconds end as pdd,
            case when u.answered and u.duration >= u.bill_seconds then u.duration - u.bill_seconds end as pgad
        from cdr.attempts_between(period_from, period_to) u
        left join cdr.provider p on p.provider = u.provider
    ) d
    group by 1, 2
$$;

comment on function cdr.delays_between(timestamptz, timestamptz) is
    'Post dial delay and answer delay by carrier over [from, to): sample, median, 95th percentile. Reads legs: ask for days, not for years.';

comment on view cdr.call is
    'Calls: an A-leg with its B-legs, the orphaned B-legs of one missing A-leg, or a leg that stands alone. Numbers are masked for readers.';
comment on view cdr.attempt is 'Attempts: legs towards a carrier, the unit of ASR, ABR and NER. Numbers are masked for readers.';

-- A comment a column: the KPI's definition, or what the suffix says.
do $$
declare
    c record;
    suffixes constant jsonb := '{"_n": "Sample size (denominator) of ", "_ci_low": "Lower end of the Wilson 95 % interval of ",
        "_ci_high": "Upper end of the Wilson 95 % interval of "}';
    keys constant jsonb := '{
        "hour": "Beginning of the hour (UTC), half-open.", "unit": "call or attempt; never add the two.",
        "day": "Day in the zone of cdr.setting.", "starts_at": "The instant at which it begins.",
        "ends_at": "The instant at which the next one begins.", "domain": "Webitel domain.",
        "provider": "Carrier, see cdr.provider; null when no mapping knows it.",
        "carrier": "Carrier for people: its name, else the trunk.", "gateway": "Trunk.", "direction": "Direction.",
        "queue": "Queue or campaign.", "category": "What it came to, see cdr.category.", "label": "The category''s name in English.",
        "outcome_group": "The category''s group.", "confidence": "certain, probable, or ambiguous.",
        "alternatives": "Candidates of an ambiguous outcome.", "hangup_cause": "Hang-up cause of the leg that decided.",
        "sip_code": "Its SIP code, as exported.", "disposition": "Its disposition, as exported.",
        "naive_category": "What a reader of the hang-up cause alone would say.",
        "is_changed": "The two differ; null when the naive reading is not known.",
        "n": "Calls or attempts.", "n_high": "With every ambiguous outcome that may be it.", "of_n": "All of that carrier and day.",
        "share": "Percent of of_n, at least.", "share_high": "Percent of of_n, at most.",
        "bids": "Those that were tried at all: all but moved legs and lost races.", "seizures": "Those that left towards the carrier.",
        "answered": "Answered, by evidence.", "unanswered": "Seizures that were not answered.", "bill_seconds": "Billed seconds of answered ones.",
        "is_enough": "There are at least cdr.setting enough_calls seizures.",
        "delivered_low": "The network certainly did its part.", "delivered_high": "The network may have done its part.",
        "delivered_q850": "Numerator of ner_q850.", "cancelled": "Unanswered because the caller gave up.",
        "cancelled_high": "The same, with ambiguous outcomes that may be it.",
        "undetermined": "Unanswered, and the evidence leaves several outcomes.",
        "recategorised": "Unanswered, and the outcome is not what the hang-up cause alone says.",
        "naive_seizures": "Seizures to a naive reader.", "naive_answered": "Answered to a naive reader.",
        "naive_delivered": "Delivered to a naive reader.",
        "coded": "Answered, or with a known final SIP code.", "coded_3xx": "Unanswered with 3xx.", "coded_4xx": "Unanswered with 4xx.",
        "coded_fault": "Unanswered with 408, 5xx or 6xx.", "coded_seer": "Unanswered with 480, 486, 600 or 603.",
        "coded_isa": "Unanswered with 408, 500, 503 or 504.", "coded_reached": "Unanswered with 3xx, 4xx, 600, 603, 604, 607 or 608.",
        "offered": "Inbound calls to the queue.", "by_agent": "Answered by a person.", "left_soon": "Short abandons.",
        "legs": "Legs it is made of.", "is_orphan": "Its A-leg is missing.", "deciding_leg_key": "The leg whose outcome it has.",
        "answered_by": "leg: a person or a phone. flow: the flow alone. Null: nobody.",
        "served_in_time": "Answered by a person within the service level''s T."}';
    said text;
begin
    for c in
        select r.relname, a.attname, a.attnum
        from pg_class r join pg_attribute a on a.attrelid = r.oid
        where r.relnamespace = 'cdr'::regnamespace and r.relkind = 'v' and a.attnum > 0
            and col_description(r.oid, a.attnum) is null
    loop
        said := keys ->> c.attname;
        if said is null then
            select name || ': ' || formula || '. ' || variant into said from cdr.kpi_definition where kpi = c.attname;
        end if;
        if said is null then
            select s.value || regexp_replace(c.attname, s.key || '$', '') || '.' into said
            from jsonb_each_text(suffixes) s
            where c.attname like '%' || replace(s.key, '_', '\_')
                and (exists (select from cdr.kpi_definition where kpi in (regexp_replace(c.attname, s.key || '$', ''),
                    regexp_replace(c.attname, s.key || '$', '_low'))));
        end if;
        if said is null then -- a measure of cdr.stat_hour or a column of cdr.leg, passed on
            select col_description(attrelid, attnum) into said
            from pg_attribute
            where attrelid in ('cdr.stat_hour'::regclass, 'cdr.leg'::regclass) and attname = c.attname
            order by (attrelid = 'cdr.leg'::regclass) = (c.relname in ('call', 'attempt')) desc
            limit 1;
        end if;
        execute format('comment on column cdr.%I.%I is %L', c.relname, c.attname, said);
    end loop;
end
$$;

revoke all on function cdr.delays_between(timestamptz, timestamptz) from public;
grant execute on function cdr.delays_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
grant select on cdr.measure_hour, cdr.day, cdr.kpi_hour, cdr.kpi_provider_hour, cdr.kpi_day, cdr.kpi_provider_day,
    cdr.kpi_queue_day, cdr.category_day, cdr.cause_matrix_day, cdr.recategorised_day
    to cdretl_loader, cdretl_dashboard;

-- Calls of every kind for tests/dashboards/kpi.sh: each category with each way of
-- being answered, on four carriers, on the edges of hours and days, and over both
-- changes of the clock in Kyiv (2025-03-30 and 2025-10-26, 01:00 UTC).
\set ON_ERROR_STOP on
select count(cdr.add_month(m::date)) as months from generate_series(date '2025-03-01', date '2025-11-01', interval '1 month') m \gset

insert into cdr.provider (provider, name) values ('vega', 'Vega'), ('idle', 'Idle') on conflict do nothing;
insert into cdr.run (kind, program, finished_at, exit_code) values ('load', 'test', now(), 0);
insert into cdr.file (run_id, name, verdict, has_gateway, records, inserted, headers, sha256)
values (1, 'calls.csv', 'loaded', true, 1, 1, 1, '\x01'), (1, 'captions.csv', 'loaded', false, 0, 0, 1, '\x02');

create temp table moment (at timestamptz);
insert into moment
select day + h * interval '1 hour' + edge
from unnest(array['2025-03-29', '2025-03-30', '2025-03-31', '2025-10-25', '2025-10-26', '2025-10-27']::timestamptz[]) day
cross join unnest(array[0, 1, 2, 10, 21, 22, 23]) h
cross join unnest(array['0', '59 minutes 59.999 seconds']::interval[]) edge;

-- KIND decides what a leg shows; the arrays are as long as the categories are many.
create temp table kind as
select row_number() over () as kind, k.*
from (
    select category, 'certain' as confidence, null::text[] as alternatives, false as answered from cdr.category
    where category <> 'UNDETERMINED'
    union all select 'ANSWERED', 'certain', null, true
    union all select 'ANSWERED', 'certain', null, true
    union all select 'NETWORK_FAILURE', 'probable', '{CONGESTION}', true
    union all select 'ANSWERED_MACHINE', 'certain', null, true
    union all select 'UNDETERMINED', 'ambiguous', '{ANSWERED,ANSWERED_MACHINE}', true
    union all select 'UNDETERMINED', 'ambiguous', '{BUSY,NO_ANSWER}', false
    union all select 'UNDETERMINED', 'ambiguous', '{BUSY,INVALID_NUMBER}', false
    union all select 'UNDETERMINED', 'ambiguous', '{CALLER_CANCEL,NETWORK_FAILURE}', false
    union all select 'UNDETERMINED', 'ambiguous', '{CONGESTION,NETWORK_FAILURE}', false
    union all select 'REJECTED', 'probable', '{BUSY}', false
) k;

-- N spreads codes, causes and seconds over them.  The last carrier never let
-- anything out: no seizure at all.
insert into cdr.leg (leg_key, call_key, side, started_at, direction, is_outbound, caller, destination, gateway, provider,
    duration, bill_seconds, ring_seconds, early_media_seconds, talk_seconds, hangup_cause, disposition, sip_code, answered,
    category, confidence, alternatives, naive_category, run_id, file_id, evidence_hash)
select md5('leg' || n)::uuid, md5('leg' || n)::uuid, 'a', at, 'outbound', true, '380441234567', '3805012345' || n % 90 + 10,
    trunk, who,
    case when answered then 20 + n % 60 else n % 40 end,
    case when answered then n % 23 else 0 end,
    case n % 4 when 0 then null when 1 then 0 else n % 9 end,
    case n % 5 when 0 then 3 end,
    case when answered then n % 20 end,
    (array['NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE', 'NO_ANSWER', 'CALL_REJECTED', 'NORMAL_UNSPECIFIED', null,
        'RECOVERY_ON_TIMER_EXPIRE'])[n % 8 + 1],
    (array['recv_refuse', 'send_cancel', null])[n % 3 + 1],
    (array[200, 480, 486, 487, 302, 408, 404, 503, 500, 600, 603, 604, 183, null, null])[n % 15 + 1],
    answered, category, confidence, alternatives,
    (array['ANSWERED', 'BUSY', 'NO_ANSWER', 'LOCAL_UNAVAILABLE', null])[n % 5 + 1],
    1, 1, n
from (
    select row_number() over (order by at, trunk, kind) as n, *
    from (
        select m.at, g.who, g.trunk, k.*
        from moment m
        cross join kind k
        cross join (values ('vega', 'vega-1'), ('vega', 'vega-2'), (null, 'other'), (null, null)) g(who, trunk)
        union all
        select '2025-10-27 10:00+00', 'idle', 'idle-1', k.* from kind k where k.category = 'LOCAL_UNAVAILABLE'
    ) every
) numbered;

-- Inbound calls to queues: by the flow only, by a person soon and late, given up.
insert into cdr.leg (leg_key, call_key, side, started_at, bridged_at, direction, is_outbound, caller, destination, queue, duration, bill_seconds,
    talk_seconds, wait_seconds, hold_seconds, answered, category, confidence, hangup_cause, naive_category, run_id, file_id, evidence_hash)
select md5('in' || i)::uuid, md5('in' || i)::uuid, 'a', '2025-10-26 08:00+00'::timestamptz + i * interval '7 minutes',
    case when i % 3 = 0 then '2025-10-26 08:01+00'::timestamptz + i * interval '7 minutes' end,
    'inbound', false, '38067765432' || i % 10, '0800', case when i % 2 = 0 then 'sales' else 'support' end,
    60, case when i % 4 <> 3 then 50 else 0 end, case when i % 3 = 0 then 40 end,
    case when i % 7 = 0 then null else i % 30 end, i % 5,
    i % 4 <> 3, case when i % 4 <> 3 then 'ANSWERED' else 'CALLER_CANCEL' end, 'certain', 'NORMAL_CLEARING', 'ANSWERED', 1, 1, i
from generate_series(1, 60) i;

-- The same without a queue: taken by a person, by the flow, given up, and failed otherwise.
insert into cdr.leg (leg_key, call_key, side, started_at, bridged_at, direction, is_outbound, caller, destination, duration, bill_seconds,
    talk_seconds, answered, category, confidence, hangup_cause, naive_category, run_id, file_id, evidence_hash)
select md5('plain' || i)::uuid, md5('plain' || i)::uuid, 'a', '2025-10-26 00:30+00'::timestamptz + i * interval '11 minutes',
    case when i % 4 = 0 then '2025-10-26 00:31+00'::timestamptz + i * interval '11 minutes' end,
    'inbound', false, '38067765431' || i % 10, '0800', 60, case when i % 4 < 2 then 50 else 0 end,
    case i % 4 when 0 then 40 when 1 then 0 end,
    i % 4 < 2, (array['ANSWERED', 'ANSWERED', 'CALLER_CANCEL', 'BUSY'])[i % 4 + 1], 'certain', 'NORMAL_CLEARING', 'ANSWERED', 1, 1, i
from generate_series(1, 80) i;

-- Click-to-call: the employee's A-leg and a failed B-leg are one call and one attempt.
insert into cdr.leg (leg_key, call_key, side, started_at, ended_at, direction, is_outbound, caller, destination, gateway, provider, duration, bill_seconds,
    answered, category, confidence, hangup_cause, sip_code, naive_category, linked_by, run_id, file_id, evidence_hash)
select md5('pair' || i || l)::uuid, md5('pair' || i || 'a')::uuid, l, '2025-10-25 12:00+00', '2025-10-25 12:00:30+00', 'outbound', true, '1001',
    '380501112233', case when l = 'b' then 'vega-1' end, case when l = 'b' then 'vega' end, 30, case when l = 'a' then 25 else 0 end, l = 'a',
    case when l = 'a' then 'ANSWERED' else 'BUSY' end, 'certain', case when l = 'a' then 'NORMAL_CLEARING' else 'USER_BUSY' end,
    case when l = 'b' then 486 end, case when l = 'a' then 'ANSWERED' else 'BUSY' end, case when l = 'b' then 'id' end, 1, 1, i
from generate_series(1, 10) i cross join unnest(array['a', 'b']) l;

insert into cdr.stat_hour select * from cdr.hours_between('2025-01-01', '2026-01-01');
analyze cdr.stat_hour;

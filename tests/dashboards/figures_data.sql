-- Calls whose truth is known, for tests/dashboards/figures.sql: who called whom, who answered,
-- what was missed.  From it the legs are made, as exports have them: queues, employees,
-- transfers, forks, machines, repeats, numbers in several spellings, pseudonyms and withheld
-- ones, over both changes of the clock in Kyiv.
\set ON_ERROR_STOP on
select count(cdr.add_month(m::date)) from unnest(array['2025-03-01', '2025-04-01', '2025-10-01', '2025-11-01']) m \gset
select setseed(0.25) \gset
insert into cdr.provider (provider, name) values ('vega', 'Vega'), ('other', 'Other') on conflict do nothing;
insert into cdr.run (kind, program, finished_at, exit_code) values ('load', 'test', now(), 0);
insert into cdr.file (run_id, name, verdict, has_gateway, records, inserted, headers, sha256) values (1, 'f', 'loaded', true, 1, 1, 1, '\x01');

-- A person: how his number is known, and two spellings of it.
create table person as
select i,
    case when i % 7 in (0, 1) then null else '+380' || (array['67', '50', '63', '44', '99'])[i % 5 + 1] || lpad((i * 7919 % 10000000)::text, 7, '0') end as e164,
    case i % 7
        when 0 then lpad((i * 104729)::text, 24, '7')   -- a pseudonym
        when 1 then case when i % 2 = 0 then 'anonymous' else '0000000' end
        else '380' || (array['67', '50', '63', '44', '99'])[i % 5 + 1] || lpad((i * 7919 % 10000000)::text, 7, '0')
    end as said
from generate_series(1, 140) i;

-- When: any second, many in the hours that the clock repeats or leaves out.
create table truth as
select i, md5('call' || i)::uuid as call_key,
    case when i % 4 = 0 then case when i % 8 = 0 then timestamptz '2025-10-25 23:30Z' else '2025-03-30 00:30Z' end + random() * interval '2 hours'
        else case when i % 2 = 0 then timestamptz '2025-03-28 00:00Z' else '2025-10-24 00:00Z' end + random() * interval '5 days' end as at,
    (array['queue', 'transfer', 'fork', 'left', 'flow', 'cancel', 'busy', 'queue', 'person', 'machine', 'either', 'silent', 'off', 'network',
        'two', 'person'])[1 + floor(random() * 16)::integer] as kind,
    1 + floor(random() * 140)::integer as who,
    (array['Olha', 'Тарас', 'Max <b>', '1007'])[1 + i % 4] as first_agent, (array['Тарас', 'Max <b>', '1007', 'Olha'])[1 + i % 4] as second_agent,
    (array['sales', 'support'])[1 + floor(random() * 2)::integer] as queue,
    5 + floor(random() * 200)::integer as seconds, floor(random() * 40)::integer as wait, floor(random() * 9)::integer as hold
from generate_series(1, 3000) i;
update truth set at = date_trunc('second', at);

alter table truth add column is_in boolean, add column number text, add column is_missed boolean, add column is_contact boolean;
update truth t set
    is_in = kind in ('queue', 'transfer', 'fork', 'left', 'flow', 'cancel', 'busy'),
    number = case when p.e164 is not null then p.e164 when p.said ~ '^[0-9]+$' and p.said <> '0000000' then p.said end,
    is_missed = kind in ('left', 'cancel', 'busy'),
    is_contact = kind in ('queue', 'transfer', 'fork', 'person', 'two', 'either') -- an attempt of `either` may be a machine's, its call is answered
from person p where p.i = t.who;

create table part as
-- Inbound: the caller's leg.
select t.i, 'a' as side, 0 as n, 'inbound' as direction, t.at as starts_at, t.wait + t.seconds as lasts,
    case when kind in ('queue', 'transfer', 'fork') then t.at + t.wait * interval '1 second' end as bridged_at,
    kind not in ('cancel', 'busy') as answered,
    case kind when 'cancel' then 'CALLER_CANCEL' when 'busy' then 'BUSY' else 'ANSWERED' end as category, 'certain' as confidence, null::text[] as alternatives,
    case when kind in ('queue', 'transfer', 'fork') then t.seconds - least(t.hold, 4) when kind in ('left', 'flow') then 0 end as talk,
    case when kind in ('queue', 'transfer', 'fork') then least(t.hold, 4) end as hold,
    null::text as agent, 'trunk-in' as gateway, null::text as provider, false as is_outbound
from truth t where t.is_in
union all
-- The first employee's.
select t.i, 'b', 1, null, t.at + t.wait * interval '1 second' - interval '1 second', 1 + case kind when 'left' then 3 when 'transfer' then t.seconds / 2 else t.seconds end,
    case when kind <> 'left' then t.at + t.wait * interval '1 second' end, kind <> 'left', case kind when 'left' then 'NO_ANSWER' else 'ANSWERED' end, 'certain', null,
    case kind when 'left' then null when 'transfer' then t.seconds / 2 else t.seconds end,
    case when kind <> 'left' then t.hold end, t.first_agent, null, null, false
from truth t where kind in ('queue', 'transfer', 'fork', 'left')
union all
-- The second: he goes on with the call, or lost the race for it.
select t.i, 'b', 2, null, t.at + t.wait * interval '1 second' + case kind when 'transfer' then t.seconds / 2 else -1 end * interval '1 second',
    case kind when 'transfer' then t.seconds - t.seconds / 2 else 1 end,
    case kind when 'transfer' then t.at + (t.wait + t.seconds / 2) * interval '1 second' end, kind = 'transfer',
    case kind when 'transfer' then 'ANSWERED' else 'ANSWERED_ELSEWHERE' end, 'certain', null,
    case kind when 'transfer' then t.seconds - t.seconds / 2 end, null, t.second_agent, null, null, false
from truth t where kind in ('transfer', 'fork')
union all
-- Outbound: the employee's phone, and one attempt or two.
select t.i, 'a', 0, 'outbound', t.at, t.seconds + 5, null, true, 'ANSWERED', 'certain', null, null, null, t.first_agent, null, null, true
from truth t where not t.is_in
union all
select t.i, 'b', 1, null, t.at + interval '2 seconds', case kind when 'two' then 3 else t.seconds end, null, kind in ('person', 'machine', 'either'),
    case kind when 'person' then 'ANSWERED' when 'machine' then 'ANSWERED_MACHINE' when 'either' then 'UNDETERMINED' when 'silent' then 'NO_ANSWER'
        when 'off' then 'UNREACHABLE' else 'CONGESTION' end,
    case kind when 'either' then 'ambiguous' else 'certain' end, case kind when 'either' then '{ANSWERED,ANSWERED_MACHINE}'::text[] end,
    case when kind = 'person' then t.seconds - 1 end, null, null, 'trunk-vega', 'vega', false
from truth t where not t.is_in
union all
select t.i, 'b', 2, null, t.at + interval '5 seconds', t.seconds, null, true, 'ANSWERED', 'certain', null, t.seconds - 1, null, null, 'trunk-other', 'other', false
from truth t where kind = 'two';

insert into cdr.leg (leg_key, call_key, side, started_at, ended_at, bridged_at, direction, is_outbound, caller, caller_e164, destination,
    destination_e164, agent, extension, queue, gateway, provider, duration, bill_seconds, talk_seconds, hold_seconds, wait_seconds, answered, category, confidence,
    alternatives, outcome_group, naive_category, linked_by, run_id, file_id, evidence_hash)
select md5(p.i || '.' || p.n)::uuid, t.call_key, p.side, p.starts_at, p.starts_at + p.lasts * interval '1 second', p.bridged_at, p.direction, p.is_outbound,
    case when t.is_in then case when t.i % 3 = 0 and w.e164 is not null then '0' || substr(w.said, 4) else w.said end else '1001' end,
    case when t.is_in then w.e164 end,
    case when t.is_in then '0442001000' else w.said end, case when t.is_in then '+380442001000' else w.e164 end,
    -- Every fifth call tells employees by their extensions alone.
    case when p.i % 5 > 0 then p.agent end, case p.agent when 'Olha' then '2001' when 'Тарас' then '2002' when 'Max <b>' then '2003' when '1007' then '1007' end,
    case when p.side = 'a' and t.kind in ('queue', 'transfer', 'fork', 'left') then t.queue end, p.gateway, p.provider,
    p.lasts, case when p.answered then p.lasts else 0 end, p.talk, p.hold,
    case when p.side = 'a' and t.kind in ('queue', 'transfer', 'fork', 'left') then t.wait end,
    p.answered, p.category, p.confidence, p.alternatives,
    case p.category when 'UNREACHABLE' then 'subscriber' when 'NO_ANSWER' then 'subscriber' when 'CONGESTION' then 'network' else 'answered' end,
    'ANSWERED', case p.side when 'b' then 'id' end, 1, 1, p.i
from part p join truth t using (i) join person w on w.i = t.who;

insert into cdr.stat_hour select * from cdr.hours_between('2025-01-01', '2026-01-01');
analyze;

-- Onto the calls of figures_data.sql, for tests/dashboards/panels.sql: domains, causes and
-- codes, seconds of every kind, attempts of every way of counting, outbound legs that stand
-- alone, an hour in which a carrier fails, and a ledger with a bit of everything.
\set ON_ERROR_STOP on
alter table part add column domain text, add column queue text, add column cause text, add column code smallint, add column disposition text,
    add column naive text, add column ring integer, add column early integer, add column pdd integer, add column bill integer;

-- Outbound legs whose B-legs their export does not have: a call each, and an attempt.
insert into truth (i, call_key, at, kind, who, queue, seconds, wait, hold, is_in, number, is_missed, is_contact)
select s.i, md5('call' || s.i)::uuid, case when s.i > 3200 then timestamptz '2025-10-25 10:00Z' + s.i % 60 * interval '1 minute'
        else case when s.i % 2 = 0 then timestamptz '2025-03-28 00:00Z' else '2025-10-24 00:00Z' end + s.i * 7919 % 432000 * interval '1 second' end,
    case when s.i > 3200 then 'alone_failed' when s.i % 3 = 0 then 'alone_person' when s.i % 3 = 1 then 'alone_machine' else 'alone_off' end,
    w.i, null, 5 + s.i % 200, 0, 0, false, case when w.e164 is not null then w.e164 when w.said ~ '^[0-9]+$' and w.said <> '0000000' then w.said end,
    false, s.i <= 3200 and s.i % 3 = 0
from generate_series(3001, 3260) s(i) join person w on w.i = 1 + s.i * 31 % 140;
insert into part (i, side, n, direction, starts_at, lasts, answered, category, confidence, talk, gateway, provider, is_outbound)
select i, 'a', 0, 'outbound', at, seconds, kind in ('alone_person', 'alone_machine'),
    case kind when 'alone_person' then 'ANSWERED' when 'alone_machine' then 'ANSWERED_MACHINE' when 'alone_off' then 'UNREACHABLE' else 'CONGESTION' end,
    'certain', case when kind = 'alone_person' then seconds - 2 end, case when i % 2 = 0 or i > 3200 then 'trunk-vega' else 'trunk-raw' end,
    case when i % 2 = 0 or i > 3200 then 'vega' end, true
from truth where i > 3000;

update part set
    domain = (array['north', 'south', null])[i % 3 + 1],
    queue = case when side = 'b' and gateway is not null and i % 4 = 1 then 'sales' end,
    direction = case when side = 'b' and gateway is not null and i % 2 = 0 then 'outbound' else direction end,
    cause = (array['NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE', 'NO_ANSWER', 'CALL_REJECTED', 'NORMAL_UNSPECIFIED', null])[(i + n) % 7 + 1],
    code = (array[200, 480, 486, 487, 302, 408, 404, 503, 500, 600, 603, 604, 183, null])[(i * 3 + n) % 14 + 1],
    disposition = (array['recv_refuse', 'send_cancel', null])[(i + n) % 3 + 1],
    naive = (array['ANSWERED', 'BUSY', 'NO_ANSWER', 'LOCAL_UNAVAILABLE', null, 'ANSWERED_MACHINE'])[(i * 5 + n) % 6 + 1],
    ring = case i % 4 when 0 then null when 1 then 0 else i % 9 end,
    early = case i % 5 when 0 then 3 end,
    pdd = case i % 6 when 0 then i % 7 end,
    bill = case when not answered then 0 when side = 'b' and i % 6 = 0 then least(i % 9, lasts) when is_outbound and side = 'a' and n = 0 then lasts - i % 3
        else lasts end;
-- What was not answered, in every way of counting it.
update part p set category = o.category, confidence = o.confidence, alternatives = o.alternatives
from truth t, (values (1, 'CALLER_CANCEL', 'certain', null::text[]), (2, 'SYSTEM_TERMINATED', 'certain', null), (3, 'LOCAL_UNAVAILABLE', 'certain', null),
    (4, 'UNDETERMINED', 'ambiguous', '{BUSY,NO_ANSWER}'), (5, 'UNDETERMINED', 'ambiguous', '{BUSY,INVALID_NUMBER}'),
    (6, 'UNDETERMINED', 'ambiguous', '{CALLER_CANCEL,NETWORK_FAILURE}'), (7, 'UNDETERMINED', 'ambiguous', '{CONGESTION,NETWORK_FAILURE}'),
    (8, 'REJECTED', 'probable', '{BUSY}'), (9, 'NETWORK_FAILURE', 'certain', null)) o(k, category, confidence, alternatives)
where t.i = p.i and t.kind in ('silent', 'off', 'network') and p.n = 1 and o.k = p.i % 11;
-- Employees who did something else besides talking.
update part p set talk = null from truth t where t.i = p.i and t.kind = 'queue' and p.i % 4 = 0 and p.n = 0;
update part p set talk = greatest(p.talk - p.hold - 3, 0) from truth t where t.i = p.i and t.kind = 'queue' and p.i % 4 = 0 and p.n = 1;

insert into cdr.leg (leg_key, call_key, side, started_at, ended_at, direction, is_outbound, caller, destination, destination_e164, gateway, provider, duration, answered,
    category, confidence, run_id, file_id, evidence_hash)
select md5(p.i || '.' || p.n)::uuid, t.call_key, p.side, p.starts_at, p.starts_at + p.lasts * interval '1 second', p.direction, p.is_outbound, '1001', w.said, w.e164,
    p.gateway, p.provider, p.lasts, p.answered, p.category, p.confidence, 1, 1, p.i
from part p join truth t using (i) join person w on w.i = t.who where p.i > 3000;
update cdr.leg l set domain = p.domain, queue = coalesce(l.queue, p.queue), direction = p.direction, hangup_cause = p.cause, sip_code = p.code, disposition = p.disposition,
    naive_category = p.naive, ring_seconds = p.ring, early_media_seconds = p.early, pdd_seconds = p.pdd, bill_seconds = p.bill, talk_seconds = p.talk,
    category = p.category, confidence = p.confidence, alternatives = p.alternatives, rule_id = p.rule_id, ruleset_id = 1, outcome_group = p.outcome_group
from (select part.*, c.outcome_group, md5(i || '.' || n)::uuid as leg_key, 'general.' || n as rule_id from part left join cdr.category c using (category)) p
where l.leg_key = p.leg_key;

-- A ledger: good and bad runs and files, quarantined records, a rule set with its reasons.
insert into cdr.ruleset (ruleset_id, identity) values (1, repeat('ab12', 16));
insert into cdr.rule (ruleset_id, rule_id, why) select 1, 'general.' || n, 'because of ' || n from generate_series(0, 2) n;
update cdr.run set ruleset_id = 1, started_at = now() - interval '3 hours', finished_at = now() - interval '2 hours';
update cdr.file set records = 3260, inserted = 6000, first_at = '2025-03-28 00:00Z', last_at = '2025-10-28 23:59Z', loaded_at = now() - interval '2 hours';
insert into cdr.run (kind, program, ruleset_id, started_at, finished_at, exit_code) values ('load', 'test', 1, now() - interval '90 minutes', now() - interval '80 minutes', 3);
insert into cdr.file (run_id, name, verdict, reason, records, inserted, updated, unchanged, duplicate, rejected, rejected_by_code, headers, sha256, warnings, loaded_at)
values (2, 'bad.csv', 'refused', 'no captions', 0, 0, 0, 0, 0, 0, '{}', 0, '\x02', '{}', now() - interval '85 minutes'),
    (1, 'half.csv', 'loaded', null, 20, 9, 1, 2, 3, 5, '{"bad_time": 3, "no_start": 2}', 1, '\x03', '{one,two}', now() - interval '2 hours'),
    (1, 'rest.csv', 'loaded', null, 9, 5, 0, 0, 0, 4, '{"bad_time": 4}', 1, '\x04', '{}', now() - interval '2 hours'),
    (1, 'captions.csv', 'loaded', null, 0, 0, 0, 0, 0, 0, '{}', 1, '\x05', '{}', now() - interval '2 hours');
insert into cdr.reject (file_id, code, byte_offset, raw_is_cut, closed_at) values (3, 'bad_time', 0, false, null), (3, 'no_start', 9, false, null), (4, 'bad_time', 0, false, now());

truncate cdr.stat_hour;
insert into cdr.stat_hour select * from cdr.hours_between('2025-01-01', '2026-01-01');
analyze;

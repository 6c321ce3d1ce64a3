-- Every panel's figures by SQL of the test's own, over panels_facts.sql: a statement a
-- target, named by its board, its panel's id and its letter.

-- name: call 1 A
select l.side, l.started_at, pg_temp.masked(l.caller), pg_temp.masked(l.destination),
    coalesce(case l.provider when 'vega' then 'Vega' when 'other' then 'Other' end, l.gateway), l.agent, p.category, p.confidence, array_to_string(p.alternatives, ' or '), p.naive,
    'general.' || p.n, p.cause, p.code, p.disposition, l.release, l.q850, l.ended_by, p.lasts, p.bill, p.ring, p.early, l.announcement
from part p join truth t using (i) join cdr.leg l on l.leg_key = md5(p.i || '.' || p.n)::uuid where t.call_key::text = '$call'
-- name: call 3 A
select p.side, 'general.' || p.n, 'because of ' || p.n, p.category, p.confidence, 'ab12ab12ab12' from part p join truth t using (i) where t.call_key::text = '$call'
-- name: call 2 A
select f.call_key, f.at, f.direction, pg_temp.masked(x.caller), pg_temp.masked(x.destination), f.queue, f.agent, nullif(f.carrier, '(none)'), f.legs, f.category, f.confidence,
    array_to_string(f.alternatives, ' or '), f.naive, f.rule, f.cause, f.code, f.lasts, f.bill
from fact f
cross join asked a
join caller_leg x on x.i = f.i
where f.unit = 'call' and f.at >= greatest(a.since, a.before - interval '1 day') and f.at < a.before and f.category in ($category) and coalesce(f.carrier, '(none)') in ($carrier)
    and coalesce(f.gateway, '(none)') in ($gateway) and f.direction in ($direction) and coalesce(f.queue, '(none)') in ($queue) and coalesce(f.domain, '(none)') in ($domain)

-- name: carriers 1 A
select key, seizures, answered, person_low, machine_low, asr, asr_low, asr_high, ner_low, ner_high, seer, isa, acd, pgad, sdr, abandon, ambiguity from pg_temp.kpi('attempt', 'all', 'carrier')
-- name: carriers 2 A
select (select label_en from cdr.category c where c.category = f.category), carrier, pg_temp.ratio(count(*), (select count(*) from f o where o.unit = 'attempt' and o.chosen and o.carrier = f.carrier))
from f where unit = 'attempt' and chosen group by category, carrier
-- name: carriers 3 A
select at, key, asr from pg_temp.kpi('attempt', 'day', 'carrier')
-- name: carriers 4 A
select hour, carrier, nullif(count(*) filter (where pg_temp.grp(category) = 'network'), 0) from f where unit = 'attempt' and chosen group by 1, 2
-- name: carriers 5 A
select at, asr from pg_temp.kpi('attempt', 'day')
-- name: carriers 5 B
select date_trunc('day', at + interval '7 days 2 hours', pg_temp.zone()), pg_temp.ratio(count(*) filter (where answered), count(*) filter (where seizure))
from (select date_trunc('day', hour, pg_temp.zone()) as at, answered, seizure from fact, asked a where unit = 'attempt' and hour >= a.since - interval '7 days' and hour < a.before - interval '7 days'
    and carrier in ($carrier) and coalesce(gateway, '(none)') in ($gateway) and coalesce(direction, '(none)') in ($direction)
    and coalesce(queue, '(none)') in ($queue) and coalesce(domain, '(none)') in ($domain)) w
group by w.at
-- name: carriers 6 A
select carrier, cause, code, disposition, category, confidence, array_to_string(case when confidence = 'ambiguous' then alternatives end, ', '), count(*),
    pg_temp.ratio(count(*), (select count(*) from f o where o.unit = 'attempt' and o.chosen and o.carrier = f.carrier))
from f where unit = 'attempt' and chosen group by carrier, cause, code, disposition, category, confidence, case when confidence = 'ambiguous' then alternatives end

-- name: contact 1 A
select inbound, by_person, by_flow, abandoned, other from pg_temp.inbound()
-- name: contact 2 A
select abandon, abandon_ci_low, abandon_ci_high from pg_temp.inbound()
-- name: contact 3 A
select service_level from pg_temp.inbound()
-- name: contact 4 A
select wait, handling from pg_temp.inbound()
-- name: contact 5 A
select max(hour) + interval '1 hour' from fact
-- name: contact 6 A
select at, by_person, by_flow, abandoned, other from pg_temp.inbound('day')
-- name: contact 7 A
select coalesce(key, '(none)'), inbound, by_person, abandon, service_level, wait, handling from pg_temp.inbound('all', 'queue')
-- name: contact 8 A
select count(*), pg_temp.ratio(count(contact_at), count(number)), count(number) - count(contact_at),
    round((percentile_cont(0.5) within group (order by extract(epoch from contact_at - at)))::numeric) from missed_call having count(*) > 0
-- name: contact 9 A
select callers, repeat_callers, pg_temp.ratio(repeat_calls, with_number) from pg_temp.calling('all')
-- name: contact 10 A
select m.call_key, m.at, (select l.caller from caller_leg l where l.i = m.i), coalesce(m.queue, '(none)'), m.wait, m.tries
from missed_call m where m.number is not null and m.contact_at is null and coalesce(m.queue, '(none)') in ($queue)
-- name: contact 11 A
select agent, offered, answered, missed, elsewhere, placed, placed_answered, talk, hold, aht, first_at, last_at from pg_temp.did()
-- name: contact 12 A
select k::text, pg_temp.ratio(reached, numbers), pg_temp.wilson(reached, numbers, -1), pg_temp.wilson(reached, numbers, 1) from pg_temp.contacts()
-- name: contact 13 A
select date_trunc('day', at, pg_temp.zone()), count(contact_at), count(number) - count(contact_at), count(*) - count(number) from missed_call group by 1

-- name: health 1 A
select timestamptz '2025-10-28 23:59Z'
-- name: health 2 A
select finished_at from cdr.run where run_id = 1
-- name: health 3 A
select 2, 1
-- name: health 4 A
select (select max(version)::text from cdr.schema_version), 'ab12ab12'
-- name: health 12 A
select 'old_data', 'the newest leg is ' || round(extract(epoch from now() - timestamptz '2025-10-28 23:59Z') / 3600) || ' hours old, of 2025-10-29 01:59; more than '
    || round(36 + (select extract(epoch from max(pause)) / 3600 from (select hour - lag(hour) over (order by hour) - interval '1 hour' as pause from (select distinct hour from fact where hour > '2025-09-25') h) p))
    || ' are not usual', 'runs bring nothing new: ask whoever exports; if that is known: --max-data-age HOURS'
union all
select 'last_run_failed', 'the last run ended with exit code 3, ' || to_char((select finished_at from cdr.run where run_id = 2) at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI'),
    'an export was refused: see failed/ of the spool, and the files below'
union all
select 'file_refused', 'bad.csv was refused on ' || to_char((select loaded_at from cdr.file where name = 'bad.csv') at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI') || ': no captions',
    'mend it, or have it exported again, and load it; it is said until it is loaded, for 30 days'
-- name: health 5 A
select starts_at, 'incident', carrier, failed || ' of ' || seizures || ' attempts failed in the network, ' || pg_temp.ratio(failed, seizures) || ' %, for '
    || hours || ' h; otherwise ' || usual || ' %' from pg_temp.incidents()
union all
select f.loaded_at, 'empty_file', null, name || ' has a caption line and no records' from cdr.file f, asked a where name = 'captions.csv' and f.loaded_at >= a.since and f.loaded_at < a.before
-- name: health 6 A
select min(hour), carrier, cause, code, disposition, count(*), max(hour) from fact where unit = 'attempt' group by carrier, provider, cause, code, disposition
-- name: health 7 A
select h, (select count(*) from fact where hour = h and unit = 'call')
from asked a, generate_series(greatest(date_trunc('hour', a.since, 'UTC'), (select min(hour) from fact)), (select max(hour) from fact), interval '1 hour') h where h < a.before
-- name: health 8 A
select at, key, ambiguity from pg_temp.kpi('attempt', 'day', 'carrier', true)
-- name: health 9 A
select code, records, files, (select max(loaded_at) from cdr.file where name like '%.csv' and rejected > 0)
from (values ('bad_time', 7, 2), ('no_start', 2, 1)) v(code, records, files), asked a where a.before > now() - interval '1 hour'
-- name: health 10 A
select run_id, kind, started_at, case run_id when 1 then 3600 else 600 end, exit_code, program from cdr.run, asked a where a.before > now() - interval '1 hour'
-- name: health 11 A
select loaded_at, verdict, name, records, inserted, updated, unchanged, duplicate, rejected, case name when 'bad.csv' then 'no captions' when 'half.csv' then 'one; two' else '' end
from cdr.file, asked a where a.before > now() - interval '1 hour'

-- name: overview 1 A
select n, seizures from pg_temp.kpi('$unit')
-- name: overview 14 A
select person_low, person_high from pg_temp.kpi('$unit')
-- name: overview 15 A
select machine_low from pg_temp.kpi('$unit')
-- name: overview 2 A
select asr, asr_low, asr_high from pg_temp.kpi('$unit')
-- name: overview 6 A
select ambiguity from pg_temp.kpi('$unit')
-- name: overview 3 A
select ner_low, ner_high from pg_temp.kpi('$unit')
-- name: overview 4 A
select acd, minutes from pg_temp.kpi('$unit')
-- name: overview 5 A
select sdr from pg_temp.kpi('$unit')
-- name: overview 16 A
select max(hour) + interval '1 hour' from fact
-- name: overview 17 A
select 3
-- name: overview 18 A
select measure, unit, value, ci_low, ci_high, before, against_before, habit, against_habit from pg_temp.compared()
-- name: overview 7 A
select hour, coalesce(pg_temp.grp(category), case category when 'UNDETERMINED' then 'undetermined' else 'system' end), count(*) from f where unit = '$unit' and chosen group by 1, 2
-- name: overview 8 A
select at, asr_low, asr, asr_high from pg_temp.kpi('$unit', 'day')
-- name: overview 9 A
select at, ner_low, ner_high from pg_temp.kpi('$unit', 'day')
-- name: overview 10 A
select (select label_en from cdr.category c where c.category = x.category), count(*) filter (where x.sure), count(*) filter (where not x.sure)
from f cross join lateral (select f.category, true as sure union all select a, false from unnest(case when f.confidence = 'ambiguous' then f.alternatives end) a) x
where unit = '$unit' and chosen group by x.category
-- name: overview 11 A
select left(slot, 5), right(slot, 2), asr from pg_temp.kpi('$unit', 'week')
-- name: overview 12 A
select to_char(at at time zone pg_temp.zone(), 'YYYY-MM-DD Dy'), n, seizures, answered, person_low, machine_low, asr, abr, ner_low, ner_high, acd, sdr, abandon, ambiguity from pg_temp.kpi('$unit', 'day')
-- name: overview 13 A
select coalesce(key, '(none)'), inbound, by_person, by_flow, abandon, service_level, wait, handling from pg_temp.inbound('all', 'queue')

-- name: recomputed 1 A
select recategorisation, recategorised from pg_temp.kpi('attempt')
-- name: recomputed 2 A
select naive_asr, asr from pg_temp.kpi('attempt')
-- name: recomputed 3 A
select naive_ner, ner_low, ner_high from pg_temp.kpi('attempt')
-- name: recomputed 4 A
select undetermined, ambiguity from pg_temp.kpi('attempt')
-- name: recomputed 5 A
select at, naive_asr, asr from pg_temp.kpi('attempt', 'day')
-- name: recomputed 6 A
select key, naive_asr, asr from pg_temp.kpi('attempt', 'all', 'carrier')
-- name: recomputed 7 A
select coalesce(naive, '(no cause)'), category, count(*) from f where unit = 'attempt' and chosen group by 1, 2
-- name: recomputed 8 A
select carrier, array_to_string(alternatives, ' or '), count(*) from f where unit = 'attempt' and chosen and confidence = 'ambiguous' group by 1, 2
-- name: recomputed 9 A
select carrier, cause, code, naive, category, count(*) from f where unit = 'attempt' and chosen and un and naive <> category group by 1, 2, 3, 4, 5
-- name: recomputed 10 A
select question, says, yes, may, whole, agreed, yes - agreed, says - agreed from pg_temp.changed('attempt')

-- name: trunks 1 A
select hour, peak, minute from peak where gateway is null
-- name: trunks 2 A
select max(hour) + interval '1 hour' from fact
-- name: trunks 3 A
select distinct on (p.gateway) p.gateway, p.peak, p.peak_at from peak p where p.gateway in ($gateway) order by p.gateway, p.peak desc, p.peak_at
-- name: trunks 4 A
select day, carrier, round(coalesce(sum(bill) filter (where answered and unit = 'attempt'), 0) / 60.0, 1) from f where chosen group by 1, 2
-- name: trunks 5 A
select carrier, count(*) filter (where unit = 'attempt'), round(coalesce(sum(bill) filter (where answered and unit = 'attempt'), 0) / 60.0, 1), count(*) filter (where unit = 'call'),
    round(coalesce(sum(bill) filter (where answered and unit = 'call'), 0) / 60.0, 1), round(coalesce(sum(talk) filter (where unit = 'call'), 0) / 60.0, 1),
    round(coalesce(sum(hold) filter (where unit = 'call'), 0) / 60.0, 1), round(coalesce(sum(wait) filter (where unit = 'call'), 0) / 60.0, 1)
from f where chosen group by 1
-- name: trunks 6 A
select country, operator, kind, attempts, pg_temp.ratio(answered, seizures), persons, machines, minutes, acd from pg_temp.called('operator')

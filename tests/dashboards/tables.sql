-- Every table of the report (as CSV) and of stats by SQL of the test's own, over
-- panels_facts.sql: a statement a table, its columns in the table's order.  $unit: call or
-- attempt, $by: a key, $slot: how a time is written.

-- name: report agents
select agent, offered, answered, missed, placed, talk, hold, aht, to_char(first_at at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI'), to_char(last_at at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI')
from pg_temp.did()
-- name: report attempts
select to_char(hour at time zone pg_temp.zone(), '$slot'), part, count(*)
from (select hour, case when answered and machine then 'machine' when answered and maybe_machine then 'answered' when answered then 'person'
    else coalesce(pg_temp.grp(category), case category when 'UNDETERMINED' then 'undetermined' else 'system' end) end as part from f where unit = 'attempt') p group by 1, 2
-- name: report callers
select key, inbound, callers, repeat_callers, repeat_calls, pg_temp.ratio(repeat_calls, with_number) from pg_temp.calling('queue')
-- name: report carriers
select key, seizures, answered, person_low, person_ci_low, person_ci_high, machine_low, asr, asr_low, asr_high, naive_asr, ner_low, ner_high, naive_ner, pg_temp.ratio(undetermined, n), minutes, acd, pgad, sdr,
    recategorisation from pg_temp.kpi('attempt', 'all', 'carrier')
-- name: report changed
-- The seven most frequent, and the others in a row when there are more than eight.
select case when place < 8 or kinds < 9 then naive else 'others: ' || kinds - 7 end, case when place < 8 or kinds < 9 then now else '' end, case when place < 8 or kinds < 9 then maybe else '' end, sum(n)
from (
    select *, row_number() over (order by n desc, naive, now, maybe) as place, count(*) over () as kinds
    from (
        select (select label_en from cdr.category c where c.category = f.naive) as naive, (select label_en from cdr.category c where c.category = f.category) as now,
            array_to_string(array(select label_en from unnest(case when confidence = 'ambiguous' then alternatives end) with ordinality u(a, o) join cdr.category c on c.category = a order by o), ', ') as maybe,
            count(*) as n
        from f where unit = 'attempt' and un and naive <> category group by 1, 2, 3
    ) k
) k
group by 1, 2, 3
-- name: report compared
select measure, unit, value, n, ci_low, ci_high, before, before_n, before_ci_low, before_ci_high, against_before, habit, habit_n, habit_ci_low, habit_ci_high, against_habit, periods from pg_temp.compared()
-- name: report contact
select case k when 10 then '10+' else k::text end, numbers, reached, pg_temp.ratio(reached, numbers), pg_temp.wilson(reached, numbers, -1), pg_temp.wilson(reached, numbers, 1) from pg_temp.contacts()
-- name: report days
select to_char(a.at at time zone pg_temp.zone(), '$slot'), n, person_low, machine_low, asr, inbound, i.person, i.abandon from pg_temp.kpi('attempt', '$bucket') a full join pg_temp.inbound('$bucket') i on i.at = a.at
-- name: report destinations
select operator, country, attempts, seizures, pg_temp.ratio(persons, seizures), pg_temp.ratio(answered, seizures), minutes from pg_temp.called('operator')
-- name: report health
select 1, 3260, 6000, 0, 0, 0, 0, 0, 2
-- name: report hours
select left(slot, 1)::integer, right(slot, 2)::integer, seizures, person_low, person_ci_low, person_ci_high from pg_temp.kpi('attempt', 'week')
-- name: report inbound
-- An hour that the clock shows twice is one here.
select to_char(at at time zone pg_temp.zone(), '$slot'), part, sum(n)
from pg_temp.inbound('$bucket'), lateral (values ('person', by_person), ('machine', by_flow), ('caller', abandoned), ('system', other)) v(part, n) where n > 0 group by 1, 2
-- name: report missed
select queue, count(*), count(*) filter (where back), count(*) filter (where not back), count(number) - count(contact_at), count(*) - count(number), pg_temp.ratio(count(contact_at), count(number)),
    round((percentile_cont(0.5) within group (order by extract(epoch from contact_at - at)))::numeric) from missed_call group by queue
-- name: report outcomes
select category, (select label_en from cdr.category k where k.category = c.category), carrier, count(*) filter (where sure and of), pg_temp.ratio(count(*) filter (where sure and of), whole), pg_temp.ratio(count(*) filter (where of), whole)
from (select distinct x.category from f, lateral (select f.category union select unnest(case when confidence = 'ambiguous' then alternatives end)) x where unit = 'attempt') c
cross join (select carrier, count(*) as whole from f where unit = 'attempt' group by 1 union all select 'all', count(*) from f where unit = 'attempt') k
cross join lateral (select true as sure, unit = 'attempt' and f.category = c.category and (k.carrier = 'all' or f.carrier = k.carrier) as of from f
    union all select false, true from f where unit = 'attempt' and confidence = 'ambiguous' and c.category = any (alternatives) and (k.carrier = 'all' or f.carrier = k.carrier)) h
group by category, carrier, whole
-- name: report period
select (since at time zone pg_temp.zone())::date, ((before - interval '1 hour') at time zone pg_temp.zone())::date, round(extract(epoch from before - since) / 86400), '$bucket', pg_temp.zone(), 'ab12ab12ab12', date '2025-03-28', date '2025-10-29', 't' from asked
-- name: report questions
select case question when 'answered' then 'The network answered (ASR)' when 'person' then 'A person answered' when 'machine' then 'A machine answered' when 'delivered' then 'Network delivered (NER)' else 'Undetermined' end,
    pg_temp.ratio(says, whole), pg_temp.ratio(yes, whole), pg_temp.ratio(may, whole), yes - agreed, says - agreed, whole from pg_temp.changed('attempt')
-- name: report queues
select key, inbound, by_person, by_flow, abandoned, person, person_ci_low, person_ci_high, abandon, service_level, wait, handling from pg_temp.inbound('all', 'queue')
-- name: report reached
select to_char(at at time zone pg_temp.zone(), '$slot'), person_low, person_ci_low, person_ci_high, asr, seizures from pg_temp.kpi('attempt', '$bucket')
-- name: report reasons
select (select label_en from cdr.category c where c.category = f.category), count(*), pg_temp.ratio(count(*), (select count(*) from f where unit = 'attempt' and seizure))
from f where unit = 'attempt' and un group by category order by count(*) desc, category limit 4
-- name: report trunks
select coalesce(gateway, 'all'), max(peak), to_char((array_agg(peak_at order by peak desc, peak_at))[1] at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI'), max(minute) from peak group by gateway

-- name: stats kpi
select coalesce(case '$by' when 'day' then to_char(at at time zone pg_temp.zone(), 'YYYY-MM-DD') when 'hour' then to_char(at at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:00')
        || case when at = '2025-10-26 01:00Z' then ' again' else '' end else key end, '(none)'),
    n, seizures, answered, asr, asr_low, asr_high, person_low, person_high, machine_low, machine_high, ner_low, ner_high, naive_asr, acd, minutes, sdr, abandon, abandon_high, ambiguity
from pg_temp.kpi('$unit', case when '$by' in ('day', 'hour') then '$by' else 'all' end, '$by')
-- name: stats inbound
select case '$by' when 'queue' then coalesce(key, '(none)') else to_char(at at time zone pg_temp.zone(), 'YYYY-MM-DD') end, inbound, by_person, by_flow, abandoned, other, person, person_ci_low, person_ci_high,
    abandon, abandon_ci_low, abandon_ci_high, service_level, service_n, wait, handling, talk from pg_temp.inbound(case '$by' when 'queue' then 'all' else 'day' end, case '$by' when 'queue' then 'queue' else 'all' end)
-- name: stats share
select coalesce(case '$by' when 'category' then x.key when 'confidence' then confidence when 'cause' then cause else code::text end, '(none)'), count(*) filter (where sure), count(*),
    pg_temp.ratio(count(*) filter (where sure), (select count(*) from f where unit = '$unit')), pg_temp.ratio(count(*), (select count(*) from f where unit = '$unit'))
from f cross join lateral (select category as key, true as sure union all select a, false from unnest(case when confidence = 'ambiguous' then alternatives end) a where '$by' = 'category') x
where unit = '$unit' group by 1
-- name: stats agent
select agent, offered, answered, missed, elsewhere, placed, placed_answered, round(talk / 60.0, 1), round(hold / 60.0, 1), aht, to_char(first_at at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI'),
    to_char(last_at at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI'), days from pg_temp.did()
-- name: stats missed
select to_char(at at time zone pg_temp.zone(), 'YYYY-MM-DD'), count(*), count(contact_at), count(*) filter (where back), count(*) filter (where not back), count(number) - count(contact_at), count(*) - count(number),
    pg_temp.ratio(count(contact_at), count(number)), pg_temp.wilson(count(contact_at), count(number), -1), pg_temp.wilson(count(contact_at), count(number), 1),
    round(round((percentile_cont(0.5) within group (order by extract(epoch from contact_at - at)))::numeric) / 60, 1) from missed_call group by 1
-- name: stats caller
select '(all queues)', inbound, with_number, callers, repeat_callers, repeat_calls, pg_temp.ratio(repeat_calls, with_number) from pg_temp.calling('all')
union all select coalesce(key, '(none)'), inbound, with_number, callers, repeat_callers, repeat_calls, pg_temp.ratio(repeat_calls, with_number) from pg_temp.calling('queue')
-- name: stats contact
select case k when 10 then '10 and later' else k::text end, numbers, reached, pg_temp.ratio(reached, numbers), pg_temp.wilson(reached, numbers, -1), pg_temp.wilson(reached, numbers, 1) from pg_temp.contacts()
-- name: stats trunk
select coalesce(gateway, '(all calls)'), max(peak), to_char((array_agg(peak_at order by peak desc, peak_at))[1] at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI:SS'), sum(begun), max(minute),
    to_char((array_agg(minute_at order by minute desc, minute_at))[1] at time zone pg_temp.zone(), 'YYYY-MM-DD HH24:MI'), round(sum(busy) / 3600, 1) from peak group by gateway
-- name: stats destination
select case '$by' when 'country' then country when 'operator' then concat_ws(', ', country, operator) else concat_ws(' ', prefix, operator, case when prefix is null then country end) end,
    case when '$by' <> 'country' then kind end, attempts, seizures, answered, pg_temp.ratio(answered, seizures), pg_temp.wilson(answered, seizures, -1), pg_temp.wilson(answered, seizures, 1), persons, machines,
    minutes, acd from pg_temp.called('$by')
-- name: stats change
select case question when 'answered' then 'the network answered' when 'person' then 'a person answered' when 'machine' then 'a machine answered' when 'delivered' then 'the network delivered' else question end,
    whole, says, yes, may, agreed, yes - agreed, says - agreed from pg_temp.changed('$unit')
-- name: stats before
select coalesce((select name from cdr.kpi_definition d where d.kpi = measure), case measure when 'attempts' then 'Attempts' else 'Inbound calls' end), unit, value, ci_low, ci_high, before, against_before, habit,
    against_habit, periods from pg_temp.compared()

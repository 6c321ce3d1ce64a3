-- What is stored, and who stores it.

-- name: personal_texts
-- What names a leg and its evidence, and the columns that may name people.
started_at, call_key, leg_key, evidence_hash, caller, destination, caller_e164, destination_e164,
extension, agent, sip_reason, announcement, transfer_disposition, schema_name, extra::text as extra

-- name: leg_columns
-- The columns of a leg l that deciding or counting asks for, in the order of row_columns in
-- etl/record/row.c; null stands for the others.
l.leg_key, l.call_key, l.side, l.domain, l.direction, l.started_at, l.answered_at, l.bridged_at,
l.ended_at, null::text, l.caller, l.destination, l.caller_e164, null::text, l.extension, l.agent, l.queue, l.queue_type,
l.gateway, l.provider, l.duration, l.bill_seconds, l.talk_seconds, l.early_media_seconds,
l.pdd_seconds, l.ring_seconds, l.wait_seconds, l.hold_seconds, l.hangup_cause, l.disposition, l.release,
l.sip_code, l.q850, l.q850_implied, l.hangup_by, l.webitel_result, l.originate_disposition,
l.amd_result, l.amd_cause, l.announcement, l.sip_reason, l.transfer_disposition, l.transfer_from, l.schema_name,
l.is_outbound, l.answered, l.category, l.confidence, l.alternatives, l.outcome_group, l.ended_by, l.linked_by,
l.rule_id, l.ruleset_id, l.naive_category, null::integer, l.file_id, null::bigint, null::jsonb,

-- name: legs_of_slice
-- Which legs l a recomputation decides again: of the day from $1 to $2, but for those that were
-- decided with the day before, and those behind it, before $3, that belong to its calls; of the
-- carriers and categories asked for.
l.started_at >= $1::timestamptz and l.started_at < $3::timestamptz
    and l.leg_key not in (select c.leg_key from pg_temp.crossing c where c.midnight = $1::timestamptz)
    and (l.started_at < $2::timestamptz
        or l.leg_key in (select c.leg_key from pg_temp.crossing c where c.midnight = $2::timestamptz))
    and ((select providers from pg_temp.slice) is null or l.provider = any ((select providers from pg_temp.slice)::text[]))
    and ((select categories from pg_temp.slice) is null
        or l.category = any ((select categories from pg_temp.slice)::text[]))

-- name: erased_texts
-- What pg_temp.erased has of these columns, in a SET list.
caller = e.caller, destination = e.destination, caller_e164 = e.caller_e164,
destination_e164 = e.destination_e164, extension = e.extension, agent = e.agent,
sip_reason = e.sip_reason, announcement = e.announcement,
transfer_disposition = e.transfer_disposition, schema_name = e.schema_name, extra = e.extra::jsonb

-- name: stored_months
-- Months of cdr.leg that there are, and whether their rows may change: not where they are stored by
-- columns.  A partition's name tells; they are all made by cdr.add_month().
select to_date(substr(c.relname, 5), 'YYYYMM') as month, a.amname = 'heap' as may_change
from pg_catalog.pg_inherits i
join pg_catalog.pg_class c on c.oid = i.inhrelid
join pg_catalog.pg_am a on a.oid = c.relam
where i.inhparent = 'cdr.leg'::regclass and c.relname ~ '^leg_[0-9]{6}$'

-- name: months
-- The same and those that were purged: year, month from 0.
select extract(year from m.month)::integer as year, extract(month from m.month)::integer - 1 as month,
    m.is_purged, m.may_change
from (
    select s.month, false as is_purged, s.may_change
    from (
        -- include rules/stored_months
    ) s
    union all
    select p.month, true, false from cdr.purged_month p
) m

-- name: run_alive
-- Does run r go on?  Its server process is there, and is no later one of the same number.  Of
-- other users' processes the time of their start may be hidden from us.  The function and not
-- pg_stat_activity, which reads pg_authid: beside a table of all nodes Citus reads it in our name.
exists (
    select 1
    from pg_catalog.pg_stat_get_activity(r.backend_pid) a
    where a.datid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
        and pg_catalog.pg_get_userbyid(a.usesysid) = r.db_user
        and (a.backend_start is null or a.backend_start <= r.started_at)
)

-- name: categories
-- The categories of mappings/categories.json ($1), as cdr.category has them.
select c.code, c.position, c."group", c.label ->> 'en', c.label ->> 'uk', c.label ->> 'ru', c.meaning,
    coalesce(c.answered, false), c.kpi ->> 'abr' <> 'excluded', c.kpi ->> 'asr' <> 'excluded',
    case c.kpi ->> 'ner' when 'numerator' then 'yes' when 'denominator' then 'no'
        when 'conditional' then 'if_rang' else 'excluded' end,
    coalesce(c.local_failure, false), coalesce(c.elsewhere, false), c.without_answer, c.code = $1::jsonb ->> 'undetermined',
    coalesce(c.machine, false), coalesce(c.sign_of_life, false), c.kpi ->> 'seer' = 'numerator',
    c.retry ->> 'advice', (c.retry ->> 'after_minutes')::integer, (c.retry ->> 'attempts')::integer, c.retry ->> 'note'
from rows from (jsonb_to_recordset($1::jsonb -> 'categories') as (code text, "group" text, label jsonb, meaning text,
    answered boolean, machine boolean, sign_of_life boolean, local_failure boolean, elsewhere boolean, without_answer text[], kpi jsonb, retry jsonb))
    with ordinality as c (code, "group", label, meaning, answered, machine, sign_of_life, local_failure, elsewhere, without_answer, kpi, retry, position)

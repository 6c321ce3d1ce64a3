-- Calls and attempts, read out of the legs.
--
-- A call is an A-leg with its B-legs, or the orphaned B-legs of one missing
-- A-leg, or a leg that stands alone.  Its outcome is, first that applies:
--
--   a B-leg was answered: ANSWERED or ANSWERED_MACHINE, of the last to start
--   the A-leg of an inbound call was answered: ANSWERED, by the flow
--   the caller cancelled (A-leg)
--   the last B-leg that reached a carrier or a phone
--   a local failure
--   the A-leg's own
--
-- B-legs that are linked by adjacency belong to the call and never decide it.
-- etl/leg/call_rule.h says the same in C; a test holds the two together.
--
-- One text, two doors.  The function looks at a period and is expanded into
-- the query that calls it, so nobody pays for columns he does not ask for.  The
-- view looks at everything, with its owner's eyes, and masks numbers.

set local role cdretl_owner;

create function cdr.number_shown(number text) returns text
    language sql
    stable
as $$
    select case
        when length(number) <= 6 then number
        when pg_has_role(current_user, 'cdretl_loader', 'usage') then number
        when pg_has_role(current_user, 'cdretl_owner', 'usage') then number
        else left(number, -6) || '****' || right(number, 2)
    end
$$;

comment on function cdr.number_shown(text) is
    'A number as the reader may see it: whole for loader and owner, else without four of its digits. Extensions are no secret.';

do $do$
declare
    calls text := $sql$
select
    coalesce(a.call_key, b.call_key) as call_key,
    coalesce(a.started_at, b.first_at) as started_at,
    greatest(a.ended_at, b.last_at) as ended_at,
    coalesce(a.domain, b.domain) as domain,
    coalesce(a.direction, b.direction) as direction,
    {number}(coalesce(a.caller, b.caller)) as caller,
    {number}(coalesce(a.destination, b.destination)) as destination,
    coalesce(a.queue, b.queue) as queue,
    coalesce(b.agent, a.agent) as agent,
    case when d.by_b then b.gateway else coalesce(a.gateway, b.gateway) end as gateway,
    case when d.by_b then b.provider else coalesce(a.provider, b.provider) end as provider,
    case when a.leg_key is null then 0 else 1 end + coalesce(b.legs, 0) as legs,
    a.leg_key is null as is_orphan,
    case when d.by_b then b.answered else a.answered end as answered,
    case
        when d.by_b and b.answered then 'leg'
        when d.by_b or not a.answered then null
        when a.direction = 'inbound' and a.bridged_at is null then 'flow'
        else 'leg'
    end as answered_by,
    case when d.forced then 'ANSWERED' when d.by_b then b.category else a.category end as category,
    case when d.forced then 'certain' when d.by_b then b.confidence else a.confidence end as confidence,
    case when d.forced then '{}'::text[] when d.by_b then b.alternatives else a.alternatives end as alternatives,
    case when d.forced then 'answered' when d.by_b then b.outcome_group else a.outcome_group end as outcome_group,
    case when d.by_b then b.ended_by else a.ended_by end as ended_by,
    case when d.by_b then b.hangup_cause else a.hangup_cause end as hangup_cause,
    case when d.by_b then b.disposition else a.disposition end as disposition,
    case when d.by_b then b.sip_code else a.sip_code end as sip_code,
    coalesce(a.naive_category, b.naive_category) as naive_category,
    case when d.by_b then b.rule_id else a.rule_id end as rule_id,
    case when d.by_b then b.leg_key else a.leg_key end as deciding_leg_key,
    coalesce(b.linked_by, a.linked_by) as linked_by,
    coalesce(a.duration, b.duration) as duration,
    case when d.by_b then b.bill_seconds else a.bill_seconds end as bill_seconds,
    case when d.by_b then b.talk_seconds else a.talk_seconds end as talk_seconds,
    case when d.by_b then b.early_media_seconds else a.early_media_seconds end as early_media_seconds,
    coalesce(b.ring_seconds, a.ring_seconds) as ring_seconds,
    coalesce(a.wait_seconds, b.wait_seconds) as wait_seconds,
    coalesce(a.hold_seconds, b.hold_seconds) as hold_seconds
from (select * from cdr.leg where leg = 'a' {near}) a
full join (
    select distinct on (call_key)
        *,
        count(*) over of_call as legs,
        min(started_at) over of_call as first_at,
        max(ended_at) over of_call as last_at,
        bool_and(linked_by is not distinct from 'adjacency') over of_call as only_near
    from (
        select *,
            coalesce(ended_at, started_at + coalesce(duration, 0) * interval '1 second') as finished_at,
            case
                when answered then 3
                when category = 'LOCAL_UNAVAILABLE' then 1
                when category = 'ANSWERED_ELSEWHERE' then 0
                else 2
            end as tier
        from cdr.leg where leg = 'b' {near}
    ) b_leg
    window of_call as (partition by call_key)
    order by call_key, tier desc, case when tier = 3 then started_at else finished_at end desc,
        case when tier = 3 then finished_at else started_at end desc, leg_key desc
) b on b.call_key = a.call_key
cross join lateral (
    select
        case
            when a.leg_key is null then true
            when b.only_near is not false then false
            when b.tier = 3 then true
            when a.direction = 'inbound' and a.answered or a.category = 'CALLER_CANCEL' then false
            else b.tier > 0
        end as by_b,
        -- Somebody answered, whatever ended that leg later.
        case
            when a.leg_key is null then b.legs > 1 and b.tier = 3
                and b.category not in ('ANSWERED', 'ANSWERED_MACHINE')
            when b.only_near is not false then false
            when b.tier = 3 then b.category not in ('ANSWERED', 'ANSWERED_MACHINE')
            else a.direction = 'inbound' and a.answered
                and a.category not in ('ANSWERED', 'ANSWERED_MACHINE')
        end is true as forced
) d
{within}$sql$;
    -- An attempt is a leg towards a carrier.  Stand-alone outbound legs stand
    -- for the B-legs that their export does not have.
    attempts text := $sql$
select
    l.leg_key,
    l.call_key,
    l.leg,
    l.started_at,
    l.answered_at,
    l.ended_at,
    l.domain,
    l.direction,
    {number}(l.caller) as caller,
    {number}(l.destination) as destination,
    l.queue,
    l.agent,
    l.gateway,
    l.provider,
    l.answered,
    l.category,
    l.confidence,
    l.alternatives,
    l.outcome_group,
    l.ended_by,
    l.hangup_cause,
    l.disposition,
    l.sip_code,
    l.q850,
    l.naive_category,
    l.rule_id,
    l.duration,
    l.bill_seconds,
    l.talk_seconds,
    l.early_media_seconds,
    l.ring_seconds,
    l.wait_seconds,
    l.hold_seconds
from (select * from cdr.leg where (leg = 'b' or direction = 'outbound') {own}) l
left join cdr.file f on f.file_id = l.file_id
left join (select distinct call_key from cdr.leg where leg = 'b' {near}) b
    on b.call_key = l.call_key and l.leg = 'a'
where b.call_key is null
    and (l.gateway is not null or l.provider is not null
        or (f.has_gateway is false and length(regexp_replace(l.destination, '\D', '', 'g')) > 6))
$sql$;
    near text := $sql$and started_at >= period_from - interval '1 day' and started_at < period_to + interval '1 day'$sql$;
    own text := $sql$and started_at >= period_from and started_at < period_to$sql$;
    within text := $sql$where coalesce(a.started_at, b.first_at) >= period_from and coalesce(a.started_at, b.first_at) < period_to$sql$;
    source text;
    body text;
begin
    source := replace(replace(replace(calls, '{near}', ''), '{within}', ''), '{number}', 'cdr.number_shown');
    execute 'create view cdr.call as ' || source;
    source := replace(replace(attempts, '{near}', ''), '{own}', '');
    execute 'create view cdr.attempt as ' || replace(source, '{number}', 'cdr.number_shown');

    body := replace(replace(replace(calls, '{near}', near), '{within}', within), '{number}', '');
    execute format('create function cdr.calls_between(period_from timestamptz, period_to timestamptz)
        returns table (%s) language sql stable as %L',
        (select string_agg(format('%I %s', attname, format_type(atttypid, null)), ', ' order by attnum)
            from pg_attribute where attrelid = 'cdr.call'::regclass and attnum > 0), body);
    body := replace(replace(replace(attempts, '{near}', near), '{own}', own), '{number}', '');
    execute format('create function cdr.attempts_between(period_from timestamptz, period_to timestamptz)
        returns table (%s) language sql stable as %L',
        (select string_agg(format('%I %s', attname, format_type(atttypid, null)), ', ' order by attnum)
            from pg_attribute where attrelid = 'cdr.attempt'::regclass and attnum > 0), body);
end
$do$;

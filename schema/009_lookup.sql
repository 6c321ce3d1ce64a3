-- One call looked up, for readers who may not see numbers.
--
-- The functions read legs with their owner's rights, over a period, and hand out
-- masked numbers.  There is no search by number on purpose: whoever can try numbers
-- and see which one fits has unmasked it.

set local role cdretl_owner;

-- As cdr.number_shown, and for everybody: inside these functions all are the owner.
create function cdr.number_masked(number text) returns text
    language sql
    immutable
    parallel safe
as $$
    select case when length(number) <= 6 then number else left(number, -6) || '****' || right(number, 2) end
$$;

create function cdr.calls_shown(period_from timestamptz, period_to timestamptz)
    returns table (call_key uuid, started_at timestamptz, direction text, caller text, destination text, queue text,
        agent text, carrier text, legs bigint, answered_by text, category text, confidence text, alternatives text[],
        naive_category text, hangup_cause text, disposition text, sip_code smallint, ended_by text, rule_id text,
        duration integer, bill_seconds integer, ring_seconds integer, wait_seconds integer)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select c.call_key, c.started_at, c.direction, cdr.number_masked(c.caller), cdr.number_masked(c.destination), c.queue,
        c.agent, coalesce(p.name, c.provider, c.gateway), c.legs, c.answered_by, c.category, c.confidence, c.alternatives,
        c.naive_category, c.hangup_cause, c.disposition, c.sip_code, c.ended_by, c.rule_id,
        c.duration, c.bill_seconds, c.ring_seconds, c.wait_seconds
    from cdr.calls_between(period_from, period_to) c
    left join cdr.provider p on p.provider = c.provider
$$;

create function cdr.legs_shown(wanted uuid, period_from timestamptz, period_to timestamptz)
    returns table (leg_key uuid, call_key uuid, leg text, started_at timestamptz, answered_at timestamptz, ended_at timestamptz,
        direction text, caller text, destination text, agent text, queue text, carrier text, answered boolean,
        category text, confidence text, alternatives text[], naive_category text, ended_by text,
        hangup_cause text, release text, disposition text, sip_code smallint, q850 smallint, q850_implied smallint,
        announcement text, amd_result text, rule_id text, duration integer, bill_seconds integer,
        early_media_seconds integer, ring_seconds integer, linked_by text, file_id integer, line_no bigint)
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select l.leg_key, l.call_key, l.leg, l.started_at, l.answered_at, l.ended_at,
        l.direction, cdr.number_masked(l.caller), cdr.number_masked(l.destination), l.agent, l.queue,
        coalesce(p.name, l.provider, l.gateway), l.answered,
        l.category, l.confidence, l.alternatives, l.naive_category, l.ended_by,
        l.hangup_cause, l.release, l.disposition, l.sip_code, l.q850, l.q850_implied,
        l.announcement, l.amd_result, l.rule_id, l.duration, l.bill_seconds,
        l.early_media_seconds, l.ring_seconds, l.linked_by, l.file_id, l.line_no
    from cdr.leg l
    left join cdr.provider p on p.provider = l.provider
    where l.call_key = wanted
        and l.started_at >= period_from - interval '1 day' and l.started_at < period_to + interval '1 day'
$$;

comment on function cdr.number_masked(text) is 'A number without four of its digits. Extensions are no secret.';
comment on function cdr.calls_shown(timestamptz, timestamptz) is
    'Calls that start in [from, to), numbers masked. Reads legs: ask for hours, not for months.';
comment on function cdr.legs_shown(uuid, timestamptz, timestamptz) is
    'The legs of one call with their evidence, numbers masked; the call starts within a day of [from, to).';

revoke all on function cdr.calls_shown(timestamptz, timestamptz), cdr.legs_shown(uuid, timestamptz, timestamptz) from public;
grant execute on function cdr.calls_shown(timestamptz, timestamptz), cdr.legs_shown(uuid, timestamptz, timestamptz)
    to cdretl_loader, cdretl_dashboard;

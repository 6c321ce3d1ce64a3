create function cdr.calls_between(period_from timestamptz, period_to timestamptz)
    returns table (
        call_key uuid, started_at timestamptz, ended_at timestamptz, domain text, direction text,
        caller text, destination text, queue text, agent text, gateway text, provider text,
        legs bigint, is_orphan boolean, answered boolean, answered_by text, category text,
        confidence text, alternatives text[], outcome_group text, ended_by text,
        hangup_cause text, disposition text, sip_code smallint, naive_category text,
        rule_id text, deciding_leg_key uuid, linked_by text, duration integer,
        bill_seconds integer, talk_seconds integer, hold_seconds integer, handling_seconds integer,
        early_media_seconds integer, pdd_seconds integer, ring_seconds integer,
        wait_seconds integer, caller_e164 text, destination_e164 text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    -- include rules/period_reach
begin
    if far_starts = '{}' then
        return query
        with legs as not materialized (
            -- include rules/near_legs
        ), calls as not materialized (
            -- include rules/calls
        )
        select * from calls c where c.started_at >= period_from and c.started_at < period_to;
    else
        return query
        with legs as not materialized (
            -- include rules/far_legs
        ), calls as not materialized (
            -- include rules/calls
        )
        select * from calls c where c.started_at >= period_from and c.started_at < period_to;
    end if;
end
$$;

comment on function cdr.calls_between(timestamptz, timestamptz) is
    'Calls that start in [from, to), from the legs of a day before to a day after, and those of longer calls. The rule of cdr.call for a period.';

revoke all on function cdr.calls_between(timestamptz, timestamptz) from public;
grant execute on function cdr.calls_between(timestamptz, timestamptz) to cdretl_loader;

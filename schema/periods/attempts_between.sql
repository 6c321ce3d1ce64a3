create function cdr.attempts_between(period_from timestamptz, period_to timestamptz)
    returns table (
        leg_key uuid, call_key uuid, side text, started_at timestamptz, answered_at timestamptz,
        ended_at timestamptz, domain text, direction text, caller text, destination text,
        queue text, agent text, gateway text, provider text, answered boolean, category text,
        confidence text, alternatives text[], outcome_group text, ended_by text,
        hangup_cause text, disposition text, sip_code smallint, q850 smallint,
        naive_category text, rule_id text, duration integer, bill_seconds integer,
        talk_seconds integer, early_media_seconds integer, pdd_seconds integer,
        ring_seconds integer,
        wait_seconds integer, hold_seconds integer, destination_e164 text)
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
        ), attempts as not materialized (
            -- include rules/attempts
        )
        select * from attempts t where t.started_at >= period_from and t.started_at < period_to;
    else
        return query
        with legs as not materialized (
            -- include rules/far_legs
        ), attempts as not materialized (
            -- include rules/attempts
        )
        select * from attempts t where t.started_at >= period_from and t.started_at < period_to;
    end if;
end
$$;

comment on function cdr.attempts_between(timestamptz, timestamptz) is
    'Attempts that start in [from, to). The rule of cdr.attempt for a period.';

revoke all on function cdr.attempts_between(timestamptz, timestamptz) from public;
grant execute on function cdr.attempts_between(timestamptz, timestamptz) to cdretl_loader;

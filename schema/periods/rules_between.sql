-- Which rules decided legs of a period, by carrier.  What decided then counts, whatever the
-- mapping files say by now.
create function cdr.rules_between(period_from timestamptz, period_to timestamptz)
    returns table (rule_id text, provider text, legs bigint, certain bigint, ambiguous bigint)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    return query
    select l.rule_id, l.provider, count(*),
        count(*) filter (where l.confidence = 'certain'),
        count(*) filter (where l.confidence = 'ambiguous')
    from cdr.leg l
    where l.started_at >= period_from and l.started_at < period_to
    group by l.rule_id, l.provider;
end
$$;

comment on function cdr.rules_between(timestamptz, timestamptz) is
    'Legs that start in [from, to) by the rule that decided them and by carrier: all, the certain, the ambiguous. Reads legs.';

revoke all on function cdr.rules_between(timestamptz, timestamptz) from public;
grant execute on function cdr.rules_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- Attempts by whom the called numbers were given to: operator, country, or prefix of
-- mappings/prefixes.json.  Numbers are cut to as many digits as a prefix has before they are
-- looked up, so that few are.
create function cdr.destinations_between(period_from timestamptz, period_to timestamptz, keyed_by text default 'operator')
    returns table (country text, operator text, prefix text, kind text, attempts bigint, seizures bigint, answered bigint,
        persons bigint, machines bigint, asr numeric, asr_n bigint, asr_ci_low numeric, asr_ci_high numeric,
        minutes numeric, acd numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    longest integer := (select coalesce(max(length(n.prefix)), 1) from cdr.number_prefix n);
begin
    if keyed_by not in ('operator', 'country', 'prefix') then
        raise exception 'no destinations by %', keyed_by;
    end if;
    return query
    with legs as not materialized (
        -- include rules/legs_of_period
    ), all_attempts as not materialized (
        -- include rules/attempts
    ), heads as materialized (
        select left(u.destination_e164, longest) as head,
            count(*) as attempts,
            count(*) filter (where u.answered
                or u.category = any (array(select k.category from cdr.category k where k.is_seizure))) as seizures,
            count(*) filter (where u.answered) as answered,
            count(*) filter (where
                -- include rules/is_person
            ) as persons,
            count(*) filter (where u.answered
                and u.category = any (array(select k.category from cdr.category k where k.is_machine))) as machines,
            sum(u.bill_seconds) filter (where u.answered) as bill_seconds,
            count(u.bill_seconds) filter (where u.answered) as bill_n
        from all_attempts u
        where u.started_at >= period_from and u.started_at < period_to
        group by 1
    ), named as (
        select h.*, coalesce(n.country, case when h.head is null then '(unknown number)' else '(other country)' end) as country,
            n.operator, n.prefix, n.kind
        from heads h
        left join lateral (
            select f.*
            from cdr.number_prefix f
            where left(h.head, length(f.prefix)) = f.prefix
            order by length(f.prefix) desc
            limit 1
        ) n on true
    )
    select s.country, s.operator, s.prefix, s.kind, s.attempts::bigint, s.seizures::bigint, s.answered::bigint,
        s.persons::bigint, s.machines::bigint, cdr.percent(s.answered, s.seizures), s.seizures::bigint,
        cdr.wilson_low(s.answered, s.seizures), cdr.wilson_high(s.answered, s.seizures),
        round(coalesce(s.bill_seconds, 0) / 60.0, 1), round(s.bill_seconds / nullif(s.bill_n, 0), 1)
    from (
        select n.country,
            case when keyed_by <> 'country' then n.operator end as operator,
            case keyed_by when 'prefix' then n.prefix end as prefix,
            case when keyed_by <> 'country' then n.kind end as kind,
            sum(n.attempts) as attempts, sum(n.seizures) as seizures, sum(n.answered) as answered,
            sum(n.persons) as persons, sum(n.machines) as machines,
            sum(n.bill_seconds) as bill_seconds, sum(n.bill_n) as bill_n
        from named n
        group by 1, 2, 3, 4
    ) s;
end
$$;

comment on function cdr.destinations_between(timestamptz, timestamptz, text) is
    'Attempts of [from, to) by the operator, country or prefix of the called number. An operator is the one whom the numbering plan gave the number: it may have been carried to another since. Reads legs.';

revoke all on function cdr.destinations_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.destinations_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;

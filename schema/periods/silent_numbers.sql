-- Numbers that were called again and again and gave no sign of life: nobody answered, it never
-- rang, was engaged or refused, and no call came from them.  Only outcomes that speak of the
-- subscriber count as tries; of what the network failed at nothing is known, and an outcome
-- that may be a sign of life is one.  Nothing is stored, and nothing is decided by it.
create function cdr.silent_numbers(period_from timestamptz, period_to timestamptz, least_tries integer)
    returns table (number text, tries bigint, days bigint, hours bigint, carriers text, outcomes text, first_at timestamptz,
        last_at timestamptz, last_sign_at timestamptz, verdict text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    return query
    with legs as not materialized (
        select * from cdr.leg where started_at >= period_from and started_at < period_to
    ), seen as materialized (
        select cdr.number_key(l.destination_e164, l.destination) as number, l.started_at, l.category,
            coalesce(p.name, l.provider, l.gateway) as carrier,
            l.answered or l.ring_seconds > 0 or l.pdd_seconds is not null
                or l.category = any (array(select k.category from cdr.category k where k.is_sign_of_life))
                or l.alternatives && array(select k.category from cdr.category k where k.is_sign_of_life) as is_sign,
            l.outcome_group = 'subscriber' as is_told
        from legs l
        left join cdr.provider p on p.provider = l.provider
        where (l.gateway is not null or l.is_outbound) and l.direction is distinct from 'inbound'
        union all
        select cdr.number_key(l.caller_e164, l.caller), l.started_at, l.category, null, true, false
        from legs l
        where l.side = 'a' and l.direction = 'inbound'
    ), judged as (
        select s.*, max(case when s.is_sign then s.started_at end) over (partition by s.number) as last_sign_at
        from seen s
        where s.number is not null
    )
    select j.number, count(*), count(distinct (j.started_at at time zone zone)::date),
        count(distinct extract(hour from j.started_at at time zone zone)),
        string_agg(distinct j.carrier, ', '), string_agg(distinct j.category, ', '),
        min(j.started_at), max(j.started_at), min(j.last_sign_at), 'rest'
    from judged j
    where j.is_told and (j.last_sign_at is null or j.started_at > j.last_sign_at)
    group by j.number
    having count(*) >= least_tries
    order by 2 desc, 1;
end
$$;

comment on function cdr.silent_numbers(timestamptz, timestamptz, integer) is
    'Numbers that gave no sign of life since their last one in [from, to), tried at least so often since: let them rest. A phone that is switched off and a person who blocks us look the same.';

revoke all on function cdr.silent_numbers(timestamptz, timestamptz, integer) from public;
grant execute on function cdr.silent_numbers(timestamptz, timestamptz, integer) to cdretl_loader;

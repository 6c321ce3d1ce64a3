-- The KPIs of a period: what boards, the report and the tables of `cdretl stats` read.
--
-- bucket: all, hour, day (of the zone in cdr.setting), or week_hour (an hour of the week,
-- given as an instant of the first week of 2001, which began on a Monday).  keyed_by: all,
-- carrier, gateway, direction, queue or domain.  only_...: null for all of them.
create function cdr.kpi_between(period_from timestamptz, period_to timestamptz, counted_unit text,
        bucket text default 'all', keyed_by text default 'all', only_carriers text[] default null,
        only_gateways text[] default null, only_directions text[] default null, only_queues text[] default null,
        only_domains text[] default null)
    returns table (at timestamptz, key text, undetermined numeric, recategorised numeric,
        n numeric, bids numeric, seizures numeric, answered numeric, unanswered numeric,
        bill_seconds numeric, is_enough boolean, asr numeric, asr_n numeric,
        asr_ci_low numeric, asr_ci_high numeric, abr numeric, abr_n numeric,
        abr_ci_low numeric, abr_ci_high numeric, ner_low numeric, ner_high numeric,
        ner_n numeric, ner_ci_low numeric, ner_ci_high numeric, ner_q850 numeric,
        ner_q850_n numeric, ner_q850_ci_low numeric, ner_q850_ci_high numeric,
        ner_46labs numeric, ner_46labs_n numeric, ner_46labs_ci_low numeric,
        ner_46labs_ci_high numeric, ner_voipmonitor numeric, ner_voipmonitor_n numeric,
        ner_voipmonitor_ci_low numeric, ner_voipmonitor_ci_high numeric, ccr numeric,
        ccr_n numeric, ccr_ci_low numeric, ccr_ci_high numeric, ser numeric, ser_n numeric,
        ser_ci_low numeric, ser_ci_high numeric, seer numeric, seer_n numeric,
        seer_ci_low numeric, seer_ci_high numeric, isa numeric, isa_n numeric,
        isa_ci_low numeric, isa_ci_high numeric, sdr numeric, sdr_n numeric,
        sdr_ci_low numeric, sdr_ci_high numeric, abandon_low numeric, abandon_high numeric,
        abandon_n numeric, abandon_ci_low numeric, abandon_ci_high numeric, ambiguity numeric,
        ambiguity_n numeric, ambiguity_ci_low numeric, ambiguity_ci_high numeric,
        recategorisation numeric, recategorisation_n numeric, recategorisation_ci_low numeric,
        recategorisation_ci_high numeric, naive_asr numeric, naive_asr_n numeric,
        naive_asr_ci_low numeric, naive_asr_ci_high numeric, naive_ner numeric,
        naive_ner_n numeric, naive_ner_ci_low numeric, naive_ner_ci_high numeric, acd numeric,
        acd_n numeric, pgad numeric, pgad_n numeric,
        persons numeric, persons_high numeric, machines numeric, machines_high numeric, by_flow numeric,
        person_low numeric, person_high numeric, person_n numeric, person_ci_low numeric,
        person_ci_high numeric, machine_low numeric, machine_high numeric, machine_n numeric,
        machine_ci_low numeric, machine_ci_high numeric, minutes numeric)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if bucket not in ('all', 'hour', 'day', 'week_hour')
        or keyed_by not in ('all', 'carrier', 'gateway', 'direction', 'queue', 'domain') then
        raise exception 'no KPIs by % and %', bucket, keyed_by;
    end if;
    return query
    select
        s.at, s.key, s.undetermined, s.recategorised,
        -- include rules/kpi_ratios
    from (
        select
            -- include rules/bucket
            case keyed_by
                when 'carrier' then m.carrier
                when 'gateway' then m.gateway
                when 'direction' then m.direction
                when 'queue' then m.queue
                when 'domain' then m.domain
            end as key,
            -- include rules/kpi_sums
        from cdr.stat_parts(period_from, period_to, bucket in ('hour', 'week_hour')) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        where m.unit = counted_unit
            and
                -- include rules/measure_only
        group by 1, 2
    ) s;
end
$$;

comment on function cdr.kpi_between(timestamptz, timestamptz, text, text, text, text[], text[], text[], text[], text[]) is
    'KPIs of the hours that begin in [from, to), for calls or attempts, by hour, day or hour of the week, and by carrier, gateway, direction, queue or domain. Columns as in cdr.kpi_day.';

revoke all on function cdr.kpi_between(timestamptz, timestamptz, text, text, text, text[], text[], text[], text[], text[]) from public;
grant execute on function cdr.kpi_between(timestamptz, timestamptz, text, text, text, text[], text[], text[], text[], text[]) to cdretl_loader, cdretl_dashboard;

-- What cdr.stat_day must hold: the hours that begin in [from, to), added up by the day of the
-- zone in cdr.setting.  Of whole days it is the whole.
create function cdr.days_between(period_from timestamptz, period_to timestamptz)
    returns setof cdr.stat_day
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    return query
    select date_trunc('day', s.hour, zone), s.unit, s.domain, s.provider, s.gateway, s.direction, s.queue, s.category,
        s.confidence, s.hangup_cause, s.sip_code, s.disposition, s.alternatives, s.naive_category,
        sum(s.n)::bigint, sum(s.answered)::bigint, sum(s.delivered_low)::bigint, sum(s.delivered_high)::bigint,
        sum(s.short)::bigint, sum(s.rang)::bigint, sum(s.duration)::bigint, sum(s.bill_seconds)::bigint,
        sum(s.bill_n)::bigint, sum(s.talk_seconds)::bigint, sum(s.early_media_seconds)::bigint,
        sum(s.pdd_seconds)::bigint, sum(s.pdd_n)::bigint, sum(s.ring_seconds)::bigint, sum(s.ring_n)::bigint,
        sum(s.setup_seconds)::bigint, sum(s.setup_n)::bigint, sum(s.wait_seconds)::bigint, sum(s.wait_n)::bigint,
        sum(s.hold_seconds)::bigint, sum(s.handling_seconds)::bigint, sum(s.handling_n)::bigint,
        sum(s.by_agent)::bigint, sum(s.served_in_time)::bigint, sum(s.left_soon)::bigint, sum(s.legs)::bigint,
        s.basis
    from cdr.stat_hour s
    where s.hour >= period_from and s.hour < period_to
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, s.basis;
end
$$;

comment on function cdr.days_between(timestamptz, timestamptz) is
    'What cdr.stat_day must hold for the hours that begin in [from, to), added up anew.';

revoke all on function cdr.days_between(timestamptz, timestamptz) from public;
grant execute on function cdr.days_between(timestamptz, timestamptz) to cdretl_loader;

-- One query each: on Citus a view that stands beside what is copied to every node is read with
-- the rights of who asks, and readers have none to cdr.file.
create function cdr.signals_between(period_from timestamptz, period_to timestamptz)
    returns table (signal text, at timestamptz, carrier text, about text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select 'new_pair', first_at, carrier,
        concat_ws(' ', coalesce(hangup_cause, 'no cause'), coalesce(sip_code::text, 'no code'),
            coalesce(disposition, 'no disposition')) || ' is new: ' || n || ' so far'
    from cdr.signal_new_pair
    where first_at >= period_from and first_at < period_to;
    return query
    select 'incident', starts_at, carrier, failed || ' of ' || seizures || ' attempts failed in the network, ' || share
        || ' %, for ' || round(extract(epoch from ends_at - starts_at)::numeric / 3600) || ' h; otherwise '
        || coalesce(otherwise::text, '?') || ' %'
    from cdr.incidents_between(period_from, period_to);
    return query
    select 'missing_hour', hour, null, 'no calls; usually ' || expected
    from cdr.signal_missing_hour
    where hour >= period_from and hour < period_to;
    return query
    select 'thin_day', starts_at, null, day || ': ' || n || ' calls; usually ' || expected
    from cdr.signal_thin_day
    where starts_at >= period_from and starts_at < period_to;
    return query
    select 'thick_day', starts_at, null, day || ': ' || n || ' calls; usually ' || expected
    from cdr.signal_thick_day
    where starts_at >= period_from and starts_at < period_to;
    return query
    select 'empty_file', loaded_at, null, name || ' has a caption line and no records'
    from cdr.signal_empty_file
    where loaded_at >= period_from and loaded_at < period_to;
    return query
    select 'ambiguity', starts_at, carrier,
        day || ': ' || ambiguity || ' % of unanswered attempts are undetermined; ' || ambiguity_before || ' % before'
    from cdr.ambiguity_between(period_from, period_to);
end
$$;

comment on function cdr.signals_between(timestamptz, timestamptz) is 'cdr.signal for [from, to): what a dashboard asks.';

revoke all on function cdr.signals_between(timestamptz, timestamptz) from public;
grant execute on function cdr.signals_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

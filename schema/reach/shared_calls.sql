-- Legs that other files have of the calls of a file, whose legs start from first_at to
-- last_at.  On Citus the keys of those calls go to the nodes, and the shared ones come back.
create function cdr.shared_calls(of_file integer, first_at timestamptz, last_at timestamptz)
    returns table (call_key uuid, started_at timestamptz)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
as $$
begin
    return query
    with mine as materialized (
        select distinct l.call_key from cdr.leg l
        where l.started_at >= first_at and l.started_at <= last_at and l.file_id = of_file
    )
    select l.call_key, l.started_at
    from mine
    join cdr.leg l on l.call_key = mine.call_key
    where l.started_at >= cdr.call_reach_before(first_at) and l.started_at <= cdr.call_reach_after(last_at)
        and l.file_id is distinct from of_file;
end
$$;

comment on function cdr.shared_calls(integer, timestamptz, timestamptz) is
    'Legs that other files have of the calls of this one, whose legs start from first_at to last_at.';

revoke all on function cdr.shared_calls(integer, timestamptz, timestamptz) from public;
grant execute on function cdr.shared_calls(integer, timestamptz, timestamptz) to cdretl_loader;

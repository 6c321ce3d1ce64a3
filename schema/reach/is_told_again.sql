-- Is a leg of a file, whose legs start from first_at to last_at, stored by another file too,
-- whose legs start from near_first to near_last?  keys: the only ones that might, or null.  On
-- Citus the keys go to the nodes, and counts come back.
create function cdr.is_told_again(of_file integer, first_at timestamptz, last_at timestamptz,
        near_first timestamptz, near_last timestamptz, keys uuid[])
    returns boolean
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
as $$
begin
    if keys is not null then
        return (
            select count(*) > 0
            from cdr.leg l
            where l.leg_key in (select k.leg_key from unnest(keys) k(leg_key))
                and l.started_at >= greatest(near_first, cdr.leg_reach_before(first_at))
                and l.started_at <= least(near_last, cdr.leg_reach_after(last_at))
                and l.file_id is distinct from of_file);
    end if;
    return (
        with mine as materialized (
            select l.leg_key from cdr.leg l
            where l.started_at >= first_at and l.started_at <= last_at and l.file_id = of_file
        )
        select count(*) > 0
        from mine
        join cdr.leg l on l.leg_key = mine.leg_key
        where l.started_at >= greatest(near_first, cdr.leg_reach_before(first_at))
            and l.started_at <= least(near_last, cdr.leg_reach_after(last_at))
            and l.file_id is distinct from of_file);
end
$$;

comment on function cdr.is_told_again(integer, timestamptz, timestamptz, timestamptz, timestamptz, uuid[]) is
    'Is a leg of this file, which start from first_at to last_at, stored by another one too, whose legs start from near_first to near_last?  keys: the only ones that might, or null';

revoke all on function cdr.is_told_again(integer, timestamptz, timestamptz, timestamptz, timestamptz, uuid[]) from public;
grant execute on function cdr.is_told_again(integer, timestamptz, timestamptz, timestamptz, timestamptz, uuid[]) to cdretl_loader;

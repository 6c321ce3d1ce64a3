-- Calls whose legs stand in several files.

-- name: join_far_calls
-- Notes the calls whose legs lie further apart than call_reach() and of which a file has legs
-- that was loaded since this was done last.  Legs of one file may lie as far apart as they
-- like, those of two within far_reach().  Hours (since 1970) whose statistics change.
--
-- Two files share a call only where one lacks the A-leg of it, and says so (has_orphans): so
-- most loads look at nothing, and none looks further than it must.
create function cdr.join_far_calls() returns setof bigint
    language plpgsql
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
as $$
declare
    island record;
    first_leg timestamptz;
    last_leg timestamptz;
    b_legs boolean;
    a_legs boolean;
    keys uuid[];
begin
    for island in
        select min(w.first_at) as first_at, max(w.last_at) as last_at, bool_or(w.has_orphans) as has_orphans,
            bool_or(w.has_far_calls) as has_far_calls
        from (
            select v.*, count(*) filter (where v.begins) over (order by v.first_at, v.file_id) as island
            from (
                select f.file_id, f.first_at, f.last_at, f.has_orphans, f.has_far_calls,
                    coalesce(f.first_at > max(f.last_at) over (
                        order by f.first_at, f.file_id rows between unbounded preceding and 1 preceding), true) as begins
                from cdr.file f
                where not f.is_joined and f.verdict = 'loaded' and f.first_at is not null
            ) v
        ) w
        group by w.island
        order by 1
    loop
        first_leg := island.first_at - cdr.far_reach();
        last_leg := island.last_at + cdr.far_reach();
        b_legs := island.has_orphans;
        -- Somebody waits for an A-leg of ours, or has a part of the same call.
        a_legs := exists (
            select 1 from cdr.file f
            where f.is_joined and f.verdict = 'loaded' and f.has_orphans
                and f.last_at > cdr.call_reach_after(island.first_at) and f.first_at < last_leg);
        keys := '{}';
        if island.has_far_calls then
            keys := array(
                select l.call_key from cdr.leg l
                where l.started_at >= island.first_at and l.started_at <= island.last_at
                group by l.call_key
                having max(l.started_at) - min(l.started_at) > cdr.call_reach());
        end if;
        if b_legs then
            keys := keys || array(
                select distinct b.call_key
                from (
                    select l.call_key, min(l.started_at) as first_at, max(l.started_at) as last_at
                    from cdr.leg l
                    where l.side = 'b' and l.started_at >= island.first_at and l.started_at <= island.last_at
                    group by l.call_key
                ) b
                join (
                    select l.call_key, l.started_at from cdr.leg l
                    where l.started_at >= first_leg and l.started_at <= last_leg
                ) o on o.call_key = b.call_key
                where o.started_at < cdr.call_reach_before(b.last_at) or o.started_at > cdr.call_reach_after(b.first_at));
        end if;
        if a_legs then
            keys := keys || array(
                select distinct b.call_key
                from (
                    select l.call_key, l.started_at from cdr.leg l
                    where l.side = 'b' and l.started_at > cdr.call_reach_after(island.first_at) and l.started_at <= last_leg
                ) b
                join (
                    select l.call_key, l.started_at from cdr.leg l
                    where l.side = 'a' and l.started_at >= island.first_at and l.started_at <= island.last_at
                ) o on o.call_key = b.call_key
                where b.started_at > cdr.call_reach_after(o.started_at));
        end if;
        continue when keys = '{}';
        insert into cdr.far_call (call_key, started_at)
        select l.call_key, l.started_at
        from cdr.leg l
        where l.call_key = any (keys)
            and l.started_at >= cdr.call_reach_before(first_leg) and l.started_at <= cdr.call_reach_after(last_leg)
        on conflict do nothing;
        return query
        select distinct floor(extract(epoch from f.started_at) / 3600)::bigint
        from cdr.far_call f
        where f.call_key = any (keys);
    end loop;
    update cdr.file f set is_joined = true where not f.is_joined;
end
$$;

comment on function cdr.join_far_calls() is
    'Notes in cdr.far_call the calls of newly loaded files that reach further than cdr.call_reach(); hours, since 1970, whose statistics must be built anew.';

revoke all on function cdr.join_far_calls() from public;
grant execute on function cdr.join_far_calls() to cdretl_loader;

-- name: is_told_again
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

-- name: shared_calls
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

-- Where the rows of some hours (since 1970) and categories stand.  The index on hours finds
-- them, whatever the planner knows: statistics of the planner that were made when there were
-- a few hours only have it read all of them for each file that follows.
create function cdr.stat_places(hours bigint[], categories text[]) returns tid[]
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
begin
    return array(
        select s.ctid
        from cdr.stat_hour s
        where s.hour = any (array(select to_timestamp(h * 3600) from unnest(hours) h))
            and s.category = any (categories));
end
$$;

comment on function cdr.stat_places(bigint[], text[]) is
    'Where the statistics of some hours, since 1970, and categories stand: for who holds the lock of those that write them.';

revoke all on function cdr.stat_places(bigint[], text[]) from public;
grant execute on function cdr.stat_places(bigint[], text[]) to cdretl_loader;

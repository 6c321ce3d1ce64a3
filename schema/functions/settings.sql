-- Settings, and what statistics depend on.

-- name: setting_number
-- A setting that is a number.  For views over tables that readers may not read themselves: on
-- Citus a query that names cdr.setting beside such a table is taken apart, and the parts run
-- with the reader's rights.
create function cdr.setting_number(name text) returns numeric
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (select s.value::numeric from cdr.setting s where s.setting = name);
end
$$;

comment on function cdr.setting_number(text) is 'The setting of that name, as a number.';

revoke all on function cdr.setting_number(text) from public;
grant execute on function cdr.setting_number(text) to cdretl_loader, cdretl_dashboard;

-- name: stat_basis
-- Statistics depend on more than legs: on three settings, on what the categories count as, and
-- on the rule by which calls are counted, which has a number: raise it when rows of the same
-- legs become others.  When one of them changes, rows counted before are of another basis.
create function cdr.stat_basis() returns bigint
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select ('x' || left(md5(string_agg(b.line, E'\n' order by b.line)), 16))::bit(64)::bigint
        from (
            select 'rule=2' as line
            union all
            select s.setting || '=' || s.value
            from cdr.setting s
            where s.setting in ('short_call_seconds', 'service_seconds', 'soon_seconds')
            union all
            select concat_ws(' ', c.category, c.outcome_group, c.delivered, c.is_answered, c.is_local_failure,
                c.is_elsewhere, case when c.is_answered then c.position end)
            from cdr.category c
        ) b
    );
end
$$;

comment on function cdr.stat_basis() is
    'Fingerprint of the settings, the category flags and the rule that statistics are counted by, as they are now. Rows of cdr.stat_hour keep the one they were counted by.';

revoke all on function cdr.stat_basis() from public;
grant execute on function cdr.stat_basis() to cdretl_loader;

-- name: stat_places
-- Where the rows of some hours, or days, by their beginnings (ms since 1970), and categories
-- stand.  The index on hours finds them, whatever the planner knows: statistics of the planner that were made when there were
-- a few hours only have it read all of them for each file that follows.
create function cdr.stat_places(by_day boolean, starts bigint[], categories text[]) returns tid[]
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
declare
    instants timestamptz[] := array(select to_timestamp(ms / 1000.0) from unnest(starts) ms);
begin
    if by_day then
        return array(
            select s.ctid from cdr.stat_day s where s.starts_at = any (instants) and s.category = any (categories));
    end if;
    return array(select s.ctid from cdr.stat_hour s where s.hour = any (instants) and s.category = any (categories));
end
$$;

comment on function cdr.stat_places(boolean, bigint[], text[]) is
    'Where the statistics of some hours, or days, and categories stand: for who holds the lock of those that write them.';

revoke all on function cdr.stat_places(boolean, bigint[], text[]) from public;
grant execute on function cdr.stat_places(boolean, bigint[], text[]) to cdretl_loader;

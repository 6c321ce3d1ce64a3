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

-- What the loader does is allowed, and what it works on is the owner's.  A row a finding.
with needed (kind, name, rights) as (
    values
        ('table', 'leg', 'select,insert,update,delete'), ('table', 'leg_version', 'select,insert,update,delete'),
        ('table', 'leg_source', 'select,insert,update,delete'), ('table', 'far_call', 'select,insert,update,delete'), ('table', 'leg_record', 'select,insert,update,delete'),
        ('table', 'stat_hour', 'select,insert,update,delete'), ('table', 'run', 'select,insert,update'),
        ('table', 'file', 'select,insert,update'), ('table', 'file_keys', 'select,insert,delete'), ('table', 'reject', 'select,insert,update'),
        ('table', 'outcome_change', 'select,insert,update'), ('table', 'ruleset', 'select,insert,update'),
        ('table', 'category', 'select,insert,update'), ('table', 'provider', 'select,insert,update'),
        ('table', 'setting', 'select'), ('table', 'call', 'select'), ('table', 'attempt', 'select'),
        ('table', 'purged_month', 'select'), ('table', 'suppression', 'select,insert'), ('table', 'suppression_key', 'select')
), findings as (
    select 1 as place, 'the right to ' || lower(p.privilege) || ' cdr.' || n.name || ' is missing' as finding,
        format('as its owner: psql -d %s -c ''grant %s on cdr.%I to cdretl_loader''', current_database(), p.privilege, n.name) as remedy
    from needed n
    join pg_catalog.pg_class c on c.relname = n.name and c.relnamespace = pg_catalog.to_regnamespace('cdr')
    cross join unnest(string_to_array(n.rights, ',')) p(privilege)
    where not pg_catalog.has_table_privilege(c.oid, p.privilege)
    union all
    select 2, 'cdr.' || c.relname || ' belongs to ' || pg_catalog.pg_get_userbyid(c.relowner),
        format('as a superuser: psql -d %s -c ''alter table cdr.%I owner to cdretl_owner''', current_database(), c.relname)
    from pg_catalog.pg_class c
    where c.relnamespace = pg_catalog.to_regnamespace('cdr') and c.relkind in ('r', 'p', 'v')
        and pg_catalog.pg_get_userbyid(c.relowner) <> 'cdretl_owner'
    union all
    select 3, 'temporary tables are not allowed',
        format('as a superuser: psql -d %1$s -c ''grant temporary on database %1$I to cdretl_loader''', current_database())
    where not pg_catalog.has_database_privilege(current_database(), 'temporary')
    union all
    select 4, 'cdretl_dashboard may read cdr.leg, with the numbers of people',
        format('as its owner: psql -d %s -c ''revoke all on cdr.leg from cdretl_dashboard, public''', current_database())
    from pg_catalog.pg_roles r
    where r.rolname = 'cdretl_dashboard' and pg_catalog.has_table_privilege(r.oid, pg_catalog.to_regclass('cdr.leg'), 'select')
)
select f.is_well, f.finding, f.remedy
from (
    select false as is_well, place, finding, remedy from findings
    union all
    select true, 9, 'what the loader needs is granted', null
    where not exists (select 1 from findings)
) f
order by f.place, f.finding
limit 10

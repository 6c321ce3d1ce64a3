-- What `doctor` asks: a row a finding, in the order in which it is sent.

-- name: roles
-- Are the roles there, and may this login load?  A row a finding: is it well, what, remedy.
select false as is_well, 'the role ' || n.name || ' is missing' as finding,
    'run `cdretl init` as a superuser or a role with CREATEROLE' as remedy
from unnest(array['cdretl_owner', 'cdretl_loader', 'cdretl_dashboard']) n(name)
where not exists (select 1 from pg_catalog.pg_roles r where r.rolname = n.name)
union all
select l.may, format('%s %s a member of cdretl_loader', current_user, case when l.may then 'is' else 'is not' end),
    format('as its owner: psql -d %s -c ''grant cdretl_loader to %I''', current_database(), current_user)
from (
    select coalesce(bool_or(pg_catalog.pg_has_role(r.oid, 'usage')), false) as may
    from pg_catalog.pg_roles r
    where r.rolname = 'cdretl_loader'
) l

-- name: grants
-- What the loader does is allowed, and what it works on is the owner's.  A row a finding.
with needed (kind, name, rights) as (
    values
        ('table', 'leg', 'select,insert,update,delete'), ('table', 'leg_version', 'select,insert,update,delete'),
        ('table', 'leg_source', 'select,insert,update,delete'), ('table', 'far_call', 'select,insert,update,delete'), ('table', 'leg_record', 'select,insert,update,delete'),
        ('table', 'stat_hour', 'select,insert,update,delete'), ('table', 'stat_day', 'select,insert,delete'),
        ('table', 'rolled_day', 'select,insert,update,delete'), ('table', 'run', 'select,insert,update'),
        ('table', 'file', 'select,insert,update'), ('table', 'file_keys', 'select,insert,delete'), ('table', 'reject', 'select,insert,update'),
        ('table', 'outcome_change', 'select,insert,update'), ('table', 'ruleset', 'select,insert,update'),
        ('table', 'ruleset_file', 'select,insert'), ('table', 'ruleset_text', 'select,insert'),
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
    where pg_catalog.to_regclass('cdr.leg') is not null and not exists (select 1 from findings)
) f
order by f.place, f.finding
limit 10

-- name: nodes
-- On Citus: does every node answer?  A row a finding.
with node as materialized (
    select n.nodename || ':' || n.nodeport as name, citus_check_connection_to_node(n.nodename, n.nodeport) as answers
    from pg_catalog.pg_dist_node n
    where n.noderole = 'primary' and n.isactive
)
select false as is_well, 'the node ' || n.name || ' does not answer: whatever reads or stores legs fails' as finding,
    'is the server up there, and does its pg_hba.conf let this node in? Nothing is lost; what failed is run again' as remedy
from node n
where not n.answers
union all
select true, 'all ' || count(*) || ' of them answer', null
from node n
having bool_and(n.answers)

-- name: partitions
-- Has every month of legs its partition, and can this login have the next one made?
-- A row a finding.
with month as (
    select to_date(substr(c.relname, 5), 'YYYYMM') as month
    from pg_catalog.pg_inherits i
    join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = pg_catalog.to_regclass('cdr.leg') and c.relname ~ '^leg_\d{6}$'
), hole as (
    select g.month::date
    from (
        select date_trunc('month', min(hour) at time zone 'UTC') as first, max(hour) at time zone 'UTC' as last
        from cdr.stat_hour
    ) m
    cross join lateral generate_series(m.first, m.last, interval '1 month') g(month)
    where exists (
            select 1 from cdr.stat_hour s
            where s.hour >= g.month at time zone 'UTC' and s.hour < (g.month + interval '1 month') at time zone 'UTC')
        and not exists (select 1 from month o where o.month = g.month)
        and not exists (select 1 from cdr.purged_month p where p.month = g.month)
), maker as (
    select p.oid
    from pg_catalog.pg_proc p
    where p.proname = 'add_month' and p.pronamespace = pg_catalog.to_regnamespace('cdr')
)
select false as is_well, to_char(h.month, 'YYYY-MM') || ' has statistics but no partition of cdr.leg' as finding,
    format('attach or restore cdr.leg_%1$s; if its legs are gone for good: `cdretl purge --before %2$s`',
        to_char(h.month, 'YYYYMM'), (h.month + interval '1 month')::date) as remedy
from hole h
union all
select coalesce(m.may, false),
    case when m.may then (select count(*)::text from month) || ' months, the next is made by the load that needs it'
        else 'the next month cannot be made' end,
    format('as its owner: psql -d %s -c ''grant execute on function cdr.add_month(date) to cdretl_loader''', current_database())
from (select bool_and(pg_catalog.has_function_privilege(oid, 'execute')) as may from maker) m

-- name: zone
-- The zone whose days the views count: known here, and the one that exports are read in?
-- $1 that one, null when nobody has said.  A row a finding.
select
    z.is_known and ($1::text is null or $1::text = s.value) as is_well,
    case
        when not z.is_known then 'this server does not know the zone ' || s.value || ' of cdr.setting'
        when $1::text is null then 'days are those of ' || s.value
        when $1::text <> s.value then 'days are those of ' || s.value || ', exports are read in ' || $1::text
        else 'days and exports are those of ' || s.value
    end as finding,
    case
        when not z.is_known then
            format('as its owner: psql -d %s -c "update cdr.setting set value = ''%s'' where setting = ''zone''"',
                current_database(), coalesce($1::text, 'Europe/Kyiv'))
        else format('say --tz %s (CDRETL_TZ), or as its owner: psql -d %s -c "update cdr.setting set value = ''%s'' where setting = ''zone''"',
            s.value, current_database(), $1::text)
    end as remedy
from cdr.setting s
cross join lateral (
    select exists (select 1 from pg_catalog.pg_timezone_names t where t.name = s.value) as is_known
) z
where s.setting = 'zone'

-- name: statistics
-- Are yesterday's statistics what counting its legs gives?  A row a finding.
with zone as (
    select value as name from cdr.setting where setting = 'zone'
), day as (
    select
        date_trunc('day', now() at time zone z.name) - interval '1 day' as day,
        (date_trunc('day', now() at time zone z.name) - interval '1 day') at time zone z.name as starts_at,
        date_trunc('day', now() at time zone z.name) at time zone z.name as ends_at
    from zone z
), counted as (
    select h.*
    from day d
    cross join lateral cdr.hours_between(date_trunc('hour', d.starts_at, 'UTC'), date_trunc('hour', d.ends_at, 'UTC')) h
), stored as (
    select s.*
    from day d
    join cdr.stat_hour s on s.hour >= date_trunc('hour', d.starts_at, 'UTC') and s.hour < date_trunc('hour', d.ends_at, 'UTC')
), differing as (
    (select * from counted except all select * from stored)
    union all
    (select * from stored except all select * from counted)
)
select x.rows = 0 as is_well,
    case when x.rows = 0 then 'of ' || to_char(d.day, 'YYYY-MM-DD') || ' they are what its legs come to'
        else 'of ' || to_char(d.day, 'YYYY-MM-DD') || ' they are not what its legs come to: ' || x.rows || ' rows differ' end as finding,
    format('`cdretl recount --from %1$s --to %2$s --repair`', to_char(d.day, 'YYYY-MM-DD'), to_char(d.day + interval '1 day', 'YYYY-MM-DD')) as remedy
from day d
cross join (select count(*) as rows from differing) x

-- name: days
-- Are all days that rest added up?  One that is not is read by the hour: right, and slower.  While a run
-- goes on some are not.  A row a finding.
select u.days = 0 or exists (select 1 from cdr.run r where r.finished_at is null) as is_well,
    case when u.days = 0 then 'all days that rest are added up in cdr.stat_day'
        else u.days || ' days are read by the hour until they are added up' end as finding,
    'the end of the next run does it, and so does `cdretl init`' as remedy
from (select count(*) as days from cdr.unrolled_day) u

-- name: basis
-- Are all statistics counted by the settings, categories and rule of today?  Hours whose legs
-- were purged stay as they were counted.  A row a finding.
with zone as (
    select value as name from cdr.setting where setting = 'zone'
), other as (
    select count(distinct s.hour) as hours, min(s.hour) as first, max(s.hour) as last
    from cdr.stat_hour s
    where s.basis is distinct from (select cdr.stat_basis())
        and not exists (
            select 1 from cdr.purged_month p
            where p.month = date_trunc('month', s.hour at time zone 'UTC')::date)
)
select o.hours = 0 as is_well,
    case when o.hours = 0 then 'all statistics are counted by the settings and categories of today'
        else o.hours || ' hours were counted by other settings, categories or an older rule' end as finding,
    format('`cdretl recount --from %s --to %s --repair`', to_char(o.first at time zone z.name, 'YYYY-MM-DD'),
        to_char((o.last at time zone z.name) + interval '1 day', 'YYYY-MM-DD')) as remedy
from other o
cross join zone z

-- name: age
-- How old is what is known?  $1 hours that the last good run may be old.  A row a finding.
select a.is_well, a.finding, a.remedy
from (
    select false as is_well, t.about as finding, t.remedy, t.place
    from cdr.attention($1::numeric) t
    union all
    select true, 'the last good run ended ' || to_char(h.last_success_at at time zone z.value, 'YYYY-MM-DD HH24:MI')
        || ', the newest leg is of ' || coalesce(to_char(h.newest_leg_at at time zone z.value, 'YYYY-MM-DD HH24:MI'), 'no time'),
        null, 9
    from cdr.health h
    cross join cdr.setting z
    where z.setting = 'zone' and not exists (select 1 from cdr.attention($1::numeric))
) a
order by a.place, a.finding

-- Every day, week and month with statistics, newest first: its figures, its period, and a
-- fingerprint of what its page is made of, which is also what lies four weeks around.
-- $1 what a page depends on besides the database: the program, the language.
with known as (
    select value as zone from cdr.setting where setting = 'zone'
), attempts as materialized (
    select (k.at at time zone z.zone)::date as day, k.n as attempts, k.seizures, k.persons
    from known z
    cross join lateral cdr.kpi_between('-infinity', 'infinity', 'attempt', 'day') k
), inbound as materialized (
    select (i.at at time zone z.zone)::date as day, i.inbound, i.abandoned
    from known z
    cross join lateral cdr.inbound_between('-infinity', 'infinity', 'day') i
), digests as materialized (
    select (s.hour at time zone z.zone)::date as day, sum(hashtextextended(s::text, 0)) as digest
    from known z
    cross join cdr.stat_hour s
    group by 1
), files as materialized (
    select f.file_id, (f.first_at at time zone z.zone)::date as first_day, (f.last_at at time zone z.zone)::date as last_day
    from known z
    join cdr.file f on f.verdict = 'loaded' and f.first_at is not null
), common as (
    select md5(concat_ws('|', $1::text,
        (select string_agg(s::text, '|' order by s.setting) from cdr.setting s),
        (select string_agg(c::text, '|' order by c.category) from cdr.category c),
        (select string_agg(p::text, '|' order by p.provider) from cdr.provider p),
        (select string_agg(d::text, '|' order by d.kpi) from cdr.kpi_definition d),
        (select max(r.ruleset_id)::text from cdr.ruleset r))) as digest
), periods as (
    select x.kind, x.name, x.first_day, x.end_day, sum(a.attempts) as attempts, sum(a.seizures) as seizures,
        sum(a.persons) as persons, sum(i.inbound) as inbound, sum(i.abandoned) as abandoned
    from digests d
    left join attempts a on a.day = d.day
    left join inbound i on i.day = d.day
    cross join lateral (values
        ('day', to_char(d.day, 'YYYY-MM-DD'), d.day, d.day + 1),
        ('week', to_char(d.day, 'IYYY"-W"IW'), date_trunc('week', d.day)::date, date_trunc('week', d.day)::date + 7),
        ('month', to_char(d.day, 'YYYY-MM'), date_trunc('month', d.day)::date,
            (date_trunc('month', d.day) + interval '1 month')::date)
    ) x(kind, name, first_day, end_day)
    group by 1, 2, 3, 4
)
select p.kind, p.name, p.first_day, to_char(p.first_day, 'IYYY"-W"IW') as week, to_char(p.first_day, 'YYYY-MM') as month,
    extract(isodow from p.first_day)::integer as weekday, extract(day from p.first_day)::integer as day_of_month,
    to_char(p.first_day::timestamp at time zone z.zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from_at,
    to_char(p.end_day::timestamp at time zone z.zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as to_at,
    p.attempts, cdr.percent(p.persons, p.seizures) as person, p.inbound, cdr.percent(p.abandoned, p.inbound) as abandon,
    md5(concat_ws('|', c.digest,
        (select string_agg(d.day || ':' || d.digest, ',' order by d.day) from digests d
            where d.day >= p.first_day - 29 and d.day < p.end_day + 29),
        (select string_agg(f.file_id::text, ',' order by f.file_id) from files f
            where f.last_day >= p.first_day and f.first_day < p.end_day + 4),
        (select count(*)::text from cdr.purged_month m where m.month < p.end_day and m.month + 31 >= p.first_day))) as fingerprint
from periods p
cross join known z
cross join common c
order by p.kind, p.first_day desc

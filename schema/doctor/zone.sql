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

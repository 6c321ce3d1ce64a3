-- The groups that change, out, and in again with the difference.  $1 and $2: the first
-- and the last hour.  What coalesce says is said so that all keys are hashed, and no index
-- is tempting; what holds of nulls is below it.
--
-- Is that wrong?  A group may have been counted on another basis; and statistics of a call
-- whose legs lie more than a day apart depend on how they were built: then a difference is
-- taken from what never counted it.
with gone as (
    delete from cdr.stat_hour s
    using pg_temp.net d
    where s.hour >= $1::timestamptz and s.hour <= $2::timestamptz
        and coalesce(s.hour, 'epoch') = coalesce(d.hour, 'epoch')
        and coalesce(s.unit, '') = coalesce(d.unit, '')
        and coalesce(s.category, '') = coalesce(d.category, '')
        and coalesce(s.confidence, '') = coalesce(d.confidence, '')
        and coalesce(s.provider, '') = coalesce(d.provider, '')
        and coalesce(s.gateway, '') = coalesce(d.gateway, '')
        and coalesce(s.queue, '') = coalesce(d.queue, '')
        and coalesce(s.hangup_cause, '') = coalesce(d.hangup_cause, '')
        and coalesce(s.disposition, '') = coalesce(d.disposition, '')
        and coalesce(s.naive_category, '') = coalesce(d.naive_category, '')
        and coalesce(s.sip_code, 0) = coalesce(d.sip_code, 0)
        and s.domain is not distinct from d.domain
        and s.provider is not distinct from d.provider
        and s.gateway is not distinct from d.gateway
        and s.direction is not distinct from d.direction
        and s.queue is not distinct from d.queue
        and s.hangup_cause is not distinct from d.hangup_cause
        and s.sip_code is not distinct from d.sip_code
        and s.disposition is not distinct from d.disposition
        and s.alternatives is not distinct from d.alternatives
        and s.naive_category is not distinct from d.naive_category
    returning s.*
), counted as (
    select *, 1 as sign from gone
    union all
    select *, 1 from pg_temp.net
), added as (
    select
        -- include rules/stat_keys
        ,
        -- include rules/stat_sums
        , max(basis) as basis
    from counted
    group by
        -- include rules/stat_keys
), put as (
    insert into cdr.stat_hour
    select * from added
    where 0 <> any (array[
        -- include rules/stat_counts
    ])
    returning n = 0 or 0 > any (array[
        -- include rules/stat_counts
    ]) as is_wrong
)
select coalesce((select bool_or(is_wrong) from put), false)
    or exists (select 1 from gone where basis is distinct from (select max(basis) from pg_temp.net)) as anew;

-- What there is to see in a database after a fault, "name|values" a line.
--
-- `left`: backends, temporary tables, prepared transactions and locks of others.
-- `run`: how the last run says it ended.  Then a line a relation, what a load or a
-- recomputation leaves to read: how many rows, and a digest of what they say, whatever their
-- order.  Numbers of runs, files and rule sets are replaced by what they stand for:
-- a run that was killed has used some up.
\pset tuples_only on
\pset format unaligned

select 'left', (select count(*) from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()),
    (select count(*) from pg_class where relpersistence = 't'),
    (select count(*) from pg_prepared_xacts),
    (select count(*) from pg_locks
        where database = (select oid from pg_database where datname = current_database())
            and pid <> pg_backend_pid()
            and pid not in (select pid from pg_stat_activity where backend_type = 'autovacuum worker'));

select 'run', coalesce(max(exit_code) filter (where newest), -1), count(*)
from (select *, run_id = max(run_id) over () as newest from cdr.run) r;

-- The columns of a relation, but for such numbers and for times of loading.
select
    max(case relname when 'leg' then cols end) as leg,
    max(case relname when 'leg' then replace(cols, ' line_no,', '') end) as leg_alone,
    max(case relname when 'call' then cols end) as call,
    max(case relname when 'stat_hour' then cols end) as stat_hour,
    max(case relname when 'file' then cols end) as file,
    max(case relname when 'reject' then cols end) as reject,
    max(case relname when 'outcome_change' then cols end) as outcome_change
from pg_class c
cross join lateral (
    select string_agg(quote_ident(attname), ', ' order by attnum) as cols
    from pg_attribute
    where attrelid = c.oid and attnum > 0 and not attisdropped
        and attname not in ('run_id', 'file_id', 'reject_id', 'ruleset_id', 'old_ruleset_id', 'new_ruleset_id',
            'loaded_at', 'changed_at', 'closed_at', 'closed_by_run', 'name', 'is_joined')
) a
where c.relnamespace = 'cdr'::regnamespace
    and c.relname in ('leg', 'call', 'stat_hour', 'file', 'reject', 'outcome_change')
\gset

with told as (
    select 'leg' as relation, row(:leg)::text as says, run_id, file_id, ruleset_id from cdr.leg
    union all
    -- What the leg says, whoever told it.
    select 'leg alone', row(:leg_alone)::text, null, null, null from cdr.leg
    union all
    select 'leg_version', row(:leg)::text, run_id, file_id, ruleset_id from cdr.leg_version
    union all
    select 'call', row(:call)::text, null, null, null from cdr.call
    union all
    select 'stat_hour', row(:stat_hour)::text, null, null, null from cdr.stat_hour
    union all
    select 'file', row(:file)::text, run_id, null, null from cdr.file
    union all
    select 'reject', row(:reject)::text, null, file_id, null from cdr.reject
    union all
    select 'outcome_change', row(:outcome_change)::text, run_id, null, new_ruleset_id from cdr.outcome_change
)
select t.relation, count(*),
    sum(hashtextextended(concat_ws('|', t.says, r.kind, encode(f.sha256, 'hex'), s.identity), 0))
from told t
left join cdr.run r on r.run_id = t.run_id
left join cdr.file f on f.file_id = t.file_id
left join cdr.ruleset s on s.ruleset_id = t.ruleset_id
group by t.relation
order by t.relation;

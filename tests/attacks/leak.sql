-- Functions that tell their arguments, cheap enough to be called first; casts whose error
-- quotes the value; plans; rows as a whole; what the planner knows.
set search_path = pg_catalog, pg_temp; -- not into our own traps
create function pg_temp.tell(said text) returns boolean language plpgsql cost 0.0000001 as $$
begin
    raise notice 'told: %', said;
    return true;
end $$;

select caller from cdr.call where pg_temp.tell(caller) and pg_temp.tell(destination) and pg_temp.tell(agent);
select caller from cdr.attempt where pg_temp.tell(caller) and pg_temp.tell(destination) and pg_temp.tell(agent);
select c.caller from cdr.call c join cdr.attempt t on pg_temp.tell(c.caller || t.destination);
select count(*) from cdr.call group by pg_temp.tell(caller), pg_temp.tell(destination);
select 1 from cdr.call order by pg_temp.tell(caller), pg_temp.tell(destination);
select caller from cdr.calls_shown('2020-01-01', '2027-01-01') where pg_temp.tell(destination);
select caller::bigint from cdr.call;
select destination::bigint from cdr.attempt;
select caller::date from cdr.call;
select ('{' || destination || '}')::integer[] from cdr.attempt;
select xmlparse(document caller) from cdr.call;
select to_json(c), c::text from cdr.call c;
select to_json(t), t::text from cdr.attempt t;
select query_to_xml('select * from cdr.attempt', true, false, '');
explain (analyze, verbose, costs off) select * from cdr.call where caller like '%6%';
explain (verbose) select * from cdr.attempt where destination = '380' and pg_temp.tell(caller);
set plan_cache_mode = force_custom_plan;
prepare by_number (text) as select count(*) from cdr.call where caller = $1;
explain (analyze) execute by_number('380');
-- The planner's samples and whatever else describes tables.
select * from pg_stats where schemaname = 'cdr';
select stavalues1 from pg_statistic;
select * from pg_stats_ext;
select pg_get_viewdef('cdr.call'::regclass), prosrc from pg_proc where pronamespace = 'cdr'::regnamespace;
select name, reason, warnings, caption from cdr.file;
select * from cdr.file_shown;
-- Every relation that can be read at all.
select format('select %L, x::text from cdr.%I x;', relname, relname) from pg_class
where relnamespace = 'cdr'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by relname
\gexec
-- And every function of a period, or of nothing.
select format('select x::text from cdr.%I(%s) x;', p.proname, (
    select string_agg(case i when 1 then '''2020-01-01''' else '''2027-01-01''' end, ', ' order by i)
    from generate_series(1, p.pronargs - p.pronargdefaults) i))
from pg_proc p
where p.pronamespace = 'cdr'::regnamespace and p.prokind = 'f'
    and 'timestamptz'::regtype = all ((p.proargtypes::oid[])[0:p.pronargs - p.pronargdefaults - 1])
order by p.proname
\gexec
-- Backslashes in the texts of ours mean what they meant.
set standard_conforming_strings = off;
set escape_string_warning = off;
select caller, destination from cdr.call;
select name, reason, warnings from cdr.file_shown;
reset standard_conforming_strings;

-- A search path in front of pg_catalog: what our functions call by its bare name is ours,
-- is given the whole number, and tells it.
create function public.tell(said text) returns text language plpgsql as $$
begin
    raise notice 'told: %', said;
    return said;
end $$;

set search_path = public, pg_catalog;
create function "left"(text, integer) returns text language sql as $$ select tell($1) $$;
create function "right"(text, integer) returns text language sql as $$ select tell($1) $$;
create function length(text) returns integer language sql as $$ select pg_catalog.length(tell($1)) $$;
create function regexp_replace(text, text, text, text) returns text language sql as $$ select tell($1) $$;
create function regexp_replace(text, text, text) returns text language sql as $$ select tell($1) $$;
create function substring(text, text) returns text language sql as $$ select tell($1) $$;
create function substr(text, integer) returns text language sql as $$ select tell($1) $$;
create function substr(text, integer, integer) returns text language sql as $$ select tell($1) $$;
create function translate(text, text, text) returns text language sql as $$ select tell($1) $$;
create function pg_has_role(name, text, text) returns boolean language sql as $$ select true $$;
create function pg_has_role(text, text, text) returns boolean language sql as $$ select true $$;
create function pg_has_role(name, name, text) returns boolean language sql as $$ select true $$;
create function concat_told(text, text) returns text language sql as $$ select tell($1) $$;
create function equals_told(text, text) returns boolean language sql as $$ select tell($1) is null $$;
create function public.never(integer, integer) returns boolean language sql as $$ select true $$;
create operator || (leftarg = text, rightarg = text, function = concat_told);
create operator = (leftarg = text, rightarg = text, function = equals_told);
create operator ~ (leftarg = text, rightarg = text, function = equals_told);
create operator <= (leftarg = integer, rightarg = integer, function = never);
create operator > (leftarg = integer, rightarg = integer, function = never);
create type text as (told pg_catalog.text);

select caller, destination, agent from cdr.call;
select caller, destination, agent from cdr.attempt;
select cdr.number_shown(caller), cdr.number_masked(destination) from cdr.call;
select caller, destination, agent from cdr.calls_shown('2020-01-01', '2027-01-01');
select s.caller, s.destination, s.agent from cdr.call c
cross join lateral cdr.legs_shown(c.call_key, '2020-01-01', '2027-01-01') s;
select * from cdr.file_shown;

-- Full names, as in cdr.number_masked: this text becomes a part of the query that calls it.
create function cdr.percent(part numeric, whole numeric) returns numeric
    language sql
    immutable
    parallel safe
as $$
    select case when whole operator(pg_catalog.<>) 0
        then pg_catalog.round((100 operator(pg_catalog.*) part) operator(pg_catalog./) whole, 2) end
$$;

comment on function cdr.percent(numeric, numeric) is 'Percentage of two decimals; null of nothing.';

-- The other end of what wilson_low.sql tells.
create function cdr.wilson_high(part double precision, whole double precision) returns numeric
    language sql
    immutable
    parallel safe
as $$
    select case when (whole operator(pg_catalog.>) 0) and (part operator(pg_catalog.<=) whole) then
        pg_catalog.round(least(100, (100 operator(pg_catalog.*) (
            (part operator(pg_catalog.+) 1.9207294) operator(pg_catalog.+)
            (1.959964 operator(pg_catalog.*) pg_catalog.sqrt(
                ((part operator(pg_catalog.*) (whole operator(pg_catalog.-) part)) operator(pg_catalog./) whole)
                operator(pg_catalog.+) 0.9603647))
        )) operator(pg_catalog./) (whole operator(pg_catalog.+) 3.8414588))::numeric, 2)
    end
$$;

comment on function cdr.wilson_high(double precision, double precision) is
    'Upper end of the Wilson 95 % interval of part/whole, percent; null of nothing.';

-- Shares, and how sure they are.

-- name: percent
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

-- name: wilson_low
-- Edwin B. Wilson, 1927; z = 1.96.  Unlike the textbook's p +- z*s it stays within 0 and
-- 100 and is right for small samples and for shares near the ends:
--
--   100 * (part + z²/2 - z * sqrt(part * (whole - part) / whole + z²/4)) / (whole + z²)
--
-- Operators by their full names, as in cdr.number_masked: this text becomes a part of the
-- query that calls it.
create function cdr.wilson_low(part double precision, whole double precision) returns numeric
    language sql
    immutable
    parallel safe
as $$
    select case when (whole operator(pg_catalog.>) 0) and (part operator(pg_catalog.<=) whole) then
        pg_catalog.round(greatest(0, (100 operator(pg_catalog.*) (
            (part operator(pg_catalog.+) 1.9207294) operator(pg_catalog.-)
            (1.959964 operator(pg_catalog.*) pg_catalog.sqrt(
                ((part operator(pg_catalog.*) (whole operator(pg_catalog.-) part)) operator(pg_catalog./) whole)
                operator(pg_catalog.+) 0.9603647))
        )) operator(pg_catalog./) (whole operator(pg_catalog.+) 3.8414588))::numeric, 2)
    end
$$;

comment on function cdr.wilson_low(double precision, double precision) is
    'Lower end of the Wilson 95 % interval of part/whole, percent; null of nothing.';

-- name: wilson_high
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

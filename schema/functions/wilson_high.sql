-- Edwin B. Wilson, 1927; z = 1.96.  Unlike the textbook's p +- z*s it stays within 0 and
-- 100 and is right for small samples and for shares near the ends.
create function cdr.wilson_high(part double precision, whole double precision) returns numeric
    language sql
    immutable
    parallel safe
as $$
    select case when whole > 0 and part <= whole then round(least(100, 100 * (part + 1.9207294
        + 1.959964 * sqrt(part * (whole - part) / whole + 0.9603647)) / (whole + 3.8414588))::numeric, 2) end
$$;

comment on function cdr.wilson_high(double precision, double precision) is
    'Upper end of the Wilson 95 % interval of part/whole, percent; null of nothing.';

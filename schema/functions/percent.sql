create function cdr.percent(part numeric, whole numeric) returns numeric
    language sql
    immutable
    parallel safe
as $$
    select round(100 * part / nullif(whole, 0), 2)
$$;

comment on function cdr.percent(numeric, numeric) is 'Percentage of two decimals; null of nothing.';

-- Immutable, for the interval is of hours: so the planner knows the bound, and looks at the
-- partitions inside it only, however many there are.
create function cdr.call_reach_after(at timestamptz) returns timestamptz
    language sql
    immutable
    parallel safe
as $$
    select at + cdr.call_reach()
$$;

comment on function cdr.call_reach_after(timestamptz) is
    'Latest start of the call of a leg at that time.';

-- Immutable, for the interval is of hours: so the planner knows the bound, and looks at the
-- partitions inside it only, however many there are.
create function cdr.leg_reach_before(at timestamptz) returns timestamptz
    language sql
    immutable
    parallel safe
as $$
    select at - cdr.leg_reach()
$$;

comment on function cdr.leg_reach_before(timestamptz) is
    'Earliest start of a leg that another export has at that time.';

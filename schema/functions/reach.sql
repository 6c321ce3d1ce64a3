-- How far apart legs of one call, and what belongs to it, may start.

-- name: leg_reach
-- A leg is looked for this far from where a file has it: a mistaken zone moves it by a day
-- and an hour at most, daylight saving by another.
create function cdr.leg_reach() returns interval
    language sql
    immutable
    parallel safe
as $$
    select interval '26 hours'
$$;

comment on function cdr.leg_reach() is 'How far apart two exports may put one leg.';

-- name: call_reach
-- Legs of one call are looked for this far from each other.
create function cdr.call_reach() returns interval
    language sql
    immutable
    parallel safe
as $$
    select interval '24 hours'
$$;

comment on function cdr.call_reach() is 'How far apart the legs of one call may start.';

-- name: leg_reach_before
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

-- name: leg_reach_after
-- Immutable, for the interval is of hours: so the planner knows the bound, and looks at the
-- partitions inside it only, however many there are.
create function cdr.leg_reach_after(at timestamptz) returns timestamptz
    language sql
    immutable
    parallel safe
as $$
    select at + cdr.leg_reach()
$$;

comment on function cdr.leg_reach_after(timestamptz) is
    'Latest start of a leg that another export has at that time.';

-- name: call_reach_before
-- Immutable, for the interval is of hours: so the planner knows the bound, and looks at the
-- partitions inside it only, however many there are.
create function cdr.call_reach_before(at timestamptz) returns timestamptz
    language sql
    immutable
    parallel safe
as $$
    select at - cdr.call_reach()
$$;

comment on function cdr.call_reach_before(timestamptz) is
    'Earliest start of the call of a leg at that time.';

-- name: call_reach_after
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

-- name: far_reach
-- No call is looked for further away than this: every load of a file that lacks the A-leg of
-- a call looks so far back, once a run.
create function cdr.far_reach() returns interval
    language sql
    immutable
    parallel safe
as $$
    select interval '744 hours'
$$;

comment on function cdr.far_reach() is 'How far apart two legs that different files have may start, and are still one call in the statistics: 31 days.';

-- Legs of one call are looked for this far from each other.
create function cdr.call_reach() returns interval
    language sql
    immutable
    parallel safe
as $$
    select interval '24 hours'
$$;

comment on function cdr.call_reach() is 'How far apart the legs of one call may start.';

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

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

-- Declarations of a function of calls from period_from to period_to: where the legs begin and
-- end that such calls may have, and the starts of those that lie outside (cdr.far_call).
first_leg timestamptz := cdr.call_reach_before(period_from);
next_leg timestamptz := cdr.call_reach_after(period_to);
far_keys uuid[] := array(
    select distinct f.call_key from cdr.far_call f where f.started_at >= first_leg and f.started_at < next_leg);
far_starts timestamptz[] := array(
    select f.started_at from cdr.far_call f
    where f.call_key = any (far_keys) and (f.started_at < first_leg or f.started_at >= next_leg));

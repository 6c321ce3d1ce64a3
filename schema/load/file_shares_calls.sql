-- May a call have legs of this file, which start from $1 to $2, and of another one?  Its
-- A-leg is in one of the two at most: so the other one has legs that lack their A-leg.  $3:
-- this file has some.
select exists (
    select 1 from cdr.file
    where verdict = 'loaded' and ($3::boolean or has_orphans)
        and last_at >= cdr.leg_reach_before(cdr.call_reach_before($1::timestamptz))
        and first_at <= cdr.leg_reach_after(cdr.call_reach_after($2::timestamptz))
);

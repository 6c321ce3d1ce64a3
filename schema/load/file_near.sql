-- May a leg of a file that is loaded lie within a day and two hours of this
-- period?  The ledger knows: every leg starts inside its file's period, and a
-- zone mistaken moves a leg by a day at most.
select exists (
    select 1 from cdr.file
    where verdict = 'loaded'
        and last_at >= cdr.leg_reach_before($1::timestamptz)
        and first_at <= cdr.leg_reach_after($2::timestamptz)
);

-- The legs of [$1, $2), for whoever looks for numbers in them.
declare held no scroll cursor for
select started_at, call_key, leg_key, evidence_hash,
    -- include rules/personal_texts
    , extra::text as extra
from cdr.leg
where started_at >= $1::timestamptz and started_at < $2::timestamptz;

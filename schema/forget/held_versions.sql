-- The same of the versions of legs.
declare held no scroll cursor for
select started_at, call_key, leg_key, evidence_hash,
    -- include rules/personal_texts
    , extra::text as extra
from cdr.leg_version;

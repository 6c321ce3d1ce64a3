-- Legs of [$1, $2) that are named by what they say (version 8) and say 0000000 where a
-- number was; equals stand together, in the order in which they came.
declare named no scroll cursor for
select leg_key, started_at, duration, bill_seconds, talk_seconds, sip_code, caller,
    destination, direction, extension, hangup_cause, disposition
from cdr.leg
where started_at >= $1::timestamptz and started_at < $2::timestamptz
    and leg_key::text like '______________8____%'
    and (caller like '%0000000%' or destination like '%0000000%' or extension like '%0000000%')
order by started_at, duration, bill_seconds, talk_seconds, sip_code, caller,
    destination, direction, extension, hangup_cause, disposition, file_id, line_no, leg_key;

-- The legs to decide again: of a period, perhaps of one provider.
declare legs no scroll cursor for
select l.*, l.extra ->> 'network_addr' as network_addr, l.extra ->> 'sip_phrase' as sip_phrase
from cdr.leg l
where l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz
    and ($3::text is null or l.provider = $3::text);

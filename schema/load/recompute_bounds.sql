-- Where the legs of a period begin and end: ms since 1970, null without any.
select floor(extract(epoch from min(started_at)) * 1000)::bigint,
    floor(extract(epoch from max(started_at)) * 1000)::bigint
from cdr.leg
where started_at >= $1::timestamptz and started_at < $2::timestamptz;

-- When the first leg starts from $1 on and before $2: ms since 1970, null without any.
select floor(extract(epoch from min(started_at)) * 1000)::bigint
from cdr.leg
where started_at >= $1::timestamptz and started_at < $2::timestamptz;

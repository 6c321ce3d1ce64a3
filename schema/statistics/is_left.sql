-- Do the statistics still know hours between $1 and $2?
select exists (
    select 1 from cdr.stat_hour where hour >= $1::timestamptz and hour < $2::timestamptz
);

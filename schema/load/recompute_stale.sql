-- Were statistics between the hours $1 and $2 built before somebody changed what they
-- depend on?  A difference counted today does not fit them.
select exists (
    select from cdr.stat_hour
    where hour >= $1::timestamptz and hour <= $2::timestamptz
        and age(xmin) > (
            select min(basis.age) from (
                select age(xmin) as age from cdr.setting
                where setting in ('short_call_seconds', 'service_seconds', 'soon_seconds')
                union all
                select age(xmin) from cdr.category
            ) basis
        )
);

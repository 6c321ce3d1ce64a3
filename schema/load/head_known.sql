-- Are legs of the file's head there already?  A guess that saves a reading: what
-- decides is clash.sql.
select exists (
    select 1 from cdr.leg
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz
        and leg_key in (select unnest($3::uuid[]))
);

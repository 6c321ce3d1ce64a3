-- The day, and whose legs.
insert into pg_temp.slice values ($1::timestamptz, $2::timestamptz, $3::text[], $4::text[]);

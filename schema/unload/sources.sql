-- And it is no source of any leg.
delete from cdr.leg_source where file_id = $1::integer;

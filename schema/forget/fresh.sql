-- How many of them did not stay away before?
select count(distinct w.hmac)
from pg_temp.wanted w
where not w.is_spelling and w.hmac not in (select hmac from cdr.suppression);

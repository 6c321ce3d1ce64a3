-- Why somebody should look now; no row when all is well.
-- $1 hours after which the last good run is too old, $2 the newest leg (null: what is usual).
select a.about, a.remedy
from cdr.attention($1::numeric, $2::numeric) a
order by a.place, a.about

-- How many legs go, how many stay as others have them, and of these how many change.
select count(*) filter (where fate = 'only') as gone, count(*) filter (where fate <> 'only') as kept,
    count(*) filter (where fate = 'other') as changed
from pg_temp.taken;

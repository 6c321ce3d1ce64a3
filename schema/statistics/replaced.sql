-- Rows that others take the place of, by where they stand ($1): only whoever holds the lock
-- writes statistics.
delete from cdr.stat_hour where ctid = any ($1::tid[]);

-- The legs of the month that begins on $1, by columns; null: somebody reads them.
select cdr.store_month($1::date, 'columnar') as is_stored;

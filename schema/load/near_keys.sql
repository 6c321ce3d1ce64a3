-- What is kept of the keys of the files $1.
select keys from cdr.file_keys where file_id = any ($1::integer[]) order by file_id;

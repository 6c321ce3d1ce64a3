-- And the caption lines of these files.
update cdr.file set caption = null where file_id = any ($1::integer[]);

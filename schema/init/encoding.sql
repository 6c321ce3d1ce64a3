-- Is the database encoded in UTF8?  Its name and its encoding, for the sentence.
select d.encoding = pg_char_to_encoding('UTF8'), d.datname, pg_encoding_to_char(d.encoding)
from pg_catalog.pg_database d
where d.datname = current_database();

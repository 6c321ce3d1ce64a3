-- Which key made the pseudonyms of this database; no row: numbers are as they are.
select key_id
from cdr.pseudonym_key

-- The key of the forgotten.
select key from cdr.forgotten_key;

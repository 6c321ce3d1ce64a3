-- The key of the HMACs.
select key from cdr.suppression_key;

-- Forget the text of these rejects.
update cdr.reject set raw = null where reject_id = any ($1::bigint[]);

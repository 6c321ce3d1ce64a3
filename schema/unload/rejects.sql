-- Its rejects are nobody's to mend any more: run $2 closes them.
update cdr.reject set closed_at = now(), closed_by_run = $2::integer
where file_id = $1::integer and closed_at is null;

-- Text of rejects that is older than the setting allows.
update cdr.reject set raw = null
where raw is not null and file_id in (
    select f.file_id from cdr.file f
    where f.loaded_at < now() - (
        select s.value::integer from cdr.setting s where s.setting = 'reject_text_days') * interval '1 day')

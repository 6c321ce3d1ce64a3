-- How many days the text of rejects is kept.
select s.value::integer from cdr.setting s where s.setting = 'reject_text_days'

-- Rejects that can be written back: the caption line that belongs above them, and
-- their text only for a time.

set local role cdretl_owner;

alter table cdr.file add column caption bytea;
comment on column cdr.file.caption is 'Caption line of a CSV file that has rejects: they are written back below it. Null for others.';

alter table cdr.reject alter column raw drop not null;
comment on column cdr.reject.raw is 'The record as it stood, any bytes, perhaps cut; null once its file is older than the setting reject_text_days.';

-- Of a record that is too long only the beginning was ever kept.
update cdr.reject set raw_is_cut = true where code = 'too_long';

insert into cdr.setting (setting, value, meaning) values
    ('reject_text_days', '90', 'The text of rejects is forgotten so many days after their file was loaded; how many there were, where and why stays. Works when the next run ends.');

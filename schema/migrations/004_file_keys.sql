-- Which files can have a leg in common is known from their keys, without looking at legs.

set local role cdretl_owner;

create table cdr.file_keys (
    file_id integer primary key references cdr.file,
    keys bytea not null
);

-- They are as good as random: compressing would try in vain.
alter table cdr.file_keys alter column keys set storage external;

comment on table cdr.file_keys is 'Filters of the keys of loaded files, eight bytes a leg: by them a load knows which earlier files may have a leg of its own. Where one is missing, legs are searched instead: rows may be deleted.';
comment on column cdr.file_keys.file_id is 'The file.';
comment on column cdr.file_keys.keys is 'A Bloom filter, as etl/loader/key_filter.h has it.';

grant select, insert, delete on cdr.file_keys to cdretl_loader;

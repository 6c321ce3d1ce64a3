-- Keys of this database, made here, for the loader's eyes alone.

set local role cdretl_owner;

create table cdr.secret (
    purpose text collate "C" primary key,
    key bytea not null check (octet_length(key) >= 16),
    made_at timestamptz not null default now()
);

comment on table cdr.secret is 'Keys of this database: random, made by init. Keep them with the database; whoever has one can try out what was made with it.';
comment on column cdr.secret.purpose is 'leg_name: names of legs whose export gives no id.';
comment on column cdr.secret.key is 'The key.';
comment on column cdr.secret.made_at is 'When it was made.';

-- A random uuid has 122 random bits: two of them, digested, fill 128.
insert into cdr.secret (purpose, key)
select 'leg_name', substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16);

grant select on cdr.secret to cdretl_loader;
grant update (call_key) on cdr.cut_call to cdretl_loader;

-- Numbers that nobody may know any more.
--
-- A number is kept as its HMAC-SHA-256 only, so that a later export cannot bring it
-- back.  The key is made here, once a database: without one, whoever has the list
-- finds every number in it by trying them all.  It is for the loader's eyes alone.

set local role cdretl_owner;

create table cdr.forgotten_key (
    key bytea not null check (octet_length(key) = 32),
    is_it boolean primary key default true check (is_it)
);

-- Three random uuids are more than 256 random bits.
insert into cdr.forgotten_key (key)
select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

create table cdr.forgotten (
    hmac bytea primary key check (octet_length(hmac) = 32),
    run_id integer not null references cdr.run,
    forgotten_at timestamptz not null default now()
);

comment on table cdr.forgotten_key is 'The key of cdr.forgotten: random, one a database. Keep it with the database: without it forgotten numbers come back.';
comment on column cdr.forgotten_key.key is 'The key, 32 random bytes.';
comment on column cdr.forgotten_key.is_it is 'True: there is one key.';
comment on table cdr.forgotten is 'Numbers of subscribers that were erased and stay away: the loader puts 0000000 where one of them stands.';
comment on column cdr.forgotten.hmac is 'HMAC-SHA-256 of the number''s digits.';
comment on column cdr.forgotten.run_id is 'Run that forgot it.';
comment on column cdr.forgotten.forgotten_at is 'When.';

comment on column cdr.reject.raw is
    'The record as it stood, any bytes, perhaps cut; null or empty when it was forgotten: its file is older than the setting reject_text_days, its month was purged, or it held a forgotten number.';

-- What stands for a forgotten number is no secret.
create or replace function cdr.number_shown(number text) returns text
    language sql
    stable
as $$
    select case
        when length(number) <= 6 or number = '0000000' then number
        when pg_has_role(current_user, 'cdretl_loader', 'usage') then number
        when pg_has_role(current_user, 'cdretl_owner', 'usage') then number
        else left(number, -6) || '****' || right(number, 2)
    end
$$;

create or replace function cdr.number_masked(number text) returns text
    language sql
    immutable
    parallel safe
as $$
    select case
        when length(number) <= 6 or number = '0000000' then number
        else left(number, -6) || '****' || right(number, 2)
    end
$$;

grant select on cdr.forgotten_key to cdretl_loader;
grant select, insert on cdr.forgotten to cdretl_loader;

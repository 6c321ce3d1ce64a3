-- Numbers as pseudonyms: which key made them; and where the time of a run went.
--
-- The key itself is never here.  One row makes the database one of pseudonyms: loads
-- without the key, or with another one, are refused, so that a person is one pseudonym.

set local role cdretl_owner;

create table cdr.pseudonym_key (
    key_id text not null,
    run_id integer not null references cdr.run,
    begun_at timestamptz not null default now(),
    singleton boolean primary key default true check (singleton)
);

comment on table cdr.pseudonym_key is 'Present when numbers of people are stored as pseudonyms: which key made them. The key is with whoever loads.';
comment on column cdr.pseudonym_key.key_id is 'A digest that names the key and gives nothing away; behind the / how many leading digits are kept.';
comment on column cdr.pseudonym_key.run_id is 'The first run that loaded with it.';
comment on column cdr.pseudonym_key.begun_at is 'When.';
comment on column cdr.pseudonym_key.singleton is 'True: there is one key.';

grant select, insert on cdr.pseudonym_key to cdretl_loader;
grant select on cdr.pseudonym_key to cdretl_dashboard;

-- Where the time of a run went; null for runs of before, and for those that load nothing.
alter table cdr.run add column seconds jsonb;

comment on column cdr.run.seconds is 'Seconds of each phase of its files together: read, merge, statistics, commit. Null when it loaded none.';

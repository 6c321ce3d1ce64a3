-- Calls whose legs lie further apart than a call is looked for.
--
-- The legs of a call are looked for within a day of each other (call_reach()): whoever counts
-- an hour reads three days, and not all there is.  A call that lasts longer is noted here, by
-- the starts of its legs, and is counted with all of them.

set local role cdretl_owner;

create table cdr.far_call (
    call_key uuid not null,
    started_at timestamptz not null,
    primary key (call_key, started_at)
);

create index far_call_started_at on cdr.far_call (started_at);

comment on table cdr.far_call is 'Calls whose legs start further apart than cdr.call_reach(), a row for the start of each of their legs. A start may have changed since: then no leg is found there.';
comment on column cdr.far_call.call_key is 'Key of the call.';
comment on column cdr.far_call.started_at is 'Start of one of its legs.';

grant select, insert, update, delete on cdr.far_call to cdretl_loader;

-- Whose legs were not yet looked at: a run that is killed leaves it to the next.
alter table cdr.file
    add column has_far_calls boolean not null default false,
    add column is_joined boolean not null default false;

comment on column cdr.file.has_far_calls is 'It has a call whose legs start further apart than cdr.call_reach().';
comment on column cdr.file.is_joined is 'Its legs were held against those of other files, for calls that reach further than a day.';

-- Days that a recomputation has finished, so that one that was interrupted goes on
-- where it stopped.

set local role cdretl_owner;

create sequence cdr.recompute_slice_id_seq as bigint;

create table cdr.recompute_slice (
    slice_id bigint primary key default nextval('cdr.recompute_slice_id_seq'),
    run_id integer not null references cdr.run,
    period_from timestamptz not null,
    period_to timestamptz not null,
    providers text[],
    categories text[],
    first_at timestamptz not null,
    next_at timestamptz not null,
    file_id integer not null,
    done_at timestamptz not null default now(),
    legs bigint not null,
    changed bigint not null,
    hours bigint not null,
    moves jsonb not null,
    closed_by_run integer
);

create index recompute_slice_open on cdr.recompute_slice (period_from) where closed_by_run is null;

comment on sequence cdr.recompute_slice_id_seq is 'Numbers of finished days of recomputations, in the order in which they were finished.';
comment on table cdr.recompute_slice is 'Days that a recomputation has finished. The same recomputation, begun again after it was interrupted, does not read them again.';
comment on column cdr.recompute_slice.slice_id is 'Number; a greater one was finished later.';
comment on column cdr.recompute_slice.run_id is 'The recomputation; its rule set and program decided.';
comment on column cdr.recompute_slice.period_from is 'First start of the period it was asked for.';
comment on column cdr.recompute_slice.period_to is 'Start behind the last of that period.';
comment on column cdr.recompute_slice.providers is 'Only legs of these carriers were decided again; null: all.';
comment on column cdr.recompute_slice.categories is 'Only legs of these categories, as they were stored; null: all.';
comment on column cdr.recompute_slice.first_at is 'Begin of the day (UTC), or of the period.';
comment on column cdr.recompute_slice.next_at is 'Its end, half-open. Legs behind it whose call has a leg before it were decided with it.';
comment on column cdr.recompute_slice.file_id is 'Newest file of the ledger when it was finished: a later one with legs of this day and another rule set makes it unfinished again.';
comment on column cdr.recompute_slice.done_at is 'When it was finished.';
comment on column cdr.recompute_slice.legs is 'Legs decided again.';
comment on column cdr.recompute_slice.changed is 'Legs whose outcome changed.';
comment on column cdr.recompute_slice.hours is 'Hours whose statistics changed.';
comment on column cdr.recompute_slice.moves is 'How many legs went from which category to which, or stayed.';
comment on column cdr.recompute_slice.closed_by_run is 'Run that finished the whole period; null while there is something to go on with.';

grant select, insert, update on cdr.recompute_slice to cdretl_loader;
grant select on cdr.recompute_slice to cdretl_dashboard;
grant usage on sequence cdr.recompute_slice_id_seq to cdretl_loader;

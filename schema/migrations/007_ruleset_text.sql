-- What a rule set was, and not only its name: its files, who used it first, and why.

set local role cdretl_owner;

alter table cdr.ruleset add column recorded_by text;
alter table cdr.ruleset alter column recorded_by set default session_user;
alter table cdr.ruleset add column note text;

comment on column cdr.ruleset.recorded_by is 'Login whose run used it first; null when a version recorded it that did not say.';
comment on column cdr.ruleset.note is 'Why there is another set: the first --note of a run that used it; null when none gave one.';

-- Most sets have most files in common, so a text is stored once. PostgreSQL compresses it.
create table cdr.ruleset_text (
    digest bytea primary key,
    bytes integer not null,
    content bytea not null
);

comment on table cdr.ruleset_text is 'Texts of mapping files, each once; see cdr.ruleset_file.';
comment on column cdr.ruleset_text.digest is 'SHA-256 of the text.';
comment on column cdr.ruleset_text.bytes is 'Its length.';
comment on column cdr.ruleset_text.content is 'The text, byte for byte.';

create table cdr.ruleset_file (
    ruleset_id integer not null references cdr.ruleset,
    folder smallint not null,
    name text collate "C" not null,
    digest bytea not null references cdr.ruleset_text,
    primary key (ruleset_id, folder, name)
);

comment on table cdr.ruleset_file is 'Files of the rule sets as the run read them that used a set first; a set without any was recorded by a version that kept none, or is too large.';
comment on column cdr.ruleset_file.ruleset_id is 'Rule set, see cdr.ruleset.';
comment on column cdr.ruleset_file.folder is 'Which of the folders it is from; 1 is the shipped one, what lies over it comes behind.';
comment on column cdr.ruleset_file.name is 'Its path in that folder.';
comment on column cdr.ruleset_file.digest is 'Its text, see cdr.ruleset_text.';

grant select on cdr.ruleset_file, cdr.ruleset_text to cdretl_loader;
grant insert on cdr.ruleset_file, cdr.ruleset_text to cdretl_loader;

-- Cases and gateways have numbers of people, which readers see masked: cdr.ruleset_shown.
grant select on cdr.ruleset_file to cdretl_dashboard;
grant select (digest, bytes) on cdr.ruleset_text to cdretl_dashboard;

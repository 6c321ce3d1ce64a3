-- Why a rule decides as it does, for who looks at a leg that it decided: boards cannot read
-- mapping files, and those of then may be gone.

set local role cdretl_owner;

create table cdr.rule (
    ruleset_id integer not null references cdr.ruleset,
    rule_id text collate "C" not null,
    why text,
    primary key (ruleset_id, rule_id)
);

comment on table cdr.rule is 'Rules of the rule sets that ever decided a leg, and why they decide so. Copied from the mapping files by the run that used the set first.';
comment on column cdr.rule.ruleset_id is 'Rule set, see cdr.ruleset.';
comment on column cdr.rule.rule_id is 'The rule''s id, as cdr.leg has it.';
comment on column cdr.rule.why is 'Its reason, as the mapping file gives it; null when it gives none.';

grant select on cdr.rule to cdretl_loader, cdretl_dashboard;
grant insert on cdr.rule to cdretl_loader;

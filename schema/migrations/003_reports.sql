-- What reports and boards need to know: which answers are a machine's, which outcomes are a
-- sign of life, whose numbers begin how, and a key for names of employees.

set local role cdretl_owner;

alter table cdr.category add column is_machine boolean not null default false;
alter table cdr.category add column is_sign_of_life boolean not null default false;

comment on column cdr.category.is_machine is 'What answered was no person (machine). Told apart from people wherever answers are counted.';
comment on column cdr.category.is_sign_of_life is 'The phone of that number was in use then (sign_of_life). For cdretl numbers.';

create table cdr.number_prefix (
    prefix text collate "C" primary key,
    country text not null,
    operator text not null,
    kind text collate "C" not null
);

comment on table cdr.number_prefix is 'How numbers in international form begin, and who was given them. Copied from mappings/prefixes.json by init; edit it there. A number may have been carried to another operator since.';
comment on column cdr.number_prefix.prefix is 'First digits, + in front; the longest that fits counts.';
comment on column cdr.number_prefix.country is 'Country, for people.';
comment on column cdr.number_prefix.operator is 'Operator or area that the numbering plan gave them to.';
comment on column cdr.number_prefix.kind is 'mobile, fixed, service or other.';

grant select on cdr.number_prefix to cdretl_loader, cdretl_dashboard;
grant insert, update, delete on cdr.number_prefix to cdretl_loader;

insert into cdr.secret (purpose, key)
select 'agent_label', substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16);

comment on column cdr.kpi_definition.unit is 'percent, seconds, minutes, count.';
comment on column cdr.secret.purpose is 'leg_name: names of legs whose export gives no id. agent_label: labels that stand for names of employees.';

-- Small tables that legs and statistics refer to by name: rule sets,
-- categories, providers, settings, definitions of the KPIs.

set local role cdretl_owner;

create sequence cdr.ruleset_id_seq as integer;

create table cdr.ruleset (
    ruleset_id integer primary key default nextval('cdr.ruleset_id_seq'),
    identity text collate "C" not null unique,
    first_used_at timestamptz not null default now()
);

comment on sequence cdr.ruleset_id_seq is 'Numbers of rule sets.';
comment on table cdr.ruleset is 'Rule sets that ever decided a leg; a leg names the one that decided it.';
comment on column cdr.ruleset.ruleset_id is 'Short number of the rule set, used in cdr.leg.';
comment on column cdr.ruleset.identity is 'SHA-256 of the canonical form of the mapping folder, 64 hex digits.';
comment on column cdr.ruleset.first_used_at is 'When a run used it first.';

create table cdr.category (
    category text collate "C" primary key,
    outcome_group text collate "C",
    label_en text not null,
    label_uk text,
    label_ru text,
    is_answered boolean not null default false,
    is_bid boolean not null default true,
    is_seizure boolean not null default true,
    delivered text collate "C" not null default 'no'
        check (delivered in ('yes', 'no', 'if_rang')),
    is_local_failure boolean not null default false,
    is_elsewhere boolean not null default false,
    seer boolean not null default false,
    retry text collate "C"
);

comment on table cdr.category is 'The taxonomy: what a call or a leg can come to, and how each category counts in the KPIs.';
comment on column cdr.category.category is 'Code of the category, as in cdr.leg.category.';
comment on column cdr.category.outcome_group is 'answered, subscriber, caller, network or system; null for UNDETERMINED, whose group comes from its alternatives.';
comment on column cdr.category.label_en is 'Name in English.';
comment on column cdr.category.label_uk is 'Name in Ukrainian.';
comment on column cdr.category.label_ru is 'Name in Russian.';
comment on column cdr.category.is_answered is 'The other side answered.';
comment on column cdr.category.is_bid is 'Counts as a bid when not answered: in the denominator of ABR.';
comment on column cdr.category.is_seizure is 'Counts as a seizure when not answered: in the denominator of ASR and NER.';
comment on column cdr.category.delivered is 'Whether the network did its part (numerator of NER): yes, no, or only if the other side rang.';
comment on column cdr.category.is_local_failure is 'The call never left the platform.';
comment on column cdr.category.is_elsewhere is 'The leg lost to another leg; never the outcome of a call.';
comment on column cdr.category.seer is 'In the numerator of SEER (RFC 6076).';
comment on column cdr.category.retry is 'Advice to a dialer: yes, no, limited, other_gateway, caller_decides.';

insert into cdr.category (category, outcome_group, label_en, label_uk, label_ru, is_answered,
    is_bid, is_seizure, delivered, is_local_failure, is_elsewhere, seer, retry)
values
    ('ANSWERED', 'answered', 'Answered', 'Відповіли', 'Отвечен', true, true, true, 'yes', false, false, true, 'no'),
    ('ANSWERED_MACHINE', 'answered', 'Answered by machine', 'Автовідповідач', 'Автоответчик', true, true, true, 'yes', false, false, true, 'yes'),
    ('NO_ANSWER', 'subscriber', 'No answer', 'Немає відповіді', 'Нет ответа', false, true, true, 'yes', false, false, true, 'yes'),
    ('BUSY', 'subscriber', 'Busy', 'Зайнято', 'Занято', false, true, true, 'yes', false, false, true, 'yes'),
    ('REJECTED', 'subscriber', 'Rejected by the called party', 'Відхилено абонентом', 'Отклонён абонентом', false, true, true, 'yes', false, false, true, 'limited'),
    ('UNREACHABLE', 'subscriber', 'Switched off, out of coverage or not registered', 'Поза зоною', 'Недоступен', false, true, true, 'yes', false, false, true, 'yes'),
    ('INVALID_NUMBER', 'subscriber', 'Invalid number', 'Неправильний номер', 'Неверный номер', false, true, true, 'no', false, false, false, 'no'),
    ('CALLER_CANCEL', 'caller', 'Cancelled by the caller', 'Скасовано абонентом, що дзвонить', 'Отменён звонящим', false, true, true, 'if_rang', false, false, false, 'caller_decides'),
    ('BLOCKED', 'network', 'Blocked by a network service', 'Заблоковано мережею', 'Заблокирован сетью', false, true, true, 'no', false, false, false, 'no'),
    ('ACCESS_DENIED', 'network', 'Refused: our account or identity', 'Відмова в обслуговуванні', 'Отказ в обслуживании', false, true, true, 'no', false, false, false, 'no'),
    ('CONGESTION', 'network', 'No capacity', 'Перевантаження', 'Перегрузка', false, true, true, 'no', false, false, false, 'yes'),
    ('NETWORK_FAILURE', 'network', 'Network or protocol failure', 'Збій мережі', 'Сбой сети', false, true, true, 'no', false, false, false, 'yes'),
    ('SIGNALING_TIMEOUT', 'network', 'No signalling response', 'Немає відповіді сигналізації', 'Нет ответа сигнализации', false, true, true, 'no', false, false, false, 'yes'),
    ('NO_ROUTE', 'network', 'No route', 'Немає маршруту', 'Нет маршрута', false, true, true, 'no', false, false, false, 'other_gateway'),
    ('MEDIA_FAILURE', 'network', 'Media failure', 'Збій медіа', 'Сбой медиа', false, true, true, 'no', false, false, false, 'yes'),
    ('LOCAL_UNAVAILABLE', 'system', 'Own gateway or endpoint unavailable', 'Локальна недоступність', 'Локальная недоступность', false, true, false, 'no', true, false, false, 'yes'),
    ('SYSTEM_TERMINATED', 'system', 'Ended by the platform', 'Завершено системою', 'Завершён системой', false, true, true, 'if_rang', false, false, false, 'yes'),
    ('TRANSFERRED', 'system', 'Leg moved', 'Переведено', 'Переведён', false, false, false, 'no', false, false, false, 'no'),
    ('ANSWERED_ELSEWHERE', 'system', 'Answered on another leg', 'Відповіли на іншому плечі', 'Отвечен на другом плече', false, false, false, 'no', false, true, false, 'no'),
    ('UNDETERMINED', null, 'Undetermined', 'Не визначено', 'Не определено', false, true, true, 'no', false, false, false, 'yes');

create table cdr.provider (
    provider text collate "C" primary key,
    name text not null
);

comment on table cdr.provider is 'Carriers that the mapping files know.';
comment on column cdr.provider.provider is 'Id of the carrier, lower case, as in cdr.leg.provider.';
comment on column cdr.provider.name is 'Name for people.';

create table cdr.setting (
    setting text collate "C" primary key,
    value text not null,
    meaning text not null
);

comment on table cdr.setting is 'What views and statistics need to know about this installation; update freely.';
comment on column cdr.setting.setting is 'Name of the setting.';
comment on column cdr.setting.value is 'Its value, as text.';
comment on column cdr.setting.meaning is 'What it does, and what must follow a change.';

insert into cdr.setting (setting, value, meaning) values
    ('zone', 'Europe/Kyiv', 'Time zone of the day views, an IANA name. Works at once.'),
    ('short_call_seconds', '5', 'An answered call of at most so many billed seconds is short. Applies to hours built from then on.'),
    ('service_seconds', '20', 'A queue''s caller answered within so many seconds was served in time (the service level''s T). Applies to hours built from then on.'),
    ('soon_seconds', '5', 'A queue''s caller who leaves within so many seconds left soon and is no fault of the queue. Applies to hours built from then on.'),
    ('enough_calls', '30', 'Below this sample size a ratio deserves no alarm. Works at once.');

create table cdr.kpi_definition (
    kpi text collate "C" primary key,
    name text not null,
    formula text not null,
    variant text not null,
    source text not null,
    unit text collate "C" not null,
    is_default boolean not null
);

comment on table cdr.kpi_definition is 'What every KPI means here: formula, variant, source. Names of views'' columns where we compute it.';
comment on column cdr.kpi_definition.kpi is 'Short name; a column of that name in the KPI views is this KPI.';
comment on column cdr.kpi_definition.name is 'Full name.';
comment on column cdr.kpi_definition.formula is 'How it is computed.';
comment on column cdr.kpi_definition.variant is 'Which reading of the term this is, and what other readings do.';
comment on column cdr.kpi_definition.source is 'Standard or practice it comes from, and how sure we are.';
comment on column cdr.kpi_definition.unit is 'percent, seconds, count.';
comment on column cdr.kpi_definition.is_default is 'Computed by the shipped views; the others are listed so that nobody mistakes one for the other.';

grant select on cdr.ruleset, cdr.category, cdr.provider, cdr.setting, cdr.kpi_definition
    to cdretl_loader, cdretl_dashboard;
grant insert, update on cdr.ruleset, cdr.category, cdr.provider to cdretl_loader;
grant usage on sequence cdr.ruleset_id_seq to cdretl_loader;

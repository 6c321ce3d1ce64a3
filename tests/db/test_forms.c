/*
 * Every statement that the program sends, every function and view, every query of a
 * board: in forms that a Citus cluster takes too (tests/support/sql_forms.h).
 */
#include <criterion/criterion.h>
#include <ctype.h>
#include <glob.h>
#include <jansson.h>
#include <stdio.h>

#include "base/base.h"
#include "db/sql.h"
#include "support/legs.h"
#include "support/sql_forms.h"

static struct db *db;
static struct sql_functions functions;

static char *copy_of(const char *text)
{
    return memcpy(xcalloc(strlen(text) + 1, 1), text, strlen(text));
}

/* Functions of the catalog that are of that volatility in every form. */
static char *functions_that_are(char volatility)
{
    struct buf query = { 0 };

    buf_addf(
        &query,
        "select '|' || string_agg(proname, '|') || '|' from (select proname::text from "
        "pg_proc where prokind = 'f' and pronamespace in ('pg_catalog'::regnamespace, "
        "'cdr'::regnamespace) group by proname having bool_and(provolatile = '%c')) f",
        volatility);

    char *names = copy_of(legs_ask(db, buf_cstr(&query)));

    buf_free(&query);
    return names;
}

static void setup(void)
{
    db = legs_database(true);
    functions =
        (struct sql_functions){ functions_that_are('s'), functions_that_are('v') };
}

static void teardown(void)
{
    legs_database_drop(db);
}

TestSuite(forms, .init = setup, .fini = teardown);

/* One text for each rule that breaks it, and what may be said instead. */
static const struct {
    const char *rule, *red, *green;
} examples[] = {
    { "empty select list", "select exists (select from cdr.leg where caller = '1')",
      "select exists (select 1 from cdr.leg where caller = '1')" },
    { "query in VALUES",
      "insert into cdr.run (kind) values ('a'), ((select max(kind) from cdr.run))",
      "insert into cdr.run (kind) select max(kind) from cdr.run" },
    { "function in SQL that reads tables",
      "create or replace function cdr.f(at date) returns bigint language sql stable as "
      "$$ "
      "select count(*) from cdr.leg where started_at > at $$",
      "create function cdr.f(at date) returns bigint language plpgsql stable as $$ begin "
      "return (select count(*) from cdr.leg where started_at > at); end $$" },
    { "fickle function in UPDATE or DELETE",
      "update cdr.leg set sip_reason = array_to_string(alternatives, ' ') where sip_code "
      "= 1",
      "update cdr.leg set sip_reason = regexp_replace(sip_reason, $1, '') where sip_code "
      "= 1" },
    { "fickle function in UPDATE or DELETE",
      "update cdr.leg_version v set evidence_hash = "
      "hashtextextended(gen_random_uuid()::text, "
      "1) from pg_temp.erased e where v.leg_key = e.leg_key",
      "update cdr.leg_version v set evidence_hash = e.new_hash from (select *, "
      "gen_random_uuid() as new_hash from pg_temp.erased) e where v.leg_key = "
      "e.leg_key" },
    { "fickle function in UPDATE or DELETE",
      "delete from cdr.leg where to_char(started_at, 'YYYY') = '2020'",
      "delete from cdr.leg where started_at < now()" },
    { "fickle function in ON CONFLICT",
      "insert into cdr.provider (provider) values ($1) on conflict (provider) do update "
      "set "
      "seen_at = now()",
      "insert into cdr.provider (provider) select now() on conflict (provider) do update "
      "set "
      "seen_at = excluded.seen_at" },
    { "update of the key that distributes",
      "update cdr.leg l set domain = 'x', call_key = m.new_key from pg_temp.moved m "
      "where "
      "m.leg_key = l.leg_key",
      "update cdr.leg l set domain = m.call_key from pg_temp.moved m where l.call_key = "
      "m.call_key" },
    { "change of one kind of table by another",
      "update cdr.reject set raw = null where file_id < (select s.value::integer from "
      "cdr.setting s)",
      "update cdr.reject set raw = null where file_id in (select f.file_id from cdr.file "
      "f)" },
    { "change of one kind of table by another",
      "update cdr.category c set position = n.position from pg_temp.news n where "
      "n.category = "
      "c.category",
      "update cdr.category set position = null where category <> all ($1)" },
    { "EXISTS across tables",
      "insert into cdr.leg_source select l.leg_key from cdr.leg l where not exists "
      "(select 1 "
      "from cdr.leg_record r where r.leg_key = l.leg_key)",
      "insert into cdr.leg select * from pg_temp.stage s where not exists (select 1 from "
      "pg_temp.conflict c where c.leg_key = s.leg_key)" },
    { "EXISTS across tables",
      "select v.* from cdr.leg_version v where exists (select 1 from pg_temp.renamed r "
      "where "
      "r.old_key in (v.leg_key, v.call_key))",
      "select v.* from cdr.leg_version v where v.leg_key in (select r.old_key from "
      "pg_temp.renamed r)" },
    { "place of rows",
      "delete from cdr.leg_source s using pg_temp.m where s.ctid = m.place",
      "delete from pg_temp.stage s using pg_temp.stage f where f.ctid < s.ctid" },
    { "recursion or grouping sets over legs",
      "select side, category, count(*) from cdr.leg group by rollup (side, category)",
      "select unit, category, sum(n) from cdr.stat_hour group by rollup (unit, "
      "category)" },
    { "query beside no table",
      "select o.answered from cdr.leg l cross join lateral (select l.category = any "
      "(array(select k.category from cdr.category k where k.is_answered)) as answered) o",
      "select o.answered from (select l.category = any (array(select k.category from "
      "cdr.category k where k.is_answered)) as answered from cdr.leg l) l cross join "
      "lateral (select l.answered is true as answered) o" },
    { "who asks, beside tables",
      "create function cdr.f() returns setof text language plpgsql as $$ begin return "
      "query select l.agent from cdr.leg l where cdr.sees_agents(); end $$",
      "create function cdr.f() returns setof text language plpgsql as $$ declare sees "
      "boolean := cdr.sees_agents(); begin return query select l.agent from cdr.leg l "
      "where sees; end $$" },
    { "who asks, beside tables",
      "select p.name from cdr.provider p where pg_has_role(session_user, 'x', 'usage')",
      "select session_user" },
    { "who asks, beside tables",
      "select r.run_id, z.value from cdr.setting z cross join cdr.run r join "
      "pg_stat_activity a on a.pid = r.backend_pid",
      "select r.run_id, z.value from cdr.setting z cross join cdr.run r cross join "
      "lateral pg_stat_get_activity(r.backend_pid) a" },
    { "words that are refused", "select * from cdr.file where file_id = 1 for update",
      "select * from cdr.file where file_id = 1" },
    { "COPY with more than rows",
      "copy cdr.leg (leg_key) from stdin where leg_key is null",
      "copy cdr.leg (leg_key) from stdin (format binary)" },
    { "hour without a zone", "select date_trunc('hour', started_at) from cdr.leg",
      "select date_trunc('hour', started_at, 'UTC') from cdr.leg" },
    { "size of a shell",
      "select pg_total_relation_size(to_regclass('cdr.leg_' || $1)) as bytes",
      "select cdr.month_size($1::date) as bytes" },
    { "size of a shell", "select sum(c.reltuples) from pg_class c",
      "select count(*) from cdr.leg" },
};

Test(forms, each_rule_finds_its_form)
{
    for (size_t i = 0; i < COUNTOF(examples); i++) {
        const char *red = sql_forms_broken(examples[i].red, &functions, NULL);
        const char *green = sql_forms_broken(examples[i].green, &functions, NULL);

        cr_expect_str_eq(red != NULL ? red : "nothing", examples[i].rule, "%s",
                         examples[i].red);
        cr_expect_null(green, "%s: %s", green, examples[i].green);
    }
}

Test(forms, comments_and_texts_are_no_forms)
{
    cr_expect_null(sql_forms_broken("-- select from cdr.leg\nselect 'select from' as "
                                    "\"for update\"",
                                    &functions, NULL));
}

static void expect_taken(const char *name, const char *text)
{
    struct buf where = { 0 };
    const char *broken = sql_forms_broken(text, &functions, &where);

    cr_expect_null(broken, "%s: %s: %s", name, broken, where.s);
    buf_free(&where);
}

static void expect_all_taken(const struct sql_text *texts, size_t count)
{
    cr_assert_gt(count, 0);
    for (size_t i = 0; i < count; i++)
        expect_taken(texts[i].name, texts[i].text);
}

Test(forms, migrations_functions_views_and_statements)
{
    expect_all_taken(sql_migrations, sql_migration_count);
    expect_all_taken(sql_objects, sql_object_count);
    expect_all_taken(sql_statements, sql_statement_count);
}

/* All strings that stand beside each other at AT, as one; behind them. */
static const char *read_literal(const char *at, struct buf *out)
{
    buf_reset(out);
    while (*at == '"') {
        for (at++; *at != '"' && *at != '\0'; at++) {
            bool escaped = *at == '\\';

            at += escaped;
            if (escaped && (*at == 'n' || *at == '\n'))
                buf_add_char(out, ' ');
            else
                buf_add_char(out, *at);
        }
        at += *at != '\0';
        at += strspn(at, " \n\t");
    }
    buf_cstr(out);
    return at;
}

static bool is_statement(const char *text)
{
    struct sql_words words = sql_words_of(text);
    bool is =
        words.count > 2 &&
        sql_word_in(&words, 0, "|select|insert|update|delete|copy|with|create|drop|") &&
        islower((unsigned char)*text);

    sql_words_free(&words);
    return is;
}

static size_t check_source(const char *path)
{
    struct buf text = { 0 }, literal = { 0 };
    FILE *file = fopen(path, "r");
    size_t found = 0;
    int c;

    cr_assert_not_null(file, "%s", path);
    while ((c = getc(file)) != EOF)
        buf_add_char(&text, (char)c);
    fclose(file);
    for (const char *at = buf_cstr(&text); *at != '\0';) {
        if (at[0] == '\'' && at[1] == '"' && at[2] == '\'') {
            at += 3;
        } else if (*at != '"') {
            at++;
        } else {
            at = read_literal(at, &literal);
            if (is_statement(literal.s)) {
                found++;
                expect_taken(path, literal.s);
            }
        }
    }
    buf_free(&literal);
    buf_free(&text);
    return found;
}

/* Few statements stand in C; those are looked at too. */
Test(forms, statements_in_the_program)
{
    size_t found = 0;
    glob_t files;

    cr_assert_eq(glob("etl/*/*.c", 0, NULL, &files), 0);
    cr_assert_eq(glob("etl/*/*/*.c", GLOB_APPEND, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        found += check_source(files.gl_pathv[i]);
    globfree(&files);
    cr_expect_geq(found, 10);
}

static size_t check_board(const char *path, const json_t *value)
{
    size_t found = 0, place;
    const json_t *one;
    const char *key;

    json_array_foreach(value, place, one) found += check_board(path, one);
    json_object_foreach((json_t *)(uintptr_t)value, key, one)
    {
        found += check_board(path, one);
        if (strcmp(key, "rawSql") == 0) {
            expect_taken(path, json_string_value(one));
            found++;
        }
    }
    return found;
}

Test(forms, queries_of_boards)
{
    glob_t files;

    cr_assert_eq(glob("schema/dashboards/grafana/dashboards/*.json", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        json_t *board = json_load_file(files.gl_pathv[i], 0, NULL);

        cr_assert_not_null(board, "%s", files.gl_pathv[i]);
        cr_expect_gt(check_board(files.gl_pathv[i], board), 0, "%s", files.gl_pathv[i]);
        json_decref(board);
    }
    globfree(&files);
}

/* The rules know which tables are distributed: those of the plan, and no others. */
Test(forms, the_layout_is_that_of_the_plan)
{
    struct sql_words words = sql_words_of(sql_citus_plan);
    size_t named = 0;

    for (size_t i = 0; i < words.count; i++)
        named +=
            strncmp(words.word[i].s, "'cdr.", 5) == 0 && !sql_word_is(&words, i - 1, ",");
    for (size_t i = 0; i < sql_layout_count; i++) {
        struct buf quoted = { 0 };

        buf_addf(&quoted, "'cdr.%s'", sql_layouts[i].table);
        if (sql_layouts[i].key != NULL)
            buf_addf(&quoted, ", '%s'", sql_layouts[i].key);
        cr_expect_not_null(strstr(sql_citus_plan, buf_cstr(&quoted)), "%s", quoted.s);
        buf_free(&quoted);
    }
    cr_expect_gt(named, 0);
    sql_words_free(&words);
}

/* Tables that stay with the coordinator on purpose (schema/README.md, "On a Citus
 * cluster"): a new one is named here, or stands in the plan. */
static const char stay[] =
    "|far_call|file|file_keys|kpi_definition|number_prefix|outcome_change|pseudonym_key|"
    "purged_month|recompute_slice|reject|rule|ruleset|ruleset_file|ruleset_text|run|"
    "rolled_day|schema_object|schema_version|secret|stat_day|stat_hour|suppression|"
    "suppression_key|truncated_call|";

Test(forms, every_table_has_its_place)
{
    struct buf missing = { 0 };

    buf_addf(&missing,
             "select coalesce(string_agg(c.relname, ' '), '') from pg_class c where "
             "c.relnamespace = 'cdr'::regnamespace and c.relkind in ('r', 'p') and not "
             "c.relispartition and position('|' || c.relname || '|' in '%s|",
             stay);
    for (size_t i = 0; i < sql_layout_count; i++)
        buf_addf(&missing, "%s|", sql_layouts[i].table);
    buf_add_text(&missing, "') = 0");
    cr_expect_str_eq(legs_ask(db, buf_cstr(&missing)), "");
    buf_free(&missing);
}

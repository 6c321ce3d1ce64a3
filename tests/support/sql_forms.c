/*
 * sql_forms.c - the rules, one function each: where in the words a form begins, or NONE.
 */
#include "support/sql_forms.h"

#include <stdint.h>
#include <strings.h>

#include "base/base.h"

const struct sql_layout sql_layouts[] = {
    { "category", NULL },         { "provider", NULL },
    { "setting", NULL },          { "leg", "call_key" },
    { "leg_version", "leg_key" }, { "leg_record", "leg_key" },
    { "leg_source", "leg_key" },
};
const size_t sql_layout_count = COUNTOF(sql_layouts);

static const size_t NONE = SIZE_MAX;

/* A text under examination. */
struct forms {
    struct sql_words words;
    const struct sql_functions *functions;
};

static bool is(const struct forms *forms, size_t i, const char *text)
{
    return sql_word_is(&forms->words, i, text);
}

static size_t end_of(const struct forms *forms, size_t i)
{
    return i < forms->words.count ? forms->words.word[i].close : i;
}

/* The table of ours whose name begins at I: "cdr . leg"; NULL: none, or one that stays.
 */
static const struct sql_layout *table_at(const struct forms *forms, size_t i)
{
    if (is(forms, i, "cdr") && is(forms, i + 1, "."))
        for (size_t n = 0; n < sql_layout_count; n++)
            if (is(forms, i + 2, sql_layouts[n].table))
                return &sql_layouts[n];
    return NULL;
}

static bool is_distributed(const struct forms *forms, size_t i)
{
    const struct sql_layout *table = table_at(forms, i);

    return table != NULL && table->key != NULL;
}

static bool is_temporary(const struct forms *forms, size_t i)
{
    return is(forms, i, "pg_temp") && is(forms, i + 1, ".");
}

/* A change of a table that is named; "for update", "do update" and grants are none. */
static bool is_change(const struct forms *forms, size_t i)
{
    size_t name = i + (is(forms, i, "delete") ? 2 : 1);

    return (is(forms, i, "update") ||
            (is(forms, i, "delete") && is(forms, i + 1, "from"))) &&
           (is(forms, name, "cdr") || is_temporary(forms, name)) &&
           is(forms, name + 1, ".");
}

/* Where the name of the table stands that the statement at I changes. */
static size_t target_of(const struct forms *forms, size_t i)
{
    return is(forms, i, "delete") ? i + 2 : i + 1;
}

/* Citus: a column definition list is required for functions returning "record". */
static size_t empty_select_list(const struct forms *forms, size_t i)
{
    if (is(forms, i, "select") &&
        sql_word_in(&forms->words, i + 1, "|from|where|union|group|order|limit|)|;|"))
        return i;
    return NONE;
}

/* Citus: subqueries are not supported within INSERT queries. */
static size_t query_in_values(const struct forms *forms, size_t i)
{
    size_t end = sql_level_end(&forms->words, i), values = i;

    if (!is(forms, i, "insert"))
        return NONE;
    while (values < end &&
           !(is(forms, values, "values") &&
             forms->words.word[values].depth == forms->words.word[i].depth))
        values++;
    for (size_t at = values + 1; is(forms, at, "(");
         at = end_of(forms, at) + (is(forms, end_of(forms, at) + 1, ",") ? 2 : 1))
        for (size_t in = at; in < end_of(forms, at); in++)
            if (is(forms, in, "select"))
                return in;
    return NONE;
}

/* Citus: parameterized queries for SQL functions referencing distributed tables. */
static size_t sql_function_on_tables(const struct forms *forms, size_t i)
{
    size_t end = sql_statement_end(&forms->words, i), body = i;
    bool is_sql = false;

    if (!is(forms, i, "function") || i == 0 ||
        !(is(forms, i - 1, "create") || is(forms, i - 1, "replace")))
        return NONE;
    for (; body < end && *forms->words.word[body].s != '$'; body++)
        is_sql |= is(forms, body, "language") && is(forms, body + 1, "sql");
    for (size_t in = body; is_sql && in < end_of(forms, body); in++)
        if (sql_word_in(&forms->words, in, "|from|join|") && is(forms, in + 1, "cdr"))
            return in;
    return NONE;
}

/* A call at I that may not stand where shards are changed; no column: of constants only.
 */
static bool is_fickle_call(const struct forms *forms, size_t i, bool is_upsert)
{
    bool has_column = false;

    if (!is(forms, i + 1, "("))
        return false;
    for (size_t in = i + 2; in < end_of(forms, i + 1); in++) {
        char first = forms->words.word[in].s[0];

        has_column |= first == '_' || (first >= 'a' && first <= 'z');
    }
    return sql_word_in(&forms->words, i, forms->functions->changing) ||
           (sql_word_in(&forms->words, i, forms->functions->stable) &&
            (has_column || is_upsert));
}

/* From I to END, a fickle call that is not in a query of its own. */
static size_t find_fickle(const struct forms *forms, size_t i, size_t end, bool is_upsert)
{
    for (; i < end; i++) {
        if (is(forms, i, "(") && is(forms, i + 1, "select"))
            i = end_of(forms, i);
        else if (is_fickle_call(forms, i, is_upsert))
            return i;
    }
    return NONE;
}

/* Citus: STABLE functions cannot be called with column references; none is VOLATILE. */
static size_t fickle_function_in_update(const struct forms *forms, size_t i)
{
    if (!is_change(forms, i) || table_at(forms, target_of(forms, i)) == NULL)
        return NONE;
    return find_fickle(forms, i + 4, sql_level_end(&forms->words, i), false);
}

/* Citus: functions in the SET clause of ON CONFLICT must be marked IMMUTABLE. */
static size_t fickle_function_in_upsert(const struct forms *forms, size_t i)
{
    if (!is(forms, i, "do") || !is(forms, i + 1, "update"))
        return NONE;
    return find_fickle(forms, i, sql_level_end(&forms->words, i), true);
}

/* Citus: modifying the partition value of rows is not allowed. */
static size_t update_of_key(const struct forms *forms, size_t i)
{
    const struct sql_layout *table = table_at(forms, i + 1);
    size_t end = sql_level_end(&forms->words, i);

    if (!is_change(forms, i) || table == NULL || table->key == NULL ||
        is(forms, i, "delete"))
        return NONE;
    for (size_t in = i + 4; in < end && !sql_word_in(&forms->words, in, "|from|where|");
         in++)
        if (is(forms, in, table->key) && is(forms, in + 1, "=") &&
            forms->words.word[in].depth == forms->words.word[i].depth)
            return in;
    return NONE;
}

/*
 * A change of a table that stays is sent to a node when it reads one that is copied
 * there; and a table that is copied cannot be changed by one that stays.
 */
static size_t change_beside_copies(const struct forms *forms, size_t i)
{
    size_t target = target_of(forms, i), end = sql_statement_end(&forms->words, i);

    if (!is_change(forms, i) || is_distributed(forms, target))
        return NONE;

    bool is_copied = table_at(forms, target) != NULL;

    for (size_t in = target + 3; in < end; in++)
        if ((is_copied && (is_temporary(forms, in) || is(forms, in, "cdr")) &&
             is(forms, in + 1, ".") &&
             sql_word_in(&forms->words, in - 1, "|from|join|using|")) ||
            (!is_copied && table_at(forms, in) != NULL && !is_distributed(forms, in)))
            return in;
    return NONE;
}

/* What a query reads at its own level, or anywhere below: from I to END. */
static void tables_of(const struct forms *forms, size_t i, size_t end, bool is_deep,
                      bool *distributed, bool *temporary)
{
    int depth = forms->words.word[i].depth;

    for (; i < end; i++) {
        if ((!is_deep && forms->words.word[i].depth != depth) ||
            (i > 0 && is(forms, i - 1, "into")))
            continue;
        *distributed |= is_distributed(forms, i);
        *temporary |= is_temporary(forms, i);
    }
}

/* Citus: direct joins between distributed and local tables; complex joins. */
static size_t exists_across(const struct forms *forms, size_t i)
{
    bool inner = false, inner_temporary = false, outer = false, outer_temporary = false;

    if (!is(forms, i, "exists") || !is(forms, i + 1, "(") || !is(forms, i + 2, "select"))
        return NONE;
    tables_of(forms, i + 2, end_of(forms, i + 1), true, &inner, &inner_temporary);
    tables_of(forms, sql_level_begin(&forms->words, i), sql_level_end(&forms->words, i),
              false, &outer, &outer_temporary);
    return (inner && (outer || outer_temporary)) || (inner_temporary && outer) ? i : NONE;
}

static size_t statement_begin(const struct forms *forms, size_t i)
{
    while (i > 0 && !is(forms, i - 1, ";"))
        i--;
    return i;
}

/* Does the statement at I name a distributed table? */
static bool reads_distributed(const struct forms *forms, size_t i)
{
    size_t end = sql_statement_end(&forms->words, i);

    for (i = statement_begin(forms, i); i < end && !is_distributed(forms, i);)
        i++;
    return i < end;
}

/* A row's place says nothing where a table has many shards. */
static size_t place_of_rows(const struct forms *forms, size_t i)
{
    return is(forms, i, "ctid") && reads_distributed(forms, i) ? i : NONE;
}

/* Citus: recursive CTEs and grouping sets are not supported in distributed queries. */
static size_t recursion_over_legs(const struct forms *forms, size_t i)
{
    if (!(is(forms, i, "recursive") && i > 0 && is(forms, i - 1, "with")) &&
        !(is(forms, i, "grouping") && is(forms, i + 1, "sets")) &&
        !(sql_word_in(&forms->words, i, "|rollup|cube|") && is(forms, i + 1, "(")))
        return NONE;
    return reads_distributed(forms, i) ? i : NONE;
}

/* Citus: a query of constants that holds a query brings all legs to the coordinator. */
static size_t query_beside_no_table(const struct forms *forms, size_t i)
{
    size_t end = end_of(forms, i + 1), held = NONE;

    if (!is(forms, i, "lateral") || !is(forms, i + 1, "(") || !is(forms, i + 2, "select"))
        return NONE;
    for (size_t in = i + 3; in < end; in++) {
        if (is(forms, in, "from") &&
            forms->words.word[in].depth == forms->words.word[i + 2].depth)
            return NONE;
        if (held == NONE && is(forms, in, "select"))
            held = in;
    }
    return reads_distributed(forms, i) ? held : NONE;
}

/* On a node the owner's function is run by whom the owner sent: a node takes every reader
 * for the owner.  Views are read in the reader's own name, who may not read pg_authid. */
static size_t who_asks_beside_tables(const struct forms *forms, size_t i)
{
    bool is_ours = i > 1 && is(forms, i - 2, "cdr") && is(forms, i - 1, ".");
    size_t begin = statement_begin(forms, i), end = sql_statement_end(&forms->words, i);

    if (!sql_word_in(&forms->words, i,
                     is_ours ? "|reader|sees_numbers|sees_agents|"
                               "number_shown|name_shown|"
                             : "|current_user|session_user|pg_stat_activity|pg_roles|") ||
        is(forms, begin + 1, "view"))
        return NONE;
    for (size_t in = begin; in < end; in++)
        if (table_at(forms, in) != NULL)
            return i;
    return NONE;
}

/* Forms by their words alone. */
static size_t words_refused(const struct forms *forms, size_t i)
{
    static const char *const refused[][2] = {
        { "merge", "into" },     { "for", "update" },       { "for", "share" },
        { "create", "trigger" }, { "create", "rule" },      { "as", "identity" },
        { "exclude", "using" },  { "on", "delete" },        { "pg_advisory_lock", "(" },
        { "for", "no" },         { "detach", "partition" },
    };

    for (size_t n = 0; n < COUNTOF(refused); n++)
        if (is(forms, i, refused[n][0]) && is(forms, i + 1, refused[n][1]))
            return i;
    return NONE;
}

/* Citus: COPY with WHERE; and FREEZE, which plain PostgreSQL refuses there. */
static size_t copy_with_more(const struct forms *forms, size_t i)
{
    size_t end = sql_statement_end(&forms->words, i);
    size_t at = sql_words_find(&forms->words, i, end, "|where|freeze|");

    return is(forms, i, "copy") && is(forms, i + 1, "cdr") && at < end ? at : NONE;
}

/* A node has a zone of its own, so that of an hour is said. */
static size_t hour_without_zone(const struct forms *forms, size_t i)
{
    size_t end = end_of(forms, i + 1);
    bool is_hour = is(forms, i, "date_trunc") && is(forms, i + 2, "'hour'");

    return is_hour && sql_words_find(&forms->words, i, end, "|'UTC'|") == end ? i : NONE;
}

/* At the coordinator a partition is a shell, without rows and size: nodes are asked. */
static size_t size_of_a_shell(const struct forms *forms, size_t i)
{
    static const char sizes[] = "|pg_total_relation_size|pg_relation_size|reltuples|";
    size_t end = forms->words.count;

    if (sql_word_in(&forms->words, i, sizes) &&
        sql_words_find(&forms->words, 0, end, "|citus_total_relation_size|") == end)
        return i;
    return NONE;
}

static const struct rule {
    const char *name;
    size_t (*find)(const struct forms *forms, size_t i);
} rules[] = {
    { "empty select list", empty_select_list },
    { "query in VALUES", query_in_values },
    { "function in SQL that reads tables", sql_function_on_tables },
    { "fickle function in UPDATE or DELETE", fickle_function_in_update },
    { "fickle function in ON CONFLICT", fickle_function_in_upsert },
    { "update of the key that distributes", update_of_key },
    { "change of one kind of table by another", change_beside_copies },
    { "EXISTS across tables", exists_across },
    { "place of rows", place_of_rows },
    { "recursion or grouping sets over legs", recursion_over_legs },
    { "query beside no table", query_beside_no_table },
    { "who asks, beside tables", who_asks_beside_tables },
    { "words that are refused", words_refused },
    { "COPY with more than rows", copy_with_more },
    { "hour without a zone", hour_without_zone },
    { "size of a shell", size_of_a_shell },
};

static void say_where(const struct forms *forms, size_t i, struct buf *where)
{
    if (where == NULL)
        return;
    buf_reset(where);
    for (size_t n = i; n < forms->words.count && n < i + 12; n++)
        buf_addf(where, "%.*s ", (int)forms->words.word[n].len, forms->words.word[n].s);
    buf_cstr(where);
}

const char *sql_forms_broken(const char *text, const struct sql_functions *functions,
                             struct buf *where)
{
    struct forms forms = { sql_words_of(text), functions };
    const char *broken = NULL;

    for (size_t i = 0; broken == NULL && i < forms.words.count; i++)
        for (size_t n = 0; broken == NULL && n < COUNTOF(rules); n++) {
            size_t at = rules[n].find(&forms, i);

            if (at == NONE)
                continue;
            broken = rules[n].name;
            say_where(&forms, at, where);
        }
    sql_words_free(&forms.words);
    return broken;
}

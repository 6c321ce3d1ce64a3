/*
 * explain_leg.c - why a stored leg has its outcome: the rules asked again, with
 * the evidence that the database keeps.
 */
#include "commands/explain_leg.h"

#include "base/base.h"
#include "loader/row_read.h"

/* All columns in their order, and what of `extra` the rules read. */
static void add_query(struct buf *sql)
{
    buf_add_text(sql, "select ");
    for (size_t i = 0; i < row_column_count; i++)
        buf_addf(sql, "%s, ", row_columns[i].name);
    buf_add_text(sql, "extra ->> 'network_addr', extra ->> 'sip_phrase' "
                      "from cdr.leg where leg_key = $1::uuid");
}

static struct slice stored(const struct db_rows *rows, const char *column)
{
    return db_value(rows, 0, row_column_named(column));
}

static void print_stored(const struct db_rows *rows, const struct rules *rules,
                         const struct leg *leg)
{
    struct slice category = stored(rows, "category"), rule = stored(rows, "rule_id");
    struct slice confidence = stored(rows, "confidence");
    struct outcome now;

    rules_decide(rules, leg, &now);

    bool same = slice_is(category, now.taxonomy->category[now.category].code) &&
                slice_is(confidence, confidence_name(now.confidence));

    printf("stored\n  " SLICE_FMT " " SLICE_FMT " by rule " SLICE_FMT "%s\n",
           SLICE_ARG(category), SLICE_ARG(confidence), SLICE_ARG(rule),
           same ? "" : "; recompute would change it");
}

static void print_explanation(const struct db_rows *rows, const struct rules *rules)
{
    struct slice *value = xcalloc(row_column_count, sizeof *value);
    struct row_reader *reader = row_reader_new();
    struct buf out = { 0 };
    struct leg leg;

    for (size_t i = 0; i < row_column_count; i++)
        value[i] = db_value(rows, 0, i);
    row_read(reader, value, db_value(rows, 0, row_column_count),
             db_value(rows, 0, row_column_count + 1), &leg);
    rules_explain(rules, &leg, &out);
    fputs(buf_cstr(&out), stdout);
    print_stored(rows, rules, &leg);
    buf_free(&out);
    row_reader_free(reader);
    free(value);
}

bool explain_stored(const struct rules *rules, const char *conninfo, const char *key,
                    struct err *err)
{
    struct buf sql = { 0 };
    struct uuid uuid;
    char text[37];

    if (!uuid_read(slice_of(key), &uuid))
        return err_set(err, EXIT_USAGE, "--leg is a leg_key, a uuid, not \"%s\"", key);
    uuid_text(&uuid, text);
    add_query(&sql);

    struct db *db = db_open(conninfo, err);
    struct db_rows *rows =
        db != NULL ? db_query_binary(db, buf_cstr(&sql), DB_ARGS(text), err) : NULL;
    bool ok = rows != NULL;

    if (ok && db_rows_count(rows) == 0)
        ok = err_set(err, EXIT_INPUT, "the database holds no leg %s", text);
    else if (ok)
        print_explanation(rows, rules);
    db_rows_free(rows);
    db_close(db);
    buf_free(&sql);
    return ok;
}

/*
 * leg_query.c - legs that the database holds, as the rules see them.
 */
#include "commands/shared/leg_query.h"

#include "base/base.h"
#include "db/db_cursor.h"
#include "db/row/row_read.h"
#include "db/txn.h"

/* All columns in their order, and what of `extra` the rules read. */
static void add_query(struct buf *sql, const char *where)
{
    buf_add_text(sql, "select ");
    for (size_t i = 0; i < row_column_count; i++)
        buf_addf(sql, "%s, ", row_columns[i].name);
    buf_addf(
        sql,
        "extra ->> 'network_addr' as network_addr, extra ->> 'sip_phrase' as sip_phrase "
        "from cdr.leg where %s",
        where);
}

static void take_rows(const struct db_rows *rows, leg_query_fn take, void *to)
{
    struct slice *value = xcalloc(row_column_count, sizeof *value);
    struct row_reader *reader = row_reader_new();
    size_t address = db_column(rows, "network_addr"),
           phrase = db_column(rows, "sip_phrase");

    for (size_t row = 0; row < db_rows_count(rows); row++) {
        struct leg leg;

        for (size_t i = 0; i < row_column_count; i++)
            value[i] = db_value(rows, row, i);
        row_read(reader, value, db_value(rows, row, address), db_value(rows, row, phrase),
                 &leg);
        take(to, &leg, value);
    }
    row_reader_free(reader);
    free(value);
}

static bool leg_query_ask(struct db *db, const char *where, const struct db_args *args,
                          leg_query_fn take, void *to, struct err *err)
{
    struct buf sql = { 0 };

    add_query(&sql, where);

    struct db_rows *rows = db_query_binary(db, buf_cstr(&sql), args, err);

    if (rows != NULL)
        take_rows(rows, take, to);
    db_rows_free(rows);
    buf_free(&sql);
    return rows != NULL;
}

bool leg_query_by_key(struct db *db, const char *key, leg_query_fn take, void *to,
                      struct err *err)
{
    return leg_query_ask(db, "leg_key = $1::uuid", DB_ARGS(key), take, to, err);
}

struct taker {
    leg_query_fn take;
    void *to;
};

static bool leg_query_batch(void *to, const struct db_rows *rows, struct err *err)
{
    const struct taker *taker = to;

    (void)err;
    take_rows(rows, taker->take, taker->to);
    return true;
}

bool leg_query_between(struct db *db, int64_t from, int64_t to_time, leg_query_fn take,
                       void *to, struct err *err)
{
    char first[25], next[25];
    struct buf sql = { 0 };
    struct taker taker = { take, to };

    instant_iso(from, first);
    instant_iso(to_time, next);
    buf_add_text(&sql, "declare db_cursor no scroll cursor for ");
    add_query(&sql, "started_at >= $1::timestamptz and started_at < $2::timestamptz");

    bool ok =
        txn_begin_read(db, err) &&
        db_cursor(db, buf_cstr(&sql), DB_ARGS(first, next), leg_query_batch, &taker, err);

    buf_free(&sql);
    return ok;
}

/*
 * forget_rows.c - rows by a cursor, a thousand at a time; between two batches those that
 * held a number go into a temporary table, which is applied as a whole.
 */
#include "loader/retention/forget_impl.h"

#include "base/base.h"
#include "db/copy_buffer.h"
#include "db/db_cursor.h"
#include "db/row/row_copy.h"
#include "db/sql.h"
#include "loader/retention/personal.h"

/* The columns of pg_temp.erased: these, and the texts. */
static const char *const keys[] = { "started_at", "call_key", "leg_key",
                                    "evidence_hash" };

enum { KEYS = COUNTOF(keys), NCOLUMNS = KEYS + PERSONAL_TEXTS };

static const char *column_name(size_t place)
{
    return place < KEYS ? keys[place] : personal_columns[place - KEYS];
}

/* False: ROW holds no number.  Else it is added to ERASED, as COPY wants it. */
static bool erase_row(struct suppression *suppression, const struct db_rows *rows,
                      size_t row, const size_t *column, struct buf *erased)
{
    struct leg leg = { .caller = SLICE_NONE };

    for (size_t i = 0; i < PERSONAL_TEXTS; i++)
        *personal_text(&leg, i) = db_value(rows, row, column[KEYS + i]);
    if (!suppression_leg(suppression, &leg))
        return false;
    buf_add_be16(erased, NCOLUMNS);
    for (size_t i = 0; i < KEYS; i++)
        row_copy_add_value(erased, db_value(rows, row, column[i]));
    for (size_t i = 0; i < PERSONAL_TEXTS; i++)
        row_copy_add_value(erased, *personal_text(&leg, i));
    return true;
}

static bool send_erased(struct db *db, struct buf *erased, struct err *err)
{
    struct buf sql = { 0 };

    for (size_t i = 0; i < NCOLUMNS; i++)
        buf_addf(&sql, "%s%s", i == 0 ? "copy pg_temp.erased (" : ", ", column_name(i));
    buf_add_text(&sql, ") from stdin (format binary)");

    bool ok = copy_buffer_send(db, buf_cstr(&sql), erased, err);

    buf_free(&sql);
    return ok;
}

struct erasing {
    const struct forget_search *search;
    uint64_t found;
};

static bool forget_rows_batch(void *to, const struct db_rows *rows, struct err *err)
{
    struct erasing *erasing = to;
    const struct forget_search *search = erasing->search;
    struct buf erased = { 0 };
    size_t column[NCOLUMNS];

    for (size_t i = 0; i < NCOLUMNS; i++)
        column[i] = db_column(rows, column_name(i));
    for (size_t i = 0; i < db_rows_count(rows); i++)
        erasing->found += erase_row(search->suppression, rows, i, column, &erased);

    bool ok = search->dry_run || send_erased(search->db, &erased, err);

    buf_free(&erased);
    return ok;
}

bool forget_rows(const struct forget_search *search, const char *declare,
                 const struct db_args *args, uint64_t *found, struct err *err)
{
    struct erasing erasing = { .search = search };
    bool ok = db_exec(search->db, sql_forget_erased, err) &&
              db_cursor(search->db, declare, args, forget_rows_batch, &erasing, err);

    *found = erasing.found;
    return ok;
}

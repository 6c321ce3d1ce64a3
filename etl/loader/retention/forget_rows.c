/*
 * forget_rows.c - rows by a cursor, a thousand at a time; between two batches those that
 * held a number go into a temporary table, which is applied as a whole.
 */
#include "loader/retention/forget_impl.h"

#include <stddef.h>

#include "base/base.h"
#include "db/copy_buffer.h"
#include "db/db_cursor.h"
#include "db/row/row_copy.h"
#include "db/sql.h"

/* The columns of pg_temp.erased: the keys first, then texts. */
static const char *const columns[] = {
    "started_at",  "call_key",
    "leg_key",     "evidence_hash",
    "caller",      "destination",
    "caller_e164", "destination_e164",
    "extension",   "agent",
    "sip_reason",  "announcement",
    "schema_name", "transfer_disposition",
    "extra",
};

enum { KEYS = 4, NCOLUMNS = COUNTOF(columns), NTEXTS = NCOLUMNS - KEYS };

/* In the order of the columns. */
static const size_t members[NTEXTS] = {
    offsetof(struct leg, caller),      offsetof(struct leg, destination),
    offsetof(struct leg, caller_e164), offsetof(struct leg, destination_e164),
    offsetof(struct leg, extension),   offsetof(struct leg, agent),
    offsetof(struct leg, sip_reason),  offsetof(struct leg, announcement),
    offsetof(struct leg, schema_name), offsetof(struct leg, transfer_disposition),
    offsetof(struct leg, extra),
};

static struct slice *forget_text(struct leg *leg, size_t place)
{
    return (struct slice *)(void *)((char *)leg + members[place]);
}

/* False: ROW holds no number.  Else it is added to ERASED, as COPY wants it. */
static bool erase_row(struct suppression *suppression, const struct db_rows *rows,
                      size_t row, const size_t *column, struct buf *erased)
{
    struct leg leg = { .caller = SLICE_NONE };

    for (size_t i = 0; i < NTEXTS; i++)
        *forget_text(&leg, i) = db_value(rows, row, column[KEYS + i]);
    if (!suppression_leg(suppression, &leg))
        return false;
    buf_add_be16(erased, NCOLUMNS);
    for (size_t i = 0; i < KEYS; i++)
        row_copy_add_value(erased, db_value(rows, row, column[i]));
    for (size_t i = 0; i < NTEXTS; i++)
        row_copy_add_value(erased, *forget_text(&leg, i));
    return true;
}

static bool send_erased(struct db *db, struct buf *erased, struct err *err)
{
    return copy_buffer_send(
        db,
        "copy pg_temp.erased (started_at, call_key, leg_key, evidence_hash, caller, "
        "destination, caller_e164, destination_e164, extension, agent, sip_reason, "
        "announcement, schema_name, transfer_disposition, extra) "
        "from stdin (format binary)",
        erased, err);
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

    db_columns(rows, columns, NCOLUMNS, column);
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

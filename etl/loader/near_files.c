/*
 * near_files.c - files in reach, and their keys some at a time.
 */
#include "loader/near_files.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"
#include "db/sql.h"
#include "record/instant.h"

enum { ASK_BYTES = 1 << 20 }; /* of keys at a time, unless one file has more */

/* The columns of load/near_files. */
enum { FILE_ID, FIRST_AT, LAST_AT, BYTES, COLUMNS };

struct asking {
    struct db *db;
    const struct key_filter *keys;
    const struct db_rows *files;
    size_t column[COLUMNS];
    struct near_files *near;
};

static void add_suspect(struct asking *asking, size_t file)
{
    int64_t first = db_int(asking->files, file, asking->column[FIRST_AT]);
    int64_t last = db_int(asking->files, file, asking->column[LAST_AT]);
    struct near_files *near = asking->near;

    if (!near->may_share || first < near->first_at)
        near->first_at = first;
    if (!near->may_share || last > near->last_at)
        near->last_at = last;
    near->may_share = true;
}

/* Which of the files [FROM, TO), of which keys are kept, may have one of ours? */
static bool ask_keys(struct asking *asking, size_t from, size_t to, struct err *err)
{
    struct buf array = { 0 };

    for (size_t i = from; i < to; i++)
        buf_addf(&array, "%c%" PRId64, i == from ? '{' : ',',
                 db_int(asking->files, i, asking->column[FILE_ID]));
    buf_add_char(&array, '}');

    struct db_rows *rows =
        db_query_binary(asking->db, sql_load_near_keys, DB_ARGS(buf_cstr(&array)), err);

    buf_free(&array);
    if (rows == NULL)
        return false;
    for (size_t i = from; i < to; i++)
        if (db_rows_count(rows) != to - from ||
            key_filter_meets(asking->keys, db_value(rows, i - from, 0)))
            add_suspect(asking, i);
    db_rows_free(rows);
    return true;
}

/* As many files from FROM on as fit into one question; none, where no keys are kept. */
static size_t together(const struct asking *asking, size_t from)
{
    size_t to = from, bytes = 0;

    for (; to < db_rows_count(asking->files); to++) {
        size_t more = (size_t)db_int(asking->files, to, asking->column[BYTES]);

        if (more == 0 || (bytes != 0 && bytes + more > ASK_BYTES))
            break;
        bytes += more;
    }
    return to;
}

static bool ask_files(struct asking *asking, struct err *err)
{
    bool knows_own = key_filter_can_meet(asking->keys);

    for (size_t from = 0; from < db_rows_count(asking->files);) {
        size_t to = knows_own ? together(asking, from) : from;

        if (to == from)
            add_suspect(asking, to++);
        else if (!ask_keys(asking, from, to, err))
            return false;
        from = to;
    }
    return true;
}

bool near_files_ask(struct db *db, int64_t first_at, int64_t last_at,
                    const struct key_filter *keys, struct near_files *near,
                    struct err *err)
{
    static const char *const names[] = { "file_id", "first_at", "last_at", "bytes" };
    struct period_text period = period_text(first_at, last_at);
    struct db_rows *files =
        db_query(db, sql_load_near_files, DB_ARGS(period.from, period.to), err);
    struct asking asking = { .db = db, .keys = keys, .files = files, .near = near };

    *near = (struct near_files){ .may_share = false };
    if (files == NULL)
        return false;
    db_columns(files, names, COLUMNS, asking.column);

    bool ok = ask_files(&asking, err);

    db_rows_free(files);
    return ok;
}

bool near_files_keep(struct db *db, int32_t file_id, struct key_filter *keys,
                     struct err *err)
{
    struct slice folded = key_filter_fold(keys);
    struct buf out = { 0 };
    uint64_t rows = 0;

    if (folded.s == NULL)
        return true;
    if (!db_copy_begin(
            db, "copy cdr.file_keys (file_id, keys) from stdin (format binary)", err))
        return false;
    row_copy_head(&out);
    buf_add_be16(&out, 2);
    buf_add_be32(&out, sizeof file_id);
    buf_add_be32(&out, (uint32_t)file_id);
    buf_add_be32(&out, (uint32_t)folded.len);

    bool ok = db_copy_put(db, out.s, out.len, err) &&
              db_copy_put(db, folded.s, folded.len, err);

    buf_reset(&out);
    row_copy_tail(&out);
    ok = ok && db_copy_put(db, out.s, out.len, err);
    buf_free(&out);
    return db_copy_end(db, ok ? NULL : "not all came", &rows, err) && ok;
}

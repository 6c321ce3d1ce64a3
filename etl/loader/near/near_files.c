/*
 * near_files.c - files in reach, and their keys some at a time.
 */
#include "loader/near/near_files.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "record/instant.h"

enum {
    ASK_BYTES = 512 << 10, /* of keys at a time */
    SEND_BYTES = 64 << 10, /* of keys at a time */
    SHORT = 64 << 10,      /* bytes of keys that go with the file's row */
};

/* The columns of load/near_files. */
enum { FILE_ID, FIRST_AT, LAST_AT, IS_NEAR, HAS_ORPHANS, BYTES, KEYS, COLUMNS };

struct asking {
    struct db *db;
    struct key_list *keys;
    const struct db_rows *files;
    size_t column[COLUMNS];
    size_t count; /* files that may have a leg of ours: they come first */
    struct near_files *near;
};

static struct slice near_value(const struct asking *asking, size_t file, size_t column)
{
    return db_value(asking->files, file, asking->column[column]);
}

static int64_t near_int(const struct asking *asking, size_t file, size_t column)
{
    return row_value_int(near_value(asking, file, column));
}

static void add_suspect(struct asking *asking, size_t file)
{
    int64_t first = near_int(asking, file, FIRST_AT);
    int64_t last = near_int(asking, file, LAST_AT);
    struct near_files *near = asking->near;

    if (!near->may_share || first < near->first_at)
        near->first_at = first;
    if (!near->may_share || last > near->last_at)
        near->last_at = last;
    near->may_share = true;
}

/* Of FILE no keys are kept. */
static void suspect_all(struct asking *asking, size_t file)
{
    add_suspect(asking, file);
    asking->near->has_unknown = true;
}

static bool near_meet(struct asking *asking, size_t file, struct slice keys,
                      struct err *err)
{
    const struct key_filter_part all = { .bytes = keys, .of = keys.len };
    bool meets = false;

    if (!key_list_meet(asking->keys, &all, &meets, err))
        return false;
    if (meets)
        add_suspect(asking, file);
    return true;
}

/* Which of the files [FROM, TO), of which keys are kept, may have one of ours? */
static bool ask_keys(struct asking *asking, size_t from, size_t to, struct err *err)
{
    struct buf array = { 0 };

    for (size_t i = from; i < to; i++)
        buf_addf(&array, "%c%" PRId64, i == from ? '{' : ',',
                 near_int(asking, i, FILE_ID));
    buf_add_char(&array, '}');

    struct db_rows *rows =
        db_query_binary(asking->db, sql_load_near_keys, DB_ARGS(buf_cstr(&array)), err);

    buf_free(&array);
    if (rows == NULL)
        return false;

    bool ok = true;

    for (size_t i = from; ok && i < to; i++)
        if (db_rows_count(rows) != to - from)
            suspect_all(asking, i);
        else
            ok = near_meet(asking, i, db_value(rows, i - from, 0), err);
    db_rows_free(rows);
    return ok;
}

/* The same of one FILE that has more than is asked for at a time. */
static bool ask_parts(struct asking *asking, size_t file, struct err *err)
{
    struct key_filter_part part = { .of = (size_t)near_int(asking, file, BYTES) };
    char id[16], from[24], bytes[16];
    bool meets = false, ok = true;

    snprintf(id, sizeof id, "%" PRId64, near_int(asking, file, FILE_ID));
    snprintf(bytes, sizeof bytes, "%d", ASK_BYTES);
    for (; ok && part.at < part.of; part.at += ASK_BYTES) {
        snprintf(from, sizeof from, "%zu", part.at + 1);

        struct db_rows *rows = db_query_binary(asking->db, sql_load_near_part,
                                               DB_ARGS(id, from, bytes), err);

        if (rows == NULL)
            return false;
        if (db_rows_count(rows) == 1) {
            part.bytes = db_value(rows, 0, 0);
            ok = key_list_meet(asking->keys, &part, &meets, err);
        } else {
            suspect_all(asking, file);
        }
        db_rows_free(rows);
    }
    if (meets)
        add_suspect(asking, file);
    return ok;
}

/* As many files from FROM on, of which keys are kept, as fit into one question. */
static size_t together(const struct asking *asking, size_t from)
{
    size_t to = from, bytes = 0;

    for (; to < asking->count; to++) {
        size_t more = (size_t)near_int(asking, to, BYTES);

        if (more == 0 || (bytes != 0 && bytes + more > ASK_BYTES))
            break;
        bytes += more;
    }
    return to;
}

static bool ask_files(struct asking *asking, struct err *err)
{
    bool ok = true;

    for (size_t from = 0, to; ok && from < asking->count; from = to) {
        struct slice keys = near_value(asking, from, KEYS);
        int64_t bytes = near_int(asking, from, BYTES);

        to = from + 1;
        if (keys.s != NULL) {
            ok = near_meet(asking, from, keys, err);
        } else if (bytes == 0) {
            suspect_all(asking, from);
        } else if (bytes > ASK_BYTES) {
            ok = ask_parts(asking, from, err);
        } else {
            to = together(asking, from);
            ok = ask_keys(asking, from, to, err);
        }
    }
    return ok;
}

static void note_calls(struct asking *asking)
{
    struct near_files *near = asking->near;

    near->any = db_rows_count(asking->files) > 0;
    for (size_t i = 0; i < db_rows_count(asking->files); i++) {
        near->has_orphans |= near_int(asking, i, HAS_ORPHANS) != 0;
        asking->count += near_int(asking, i, IS_NEAR) != 0;
    }
}

bool near_files_ask(struct db *db, int64_t first_at, int64_t last_at,
                    struct key_list *keys, struct near_files *near, struct err *err)
{
    static const char *const names[] = { "file_id",     "first_at", "last_at", "is_near",
                                         "has_orphans", "bytes",    "keys" };
    struct period_text period = period_text(first_at, last_at);
    char bytes[16];

    snprintf(bytes, sizeof bytes, "%d", ASK_BYTES);

    struct db_rows *files = db_query_binary(db, sql_load_near_files,
                                            DB_ARGS(period.from, period.to, bytes), err);
    struct asking asking = { .db = db, .keys = keys, .files = files, .near = near };

    *near = (struct near_files){ .may_share = false };
    key_list_absolve(keys);
    if (files == NULL)
        return false;
    db_columns(files, names, COLUMNS, asking.column);
    note_calls(&asking);

    bool ok = ask_files(&asking, err);

    db_rows_free(files);
    return ok;
}

/* Keys by themselves. */
static bool send_keys(struct db *db, int32_t file_id, struct slice folded,
                      struct err *err)
{
    struct buf out = { 0 };
    uint64_t rows = 0;

    if (!db_copy_begin(
            db, "copy cdr.file_keys (file_id, keys) from stdin (format binary)", err))
        return false;
    row_copy_head(&out);
    buf_add_be16(&out, 2);
    buf_add_be32(&out, sizeof file_id);
    buf_add_be32(&out, (uint32_t)file_id);
    buf_add_be32(&out, (uint32_t)folded.len);

    bool ok = db_copy_put(db, out.s, out.len, err);

    for (size_t at = 0; ok && at < folded.len; at += SEND_BYTES)
        ok =
            db_copy_put(db, folded.s + at,
                        folded.len - at < SEND_BYTES ? folded.len - at : SEND_BYTES, err);
    buf_reset(&out);
    row_copy_tail(&out);
    ok = ok && db_copy_put(db, out.s, out.len, err);
    buf_free(&out);
    return ok ? db_copy_end_later(db, 1, err)
              : db_copy_end(db, "not all came", &rows, err);
}

bool near_files_join(struct db *db, const struct ledger_file *file,
                     struct key_filter *keys, const struct report *report,
                     struct err *err)
{
    struct slice folded = key_filter_fold(keys);
    bool is_short = folded.len <= SHORT;

    return ledger_write(db, file, report, is_short ? folded : SLICE_NONE, err) &&
           (is_short || send_keys(db, file->file_id, folded, err));
}

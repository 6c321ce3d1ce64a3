/*
 * near_files.c - files in reach, and their keys as they come.
 */
#include "loader/near/near_files.h"

#include "base/base.h"
#include "db/copy_buffer.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "record/instant.h"

#define PART_BYTES "524288" /* of keys in a row: some of KEY_FILTER_LINE */

enum { SHORT = 64 << 10 /* bytes of keys that go with the file's row */ };

struct asking {
    struct key_list *keys;
    struct near_files *near;
};

static int64_t near_int(const struct db_rows *file, const char *column)
{
    return row_value_int(db_named(file, 0, column));
}

/* FILE may have one of our legs. */
static void add_suspect(struct near_files *near, const struct db_rows *file)
{
    int64_t first = near_int(file, "first_at"), last = near_int(file, "last_at");

    if (!near->may_share || first < near->first_at)
        near->first_at = first;
    if (!near->may_share || last > near->last_at)
        near->last_at = last;
    near->may_share = true;
}

/* A file in reach, or a part of its keys. */
static bool near_take(void *to, const struct db_rows *file, struct err *err)
{
    const struct asking *asking = to;
    struct near_files *near = asking->near;
    struct key_filter_part part = { .bytes = db_named(file, 0, "keys"),
                                    .at = (size_t)near_int(file, "at"),
                                    .of = (size_t)near_int(file, "bytes") };
    bool meets = false;

    near->any = true;
    near->has_orphans |= near_int(file, "has_orphans") != 0;
    if (near_int(file, "is_near") == 0)
        return true;
    near->has_unknown |= part.bytes.s == NULL;
    if (part.bytes.s != NULL && !key_list_meet(asking->keys, &part, &meets, err))
        return false;
    if (meets || part.bytes.s == NULL)
        add_suspect(near, file);
    return true;
}

bool near_files_ask(struct db *db, int64_t first_at, int64_t last_at,
                    struct key_list *keys, struct near_files *near, struct err *err)
{
    struct period_text period = period_text(first_at, last_at);
    struct asking asking = { keys, near };

    *near = (struct near_files){ .may_share = false };
    key_list_absolve(keys);
    return db_each(db, sql_load_near_files, DB_ARGS(period.from, period.to, PART_BYTES),
                   near_take, &asking, err);
}

/* Keys by themselves, SIZE bytes. */
static bool send_keys(struct db *db, int32_t file_id, struct key_list *keys, size_t size,
                      struct err *err)
{
    struct buf row = { 0 };

    buf_add_be16(&row, 2);
    buf_add_be32(&row, sizeof file_id);
    buf_add_be32(&row, (uint32_t)file_id);
    buf_add_be32(&row, (uint32_t)size);

    bool ok = key_list_filter(keys, size, &row, err) &&
              copy_buffer_send(
                  db, "copy cdr.file_keys (file_id, keys) from stdin (format binary)",
                  &row, err);

    buf_free(&row);
    return ok;
}

bool near_files_join(struct db *db, const struct ledger_file *file, struct key_list *keys,
                     const struct report *report, struct err *err)
{
    size_t size = key_filter_size(key_list_count(keys));
    bool is_short = size <= SHORT;
    struct buf filter = { 0 };
    bool ok = (!is_short || key_list_filter(keys, size, &filter, err)) &&
              ledger_write(db, file, report, buf_slice(&filter), err) &&
              (is_short || send_keys(db, file->file_id, keys, size, err));

    buf_free(&filter);
    return ok;
}

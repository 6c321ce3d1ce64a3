/*
 * forget_texts.c - numbers taken out of rejects and of the ledger of files.
 */
#include <inttypes.h>

#include "base/base.h"
#include "db/copy_buffer.h"
#include "db/db_cursor.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "loader/retention/forget_impl.h"

struct texts {
    const struct forget_search *search;
    uint64_t rejects, files;
    int64_t file_id;    /* the one counted last */
    struct buf blanked; /* of one text */
    struct buf erased;  /* COPY rows that wait */
};

/* Bytes of an export go whole. */
static bool goes_whole(struct slice kind)
{
    return slice_is(kind, "reject") || slice_is(kind, "caption");
}

static void erase_text(struct texts *texts, const struct db_rows *rows, size_t row)
{
    struct slice kind = db_named(rows, row, "kind"), id = db_named(rows, row, "id");
    int64_t number = row_value_int(id);

    buf_reset(&texts->blanked);
    if (!suppression_blank(texts->search->suppression, db_named(rows, row, "text"),
                           SUPPRESSION_MASK, &texts->blanked))
        return;
    if (slice_is(kind, "reject")) {
        texts->rejects++;
    } else if (number != texts->file_id) {
        texts->files++;
        texts->file_id = number;
    }
    buf_add_be16(&texts->erased, 4);
    row_copy_add_value(&texts->erased, kind);
    row_copy_add_value(&texts->erased, id);
    row_copy_add_value(&texts->erased, db_named(rows, row, "place"));
    row_copy_add_value(&texts->erased,
                       goes_whole(kind) ? SLICE_NONE : buf_slice(&texts->blanked));
}

static bool forget_texts_batch(void *to, const struct db_rows *rows, struct err *err)
{
    struct texts *texts = to;

    for (size_t i = 0; i < db_rows_count(rows); i++)
        erase_text(texts, rows, i);
    if (texts->search->dry_run)
        buf_reset(&texts->erased);
    return copy_buffer_send(texts->search->db,
                            "copy pg_temp.erased_text (kind, id, place, text) "
                            "from stdin (format binary)",
                            &texts->erased, err);
}

bool forget_texts(const struct forget_search *search, uint64_t *rejects, uint64_t *files,
                  struct err *err)
{
    struct db *db = search->db;
    struct texts texts = { .search = search, .file_id = -1 };
    bool ok = db_exec(db, sql_forget_texts_prepare, err) &&
              db_cursor(db, sql_forget_texts, NULL, forget_texts_batch, &texts, err) &&
              (search->dry_run || texts.rejects + texts.files == 0 ||
               db_exec(db, sql_forget_texts_apply, err));

    *rejects = texts.rejects;
    *files = texts.files;
    buf_free(&texts.blanked);
    buf_free(&texts.erased);
    return ok;
}

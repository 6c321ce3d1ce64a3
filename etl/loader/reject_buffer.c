/*
 * reject_buffer.c - rejects, encoded.
 */
#include "loader/reject_buffer.h"

#include "base/base.h"
#include "db/row/row_copy.h"

static void add_long(struct buf *out, bool is_null, uint64_t number)
{
    buf_add_be32(out, is_null ? UINT32_MAX : sizeof number);
    if (!is_null)
        buf_add_be64(out, number);
}

/* A column's name is text of the export's: cells that are not UTF-8 name nothing. */
static void add_column_name(struct buf *out, const char *column)
{
    bool is_text = column != NULL && text_is_utf8(slice_of(column));

    row_copy_add_value(out, is_text ? slice_of(column) : SLICE_NONE);
}

bool reject_buffer_add(struct copy_spool *rejects, int32_t file_id,
                       const struct reject *reject, struct err *err)
{
    struct buf *out = &rejects->rows;
    size_t len = reject->text.len < REJECT_TEXT_MAX ? reject->text.len : REJECT_TEXT_MAX;
    /* Of a record that is too long the reader gives the beginning. */
    bool is_cut = len < reject->text.len || reject->code == REJECT_TOO_LONG;

    buf_add_be16(out, 7);
    buf_add_be32(out, sizeof file_id);
    buf_add_be32(out, (uint32_t)file_id);
    row_copy_add_value(out, slice_of(reject_name(reject->code)));
    add_long(out, reject->line == 0, reject->line);
    add_long(out, false, reject->offset);
    add_column_name(out, reject->column);
    buf_add_be32(out, (uint32_t)len);
    buf_add(out, reject->text.s, len);
    row_copy_add_value(out, (struct slice){ is_cut ? "\1" : "\0", 1 });
    return copy_spool_added(rejects, err);
}

bool reject_buffer_send(struct copy_spool *rejects, struct db *db, struct err *err)
{
    return copy_spool_send(rejects, db, "rejects",
                           "copy cdr.reject (file_id, code, line_no, byte_offset, "
                           "column_name, raw, raw_is_cut) from stdin (format binary)",
                           err);
}

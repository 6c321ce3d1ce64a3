/*
 * reject_buffer.c - rejects, encoded as COPY takes them.
 */
#include "loader/reject_buffer.h"

#include "base/base.h"
#include "base/temp.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"

enum { CHUNK = 64 << 10 };

struct reject_buffer {
    FILE *file; /* NULL until memory does not do */
    struct buf wait;
    uint64_t count;
};

struct reject_buffer *reject_buffer_new(void)
{
    return xcalloc(1, sizeof(struct reject_buffer));
}

static void reject_close_file(struct reject_buffer *buffer)
{
    if (buffer->file != NULL)
        fclose(buffer->file);
    buffer->file = NULL;
}

void reject_buffer_free(struct reject_buffer *buffer)
{
    if (buffer == NULL)
        return;
    reject_close_file(buffer);
    buf_free(&buffer->wait);
    free(buffer);
}

void reject_buffer_clear(struct reject_buffer *buffer)
{
    reject_close_file(buffer);
    buf_reset(&buffer->wait);
    buffer->count = 0;
}

static bool to_file(struct reject_buffer *buffer, struct err *err)
{
    if (buffer->file == NULL && (buffer->file = temp_open(err)) == NULL)
        return false;
    if (fwrite(buffer->wait.s, 1, buffer->wait.len, buffer->file) != buffer->wait.len)
        return temp_failed(err);
    buf_reset(&buffer->wait);
    return true;
}

static void reject_buffer_add_text(struct buf *out, const void *bytes, size_t len)
{
    buf_add_be32(out, (uint32_t)len);
    buf_add(out, bytes, len);
}

static void add_long(struct buf *out, bool is_null, uint64_t number)
{
    buf_add_be32(out, is_null ? UINT32_MAX : sizeof number);
    if (!is_null)
        buf_add_be64(out, number);
}

/* A column's name is text of the export's: cells that are not UTF-8 name nothing. */
static void add_column_name(struct buf *out, const char *column)
{
    if (column == NULL || !text_is_utf8(slice_of(column)))
        buf_add_be32(out, UINT32_MAX);
    else
        reject_buffer_add_text(out, column, strlen(column));
}

bool reject_buffer_add(struct reject_buffer *buffer, int32_t file_id,
                       const struct reject *reject, struct err *err)
{
    struct buf *out = &buffer->wait;
    const char *code = reject_name(reject->code);
    size_t len = reject->text.len < REJECT_TEXT_MAX ? reject->text.len : REJECT_TEXT_MAX;
    /* Of a record that is too long the reader gives the beginning. */
    bool is_cut = len < reject->text.len || reject->code == REJECT_TOO_LONG;

    buf_add_be16(out, 7);
    buf_add_be32(out, sizeof file_id);
    buf_add_be32(out, (uint32_t)file_id);
    reject_buffer_add_text(out, code, strlen(code));
    add_long(out, reject->line == 0, reject->line);
    add_long(out, false, reject->offset);
    add_column_name(out, reject->column);
    reject_buffer_add_text(out, reject->text.s, len);
    reject_buffer_add_text(out, is_cut ? "\1" : "\0", 1);
    buffer->count++;
    return out->len < CHUNK || to_file(buffer, err);
}

static bool send_file(struct reject_buffer *buffer, struct db *db, struct err *err)
{
    char *chunk = xcalloc(CHUNK, 1);
    bool ok = fflush(buffer->file) == 0;
    size_t len;

    rewind(buffer->file);
    while (ok && (len = fread(chunk, 1, CHUNK, buffer->file)) > 0)
        ok = db_copy_put(db, chunk, len, err);
    if (ok && ferror(buffer->file))
        ok = err_set(err, EXIT_USAGE, "cannot read the rejects' temporary file back");
    free(chunk);
    return ok;
}

static bool copy_buffer_send(struct reject_buffer *buffer, struct db *db, struct err *err)
{
    struct buf edge = { 0 };

    row_copy_head(&edge);

    bool ok = db_copy_put(db, edge.s, edge.len, err) &&
              (buffer->file == NULL || send_file(buffer, db, err)) &&
              db_copy_put(db, buffer->wait.s, buffer->wait.len, err);

    buf_reset(&edge);
    row_copy_tail(&edge);
    ok = ok && db_copy_put(db, edge.s, edge.len, err);
    buf_free(&edge);
    return ok;
}

bool reject_buffer_send(struct reject_buffer *buffer, struct db *db, struct err *err)
{
    uint64_t rows = 0;

    if (buffer->count == 0)
        return true;
    if (!db_copy_begin(db,
                       "copy cdr.reject (file_id, code, line_no, byte_offset, "
                       "column_name, raw, raw_is_cut) from stdin (format binary)",
                       err))
        return false;

    bool ok = copy_buffer_send(buffer, db, err);

    ok = db_copy_end(db, ok ? NULL : "the rejects did not all come", &rows, err) && ok;
    if (ok && rows != buffer->count)
        return err_set(err, EXIT_INTERNAL, "%ju rejects were sent and %ju arrived",
                       (uintmax_t)buffer->count, (uintmax_t)rows);
    return ok;
}

/*
 * csv.c - a record a row.
 *
 * A row is held whole in the source's window, so that a reject can show it; one
 * that is over RECORD_MAX is passed over without holding it.  Line numbers are
 * physical lines, a row's is its first.
 */
#include "readers/csv/csv.h"

#include <assert.h>

#include "base/base.h"
#include "readers/csv/csv_impl.h"
#include "readers/extra.h"
#include "readers/protection.h"

/* The field of PICKED is TEXT, unless that means nothing. */
static void fill_field(struct csv *csv, const struct picked *picked, struct slice text,
                       struct rec *rec)
{
    const struct profile *profile = csv->reader.profile;
    enum field field = picked->field;
    bool cut = false;

    if (!profile_takes_as_is(profile, field, text)) {
        if (text.len > 0 && (text.s[0] == '{' || text.s[0] == '[') &&
            profile->nmembers > 0)
            text = cell_value(profile, field, text, &csv->cells.text);
        cut = protection_cut(field_kind(field), &text);
        text = profile_value(profile, field, text);
        if (text.s == NULL)
            return;
    }
    assert(field != FIELD_NONE); /* none is picked that has no field */
    rec->damaged |= (uint64_t)cut << field;
    rec->field[field] = text;
    rec->column[field] = csv->columns.caption[picked->column];
}

static void csv_fill(struct csv *csv, struct slice raw, struct rec *rec)
{
    const struct columns *columns = &csv->columns;

    rec->line = csv->line;
    rec->offset = source_offset(csv->reader.source);
    rec->raw = raw;
    rec->damaged = 0;
    memset(rec->field, 0, csv->columns.nfields * sizeof *rec->field);
    memcpy(rec->column, columns->name, csv->columns.nfields * sizeof *rec->column);
    for (const struct picked *picked = columns->picked, *end = picked + columns->npicked;
         picked < end; picked++) {
        struct slice text = csv->cells.cell[picked->column];

        if ((text.len > 0 || !csv->reader.profile->empty_is_null) &&
            (!picked->is_other_name || rec->field[picked->field].s == NULL))
            fill_field(csv, picked, text, rec);
    }

    buf_reset(&csv->extra);
    for (size_t i = 0; i < columns->nspare; i++) {
        struct slice text = csv->cells.cell[columns->spare[i].column];

        if (text.len > 0)
            text = profile_value(csv->reader.profile, FIELD_NONE, text);
        if (text.len > 0)
            extra_add(&csv->extra, columns->spare[i].caption, text);
    }
    rec->extra = extra_close(&csv->extra);
}

static enum reader_got csv_next(struct reader *reader, struct rec *rec,
                                struct reject *reject, struct err *err)
{
    struct csv *csv = (struct csv *)reader;
    struct slice raw;
    enum reader_got got = csv_next_row(csv, &raw, reject, err);

    if (got != READER_REC)
        return got;
    if (!csv_fits(csv))
        return csv_reject(csv, REJECT_BAD_SHAPE, raw, reject);
    if (!text_is_utf8(raw))
        return csv_reject(csv, REJECT_BAD_ENCODING, raw, reject);
    csv_fill(csv, raw, rec);
    return READER_REC;
}

static void csv_close(struct reader *reader)
{
    struct csv *csv = (struct csv *)reader;

    columns_free(&csv->columns);
    cells_free(&csv->cells);
    buf_free(&csv->header);
    buf_free(&csv->extra);
    buf_free(&csv->text);
    free(csv);
}

/* The captions at the front of the window, of so many LINES; *NEXT is behind them. */
static bool header_at(struct csv *csv, size_t lines, struct slice *header, size_t *next,
                      struct err *err)
{
    struct slice line = SLICE_NONE;

    for (*next = 0; lines > 0; lines--)
        if (!csv_line_at(csv, *next, &line, next, err))
            return false;
    header->s = source_window(csv->reader.source).s;
    header->len = (size_t)(line.s - header->s) + line.len;
    return true;
}

struct reader *csv_reader_new(struct source *source, const struct sniff *sniff,
                              struct err *err)
{
    struct csv *csv = xcalloc(1, sizeof *csv);
    struct slice line;
    size_t next;

    csv->reader = (struct reader){ .next = csv_next,
                                   .close = csv_close,
                                   .source = source,
                                   .profile = sniff->profile,
                                   .has_lines = sniff->caption_lines == 1,
                                   .lines = sniff->blanks + sniff->names_delimiter +
                                            sniff->caption_lines,
                                   .blank = sniff->blanks,
                                   .headers = 1 + (uint64_t)sniff->names_delimiter };
    cells_init(&csv->cells, sniff->delimiter, sniff->profile->quoting);
    source_skip(source, sniff->preamble);
    csv->has_long_header = sniff->caption_lines > 1;
    if (!header_at(csv, sniff->caption_lines, &line, &next, err)) {
        csv_close(&csv->reader);
        return NULL;
    }
    buf_add_slice(&csv->header, line);
    if (!cells_split(&csv->cells, line))
        cells_line(&csv->cells, line, true, true);
    columns_map(&csv->columns, sniff->profile, &csv->cells);
    csv->used = next;
    csv->reader.has_ids = csv->columns.name[FIELD_UUID] != NULL;
    return &csv->reader;
}

struct slice csv_reader_caption(const struct reader *reader)
{
    if (reader->profile->container != CONTAINER_CSV)
        return SLICE_NONE;
    return buf_slice(&((const struct csv *)reader)->header);
}

void csv_reader_describe(const struct reader *reader, struct buf *out)
{
    const struct csv *csv = (const struct csv *)reader;
    const struct columns *columns = &csv->columns;

    if (csv->cells.delimiter == '\t')
        buf_add_text(out, "  delimiter  tab\n");
    else
        buf_addf(out, "  delimiter  %c\n", csv->cells.delimiter);
    columns_describe(columns, reader->profile, out);
}

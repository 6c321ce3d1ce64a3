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

/* Cells that make a caption line, at the least: fewer may be chance. */
enum { CAPTIONS_ENOUGH = 3 };

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

/* The captions as they are compared, to know a caption line that comes later in the file.
 */
static void note_places(struct csv *csv)
{
    const struct columns *columns = &csv->columns;

    captions_load(&csv->captions, csv->reader.profile);
    csv->folded = xcalloc(columns->count + 1, sizeof *csv->folded);
    for (size_t i = 0; i < columns->count; i++) {
        caption_fold(&csv->text, slice_of(columns->caption[i]));
        csv->folded[i] = xstrndup(buf_cstr(&csv->text), csv->text.len);

        struct slice name = slice_of(csv->folded[i]);
        uint64_t hash = name_under(NAME_ROOT, name);

        if (name.len > 0 && table_find(&csv->places, hash, name) == TABLE_NONE)
            table_add(&csv->places, hash, name, (int)i);
    }
    for (size_t i = columns->npicked; i-- > 0;)
        if (columns->picked[i].field == FIELD_STARTED_AT ||
            columns->picked[i].field == FIELD_STARTED_DATE)
            csv->start = columns->picked[i].column;
}

static bool has_digit(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.s[i] >= '0' && text.s[i] <= '9')
            return true;
    return false;
}

enum line_kind { LINE_ROW, LINE_SAME_CAPTIONS, LINE_OTHER_CAPTIONS };

/* Is CELL a caption that the profile has, or the file's first line?  Leaves it folded. */
static bool is_caption(struct csv *csv, struct slice cell)
{
    struct buf *folded = &csv->text;

    return captions_may_be(&csv->captions, cell) &&
           (captions_find(&csv->captions, cell, folded) != NULL ||
            table_find(&csv->places, name_under(NAME_ROOT, buf_slice(folded)),
                       buf_slice(folded)) != TABLE_NONE);
}

/*
 * What the current row is: a caption line, in which most cells are captions, those of the
 * file's first line in the same columns or others; or a row.  No start is told without a
 * digit, so of a row one cell is looked at.
 */
static enum line_kind line_kind(struct csv *csv)
{
    const struct cells *cells = &csv->cells;
    size_t filled = 0, known = 0, in_place = 0;

    if (cells->count > CELLS_MAX ||
        (csv->start < cells->count && has_digit(cells->cell[csv->start])))
        return LINE_ROW;
    for (size_t i = 0; i < cells->count; i++) {
        struct slice cell = cells->cell[i];

        if (slice_starts(cell, "\xef\xbb\xbf"))
            cell = slice_from(cell, 3);
        cell = caption_cell(cell);
        if (cell.len == 0)
            continue;
        filled++;
        if (!is_caption(csv, cell))
            continue;
        known++;
        in_place += i < csv->columns.count &&
                    slice_equal(buf_slice(&csv->text), slice_of(csv->folded[i]));
    }
    if (known < CAPTIONS_ENOUGH || known <= filled / 2)
        return LINE_ROW;
    return in_place == filled && csv_fits(csv) ? LINE_SAME_CAPTIONS : LINE_OTHER_CAPTIONS;
}

/* The next row that is no caption line; rows below other captions would be misread. */
static enum reader_got next_of_same_captions(struct csv *csv, struct slice *raw,
                                             struct reject *reject, struct err *err)
{
    for (;;) {
        enum reader_got got = csv_next_row(csv, raw, reject, err);
        enum line_kind kind = got == READER_REC ? line_kind(csv) : LINE_ROW;

        if (kind == LINE_ROW)
            return got;
        if (kind == LINE_OTHER_CAPTIONS) {
            err_set(err, EXIT_INPUT,
                    "line %llu is a caption line with other columns: two exports stand "
                    "in it one behind the other; load each as a file of its own",
                    (unsigned long long)csv->line);
            return READER_FAILED;
        }
        csv->reader.headers++;
    }
}

static enum reader_got csv_next(struct reader *reader, struct rec *rec,
                                struct reject *reject, struct err *err)
{
    struct csv *csv = (struct csv *)reader;
    struct slice raw;
    enum reader_got got = next_of_same_captions(csv, &raw, reject, err);

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

    table_free(&csv->places);
    captions_free(&csv->captions);
    for (size_t i = 0; csv->folded != NULL && i < csv->columns.count; i++)
        free(csv->folded[i]);
    free(csv->folded);
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
    note_places(csv);
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

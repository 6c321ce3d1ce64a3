/*
 * csv.c - a record a row.
 *
 * A row is held whole in the source's window, so that a reject can show it; one
 * that is over RECORD_MAX is passed over without holding it.  Line numbers are
 * physical lines, a row's is its first.
 */
#include "readers/csv/csv.h"
#include "base/base.h"
#include "readers/csv/csv_header.h"
#include "readers/csv/csv_object.h"
#include "readers/extra.h"
#include "readers/format.h"

struct csv {
    struct reader reader;
    struct columns columns;
    struct cells cells;
    struct buf header;  /* the caption line, to know it when it comes again */
    struct buf extra;   /* of the record at hand */
    struct buf text;    /* the beginning of a record too long to hold */
    size_t used;        /* bytes of the window that the record at hand takes */
    uint64_t line;      /* where the record at hand begins */
    bool has_bare_line; /* the last line has no line end */
};

/*
 * The physical line at offset AT of the window, without its line end; *NEXT is
 * the offset behind it.  The line is as long as there is when it is over
 * RECORD_MAX.  False with ERR: unreadable.
 */
static bool csv_line_at(struct csv *csv, size_t at, struct slice *line, size_t *next,
                        struct err *err)
{
    struct source *source = csv->reader.source;
    struct slice window = source_window(source);
    const char *end = NULL;

    while (window.len <= at ||
           (end = memchr(window.s + at, '\n', window.len - at)) == NULL) {
        /* Behind so much even a line end of two bytes is out of reach. */
        if (source_ended(source) || (window.len > at && window.len - at > RECORD_MAX + 1))
            break;
        if (!source_want(source, window.len + 1, err))
            return false;
        window = source_window(source);
    }
    csv->has_bare_line = end == NULL;
    line->s = window.s + at;
    line->len = end != NULL ? (size_t)(end - line->s) : window.len - at;
    *next = at + line->len + (end != NULL);
    if (line->len > 0 && line->s[line->len - 1] == '\r')
        line->len--;
    return true;
}

static enum reader_got reject_as(const struct csv *csv, enum reject_code code,
                                 struct slice text, struct reject *reject)
{
    *reject = (struct reject){ .code = code,
                               .line = csv->line,
                               .offset = source_offset(csv->reader.source),
                               .text = text };
    return READER_REJECT;
}

static enum reader_got unclosed(const struct csv *csv, struct err *err)
{
    err_set(err, EXIT_INPUT, "the quote that opens in line %llu is never closed",
            (unsigned long long)csv->line);
    return READER_FAILED;
}

static enum reader_got beside_quote(const struct csv *csv, struct err *err)
{
    err_set(err, EXIT_INPUT,
            "line %llu: text stands beside a quote (its row begins in line %llu)",
            (unsigned long long)csv->reader.lines, (unsigned long long)csv->line);
    return READER_FAILED;
}

static bool csv_is_blank(const struct csv *csv, struct slice line)
{
    return slice_trim(line).len == 0 &&
           memchr(line.s, csv->cells.delimiter, line.len) == NULL;
}

/* Pass over the row at the front, line after line; *BLANK: there is nothing in it. */
static enum reader_got pass_over(struct csv *csv, bool *blank, struct err *err)
{
    struct source *source = csv->reader.source;
    enum cells_at at = AT_CELL;
    enum cells_got got = CELLS_MORE;

    for (*blank = true; got == CELLS_MORE;) {
        struct slice piece = source_window(source);

        if (piece.len == 0 && at == AT_QUOTED)
            return unclosed(csv, err);
        if (piece.len == 0)
            break;
        got = cells_pass(&csv->cells, piece, &at, &piece.len);
        csv->reader.lines += slice_count(piece, '\n') - (got == CELLS_ROW);
        if (got == CELLS_BROKEN)
            return beside_quote(csv, err);
        *blank = *blank && csv_is_blank(csv, piece);
        source_skip(source, piece.len);
        if (!source_want(source, 1, err))
            return READER_FAILED;
    }
    return READER_REC;
}

/*
 * Pass over a row that is too long, without holding it.  READER_REC: it is none,
 * but a blank line.
 */
static enum reader_got too_long(struct csv *csv, struct reject *reject, struct err *err)
{
    struct slice window = source_window(csv->reader.source);
    bool blank;

    reject_as(csv, REJECT_TOO_LONG, SLICE_NONE, reject);
    buf_reset(&csv->text);
    buf_add(&csv->text, window.s, window.len < REJECT_TEXT ? window.len : REJECT_TEXT);
    reject->text = buf_slice(&csv->text);
    csv->used = 0;
    csv->reader.lines = csv->line;
    if (pass_over(csv, &blank, err) != READER_REC)
        return READER_FAILED;
    if (csv->reader.lines > csv->line)
        csv->reader.has_lines = false;
    csv->reader.blank += blank;
    return blank ? READER_REC : READER_REJECT;
}

/*
 * The row at the front of the window, whose first LINE ends at *NEXT, for
 * libcsv: line after line until its quotes are closed.
 */
static enum reader_got hard_row(struct csv *csv, struct slice line, size_t *next,
                                struct reject *reject, struct err *err)
{
    size_t at = 0;
    bool first = true;

    for (;;) {
        struct slice window = source_window(csv->reader.source);
        struct slice whole = { window.s + at, *next - at };
        bool last = csv->has_bare_line;

        switch (cells_line(&csv->cells, whole, first, last)) {
        case CELLS_ROW:
            return READER_REC;
        case CELLS_BROKEN:
            return beside_quote(csv, err);
        case CELLS_MORE:
            break;
        }
        if (last)
            return unclosed(csv, err);
        at = *next;
        first = false;
        if (!csv_line_at(csv, at, &line, next, err))
            return READER_FAILED;
        if (at + line.len > RECORD_MAX)
            return too_long(csv, reject, err);
        if (*next == at)
            return unclosed(csv, err);
        csv->reader.lines++;
        csv->reader.has_lines = false;
    }
}

static void fill_field(struct csv *csv, const struct picked *picked, struct rec *rec)
{
    struct slice text = csv->cells.cell[picked->column];
    const struct profile *profile = csv->reader.profile;

    if (text.len == 0 && profile->empty_is_null)
        return;
    if (text.len > 0 && (text.s[0] == '{' || text.s[0] == '[') && profile->nmembers > 0)
        text = cell_value(profile, text, &csv->cells.text);
    text = profile_value(profile, picked->field, text);
    if (text.s == NULL)
        return;
    rec->field[picked->field] = text;
    rec->column[picked->field] = csv->columns.caption[picked->column];
}

static void csv_fill(struct csv *csv, struct slice raw, struct rec *rec)
{
    const struct columns *columns = &csv->columns;

    rec->line = csv->line;
    rec->offset = source_offset(csv->reader.source);
    rec->raw = raw;
    memset(rec->field, 0, csv->columns.nfields * sizeof *rec->field);
    memcpy(rec->column, columns->name, csv->columns.nfields * sizeof *rec->column);
    for (size_t i = 0; i < columns->npicked; i++)
        if (rec->field[columns->picked[i].field].s == NULL)
            fill_field(csv, &columns->picked[i], rec);

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

/* Has the row the cells that the captions ask for?  One more may stand empty. */
static bool fits(const struct csv *csv)
{
    const struct cells *cells = &csv->cells;

    if (cells->count == csv->columns.count)
        return true;
    return cells->count == csv->columns.count + 1 &&
           slice_trim(cells->cell[cells->count - 1]).len == 0;
}

static bool is_header(const struct csv *csv, struct slice line)
{
    if (line.len == csv->header.len + 3 && slice_starts(line, "\xef\xbb\xbf"))
        line = (struct slice){ line.s + 3, line.len - 3 };
    return slice_equal(line, buf_slice(&csv->header));
}

/*
 * The next line that is neither blank nor the caption line, or is too long to know;
 * false: failed or ended.
 */
static bool next_line(struct csv *csv, struct slice *line, size_t *next, struct err *err)
{
    for (;;) {
        if (!csv_line_at(csv, 0, line, next, err) || *next == 0)
            return false;
        csv->line = ++csv->reader.lines;
        if (line->len > RECORD_MAX)
            return true;
        if (csv_is_blank(csv, *line))
            csv->reader.blank++;
        else if (is_header(csv, *line))
            csv->reader.headers++;
        else
            return true;
        source_skip(csv->reader.source, *next);
    }
}

/* Only that: a row of tabs that is trimmed has lost cells. */
static struct slice without_line_end(struct slice row)
{
    while (row.len > 0 && (row.s[row.len - 1] == '\n' || row.s[row.len - 1] == '\r'))
        row.len--;
    return row;
}

static enum reader_got csv_next(struct reader *reader, struct rec *rec,
                                struct reject *reject, struct err *err)
{
    struct csv *csv = (struct csv *)reader;
    struct slice line;
    size_t next;

    source_skip(reader->source, csv->used);
    csv->used = 0;
    for (;;) {
        if (!next_line(csv, &line, &next, err))
            return err->code != EXIT_DONE ? READER_FAILED : READER_END;
        if (line.len <= RECORD_MAX)
            break;

        enum reader_got got = too_long(csv, reject, err);

        if (got != READER_REC)
            return got;
    }
    if (!cells_split(&csv->cells, line)) {
        enum reader_got got = hard_row(csv, line, &next, reject, err);

        if (got != READER_REC)
            return got;
    }
    csv->used = next;

    struct slice raw =
        without_line_end((struct slice){ source_window(reader->source).s, next });

    if (!fits(csv))
        return reject_as(csv, REJECT_BAD_SHAPE, raw, reject);
    if (!text_is_utf8(raw))
        return reject_as(csv, REJECT_BAD_ENCODING, raw, reject);
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
                                   .has_lines = true,
                                   .lines = sniff->blanks + sniff->names_delimiter + 1,
                                   .blank = sniff->blanks,
                                   .headers = 1 + (uint64_t)sniff->names_delimiter };
    cells_init(&csv->cells, sniff->delimiter, sniff->profile->quoting);
    source_skip(source, sniff->preamble);
    if (!csv_line_at(csv, 0, &line, &next, err)) {
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

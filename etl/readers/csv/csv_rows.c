/*
 * csv_rows.c - where a row ends, and what is done with one that makes no sense.
 */
#include "base/base.h"
#include "readers/csv/csv_impl.h"

bool csv_line_at(struct csv *csv, size_t at, struct slice *line, size_t *next,
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

enum reader_got csv_reject(const struct csv *csv, enum reject_code code,
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
    err_cut(err);
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

    csv_reject(csv, REJECT_TOO_LONG, SLICE_NONE, reject);
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

/* What libcsv makes of a row. */
enum strict { STRICT_ROW, STRICT_BROKEN, STRICT_UNCLOSED, STRICT_LONG, STRICT_FAILED };

/*
 * The row at the front of the window, whose first line ends at *NEXT, for
 * libcsv: line after line until its quotes are closed.
 */
static enum strict strict_row(struct csv *csv, size_t *next, struct err *err)
{
    struct slice line;
    size_t at = 0;

    for (bool first = true;; first = false) {
        struct slice window = source_window(csv->reader.source);
        struct slice whole = { window.s + at, *next - at };
        bool last = csv->has_bare_line;

        switch (cells_line(&csv->cells, whole, first, last)) {
        case CELLS_ROW:
            return STRICT_ROW;
        case CELLS_BROKEN:
            return STRICT_BROKEN;
        case CELLS_MORE:
            break;
        }
        if (last)
            return STRICT_UNCLOSED;
        at = *next;
        if (!csv_line_at(csv, at, &line, next, err))
            return STRICT_FAILED;
        if (at + line.len > RECORD_MAX)
            return STRICT_LONG;
        if (*next == at)
            return STRICT_UNCLOSED;
        csv->reader.lines++;
        csv->reader.has_lines = false;
    }
}

bool csv_fits(const struct csv *csv)
{
    const struct cells *cells = &csv->cells;

    if (cells->count == csv->columns.count)
        return true;
    return cells->count == csv->columns.count + 1 &&
           slice_trim(cells->cell[cells->count - 1]).len == 0;
}

/*
 * A row whose quotes nobody doubled, `"Pedro "Pdet" Holanda"`: by itself its first LINE,
 * which ends at *NEXT, has the right cells, and it is the row that is rejected.  But
 * text over several lines may look like that too, so libcsv is asked first, as long as
 * all that was looked at in vain is less than what was read: the cost stays linear.
 */
static enum reader_got torn_row(struct csv *csv, struct slice line, size_t *next,
                                struct reject *reject, struct err *err)
{
    struct source *source = csv->reader.source;
    size_t end = *next, len = line.len;
    bool has_lines = csv->reader.has_lines, is_bare = csv->has_bare_line;

    if (csv->in_vain <= source_offset(source)) {
        enum strict got = strict_row(csv, next, err);

        if (got == STRICT_ROW && csv_fits(csv))
            return READER_REC;
        if (got == STRICT_FAILED)
            return READER_FAILED;
        csv->in_vain += *next - end;
    }
    csv->reader.lines = csv->line;
    csv->reader.has_lines = has_lines;
    csv->has_bare_line = is_bare;
    csv->used = *next = end;
    return csv_reject(csv, REJECT_BAD_SHAPE,
                      (struct slice){ source_window(source).s, len }, reject);
}

/* The row at the front of the window, whose first LINE ends at *NEXT and is unclear. */
static enum reader_got hard_row(struct csv *csv, struct slice line, size_t *next,
                                struct reject *reject, struct err *err)
{
    if (cells_lenient(&csv->cells, line) && csv_fits(csv))
        return torn_row(csv, line, next, reject, err);
    switch (strict_row(csv, next, err)) {
    case STRICT_ROW:
        return READER_REC;
    case STRICT_BROKEN:
        return beside_quote(csv, err);
    case STRICT_UNCLOSED:
        return unclosed(csv, err);
    case STRICT_LONG:
        return too_long(csv, reject, err);
    case STRICT_FAILED:
        break;
    }
    return READER_FAILED;
}

static bool is_header(const struct csv *csv, struct slice line)
{
    if (line.len == csv->header.len + 3 && slice_starts(line, "\xef\xbb\xbf"))
        line = slice_from(line, 3);
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

/* The next line that begins a row and can be held, given back what came before it. */
static enum reader_got row_begin(struct csv *csv, struct slice *line, size_t *next,
                                 struct reject *reject, struct err *err)
{
    source_skip(csv->reader.source, csv->used);
    csv->used = 0;
    for (;;) {
        if (!next_line(csv, line, next, err))
            return err->code != EXIT_DONE ? READER_FAILED : READER_END;
        if (line->len <= RECORD_MAX)
            return READER_REC;

        enum reader_got got = too_long(csv, reject, err);

        if (got != READER_REC)
            return got;
    }
}

enum reader_got csv_next_row(struct csv *csv, struct slice *raw, struct reject *reject,
                             struct err *err)
{
    for (;;) {
        struct slice line;
        size_t next;
        enum reader_got got = row_begin(csv, &line, &next, reject, err);

        if (got == READER_REC && !cells_split(&csv->cells, line))
            got = hard_row(csv, line, &next, reject, err);
        if (got != READER_REC)
            return got;
        csv->used = next;
        *raw =
            without_line_end((struct slice){ source_window(csv->reader.source).s, next });
        if (!csv->has_long_header || !is_header(csv, *raw))
            return READER_REC;
        csv->reader.headers++;
    }
}

/*
 * csv_cells.c - splitting rows, by hand and by libcsv.
 */
#include "readers/csv/csv_cells.h"

#include <endian.h>

#include "base/base.h"

enum {
    WORD = 8,           /* bytes that are looked at together */
    CELL_STEP = 1 << 16 /* bytes that libcsv lets a cell grow by, instead of 128 */
};

/* CR is no end of a line of its own, and goes away around bare cells only. */
static int is_space(unsigned char c)
{
    return c == CSV_CR;
}

static int is_term(unsigned char c)
{
    return c == CSV_LF;
}

static void parser_start(struct cells *cells)
{
    csv_init(&cells->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
    csv_set_blk_size(&cells->parser, CELL_STEP);
    csv_set_delim(&cells->parser, (unsigned char)cells->delimiter);
    csv_set_space_func(&cells->parser, is_space);
    csv_set_term_func(&cells->parser, is_term);
}

/* Room for COUNT cells; a row of more than CELLS_MAX is counted, not kept. */
static void csv_cells_make_room(struct cells *cells, size_t count)
{
    while (cells->cap < count && cells->cap < CELLS_MAX)
        cells->cap = cells->cap == 0 ? 64 : 2 * cells->cap;
    cells->cell = xrealloc(cells->cell, cells->cap, sizeof *cells->cell);
    cells->end = xrealloc(cells->end, cells->cap, sizeof *cells->end);
}

void cells_init(struct cells *cells, char delimiter, bool quoting)
{
    *cells = (struct cells){ .delimiter = delimiter, .quoting = quoting };
    csv_cells_make_room(cells, 1);
    parser_start(cells);
}

void cells_free(struct cells *cells)
{
    csv_free(&cells->parser);
    buf_free(&cells->text);
    free(cells->cell);
    free(cells->end);
}

static void csv_cells_add(struct cells *cells, const char *s, size_t len)
{
    if (cells->count == cells->cap)
        csv_cells_make_room(cells, cells->count + 1);
    if (cells->count < cells->cap)
        cells->cell[cells->count] = (struct slice){ s, len };
    cells->count++;
}

/* 0x80 in the place of each byte of the eight at S that is C. */
static uint64_t places(const char *s, char c)
{
    const uint64_t low = 0x7f7f7f7f7f7f7f7fu;
    uint64_t word;

    memcpy(&word, s, WORD);
    word ^= 0x0101010101010101u * (unsigned char)c;
    return le64toh(~(((word & low) + low) | word | low));
}

/*
 * The cell that begins at S and holds doubled quotes, with single ones in the text,
 * which has room.  Returns where its closing quote is, NULL when there is none.
 */
static const char *doubled(struct cells *cells, const char *s, const char *end)
{
    char *begin = cells->text.s + cells->text.len, *out = begin;
    size_t n;

    for (;; s += 2) {
        for (n = WORD; n == WORD && end - s >= WORD; s += n, out += n) {
            uint64_t quotes = places(s, '"');

            memcpy(out, s, WORD);
            n = quotes != 0 ? (size_t)__builtin_ctzll(quotes) / 8 : WORD;
        }
        while (s < end && *s != '"')
            *out++ = *s++;
        if (end - s < 2 || s[1] != '"')
            break;
        *out++ = '"';
    }
    cells->text.len += (size_t)(out - begin);
    csv_cells_add(cells, begin, (size_t)(out - begin));
    return s < end ? s : NULL;
}

/* The quoted cell behind the quote at S; returns what follows it, NULL when unclear. */
static const char *quoted(struct cells *cells, const char *s, const char *end)
{
    const char *begin = s + 1;
    const char *quote = memchr(begin, '"', (size_t)(end - begin));

    if (quote != NULL && quote + 1 < end && quote[1] == '"')
        quote = doubled(cells, begin, end);
    else if (quote != NULL)
        csv_cells_add(cells, begin, (size_t)(quote - begin));
    return quote != NULL ? quote + 1 : NULL;
}

static const char *stop(struct cells *cells, size_t count, const char *s)
{
    cells->count = count;
    return s;
}

/* Split bare cells from S on; returns the quote that begins one, or END. */
static const char *bare(struct cells *cells, const char *s, const char *end)
{
    struct slice *cell = cells->cell; /* a local copy: this loop is where the time goes */
    size_t count = cells->count, cap = cells->cap;
    bool quoting = cells->quoting;

    for (const char *at = s; end - at >= WORD; at += WORD) {
        uint64_t mask = places(at, cells->delimiter);

        if (mask != 0 && count + WORD > cap) /* COUNT goes on behind CELLS_MAX */
            break;
        for (; mask != 0; mask &= mask - 1) {
            const char *next = at + __builtin_ctzll(mask) / 8;

            cell[count++] = (struct slice){ s, (size_t)(next - s) };
            s = next + 1;
            if (s < end && *s == '"' && quoting)
                return stop(cells, count, s);
        }
    }
    cells->count = count;
    for (const char *at = s; at < end; at++) {
        if (*at != cells->delimiter)
            continue;
        csv_cells_add(cells, s, (size_t)(at - s));
        s = at + 1;
        if (s < end && *s == '"' && quoting)
            return s;
    }
    csv_cells_add(cells, s, (size_t)(end - s));
    return end;
}

bool cells_split(struct cells *cells, struct slice line)
{
    const char *s = line.s, *end = line.s + line.len;
    bool is_quote = line.len > 0 && *s == '"' && cells->quoting;

    cells->count = 0;
    buf_reset(&cells->text);
    buf_room(&cells->text, 2 * line.len + 64); /* so that cells do not move */
    if (!is_quote)
        s = bare(cells, s, end);
    while (s < end) {
        s = quoted(cells, s, end);
        if (s == NULL || (s < end && *s != cells->delimiter))
            return false;
        if (s == end)
            return true;
        s++;
        if (s == end || *s != '"')
            s = bare(cells, s, end);
    }
    return true;
}

/* Behind the quote that closes the cell whose text begins at S; NULL: none does. */
static const char *lenient_end(const struct cells *cells, const char *s, const char *end)
{
    while (s < end && (s = memchr(s, '"', (size_t)(end - s))) != NULL) {
        s++;
        if (s == end || *s == cells->delimiter)
            return s;
    }
    return NULL;
}

bool cells_lenient(struct cells *cells, struct slice line)
{
    const char *s = line.s, *end = line.s + line.len, *next;

    cells->count = 0;
    for (;; s = next + 1) {
        if (s < end && *s == '"' && cells->quoting)
            next = lenient_end(cells, s + 1, end);
        else if (s == end ||
                 (next = memchr(s, cells->delimiter, (size_t)(end - s))) == NULL)
            next = end;
        if (next == NULL)
            return false;
        csv_cells_add(cells, s, (size_t)(next - s));
        if (next == end)
            return true;
    }
}

static void on_cell(void *bytes, size_t len, void *context)
{
    struct cells *cells = context;

    buf_add(&cells->text, bytes, len);
    csv_cells_add(cells, NULL, len);
    if (cells->count <= cells->cap)
        cells->end[cells->count - 1] = cells->text.len;
}

static void on_row(int term, void *context)
{
    struct cells *cells = context;

    (void)term;
    cells->whole = true;
}

/* The text stands still now: let the cells point into it. */
static enum cells_got csv_cells_finish(struct cells *cells)
{
    size_t len = cells->text.len;

    buf_room(&cells->text, len + 64);
    for (size_t i = 0; i < cells->count && i < cells->cap; i++)
        cells->cell[i].s = cells->text.s + cells->end[i] - cells->cell[i].len;
    return CELLS_ROW;
}

enum cells_got cells_line(struct cells *cells, struct slice line, bool first, bool last)
{
    if (first) {
        csv_free(&cells->parser);
        parser_start(cells);
        cells->count = 0;
        cells->whole = false;
        buf_reset(&cells->text);
    }
    if (csv_parse(&cells->parser, line.s, line.len, on_cell, on_row, cells) != line.len)
        return CELLS_BROKEN;
    if (!cells->whole && last &&
        csv_fini(&cells->parser, on_cell, on_row, cells) != CSV_SUCCESS)
        return CELLS_MORE;
    return cells->whole ? csv_cells_finish(cells) : CELLS_MORE;
}

/* Where a row stands behind C, which is in no quotes. */
static enum cells_at pass_bare(const struct cells *cells, enum cells_at at, char c)
{
    if (c == cells->delimiter)
        return AT_CELL;
    if (at == AT_CLOSED)
        return AT_CLOSED; /* a CR: all else was looked at */
    return at == AT_CELL && c == '"' && cells->quoting ? AT_QUOTED : AT_BARE;
}

enum cells_got cells_pass(const struct cells *cells, struct slice text, enum cells_at *at,
                          size_t *used)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];

        if (*at == AT_QUOTED) {
            *at = c == '"' ? AT_CLOSED : AT_QUOTED;
        } else if (*at == AT_CLOSED && c == '"') {
            *at = AT_QUOTED; /* a doubled one */
        } else if (c == '\n') {
            *used = i + 1;
            return CELLS_ROW;
        } else if (*at == AT_CLOSED && c != cells->delimiter && c != CSV_CR) {
            *used = i;
            return CELLS_BROKEN;
        } else {
            *at = pass_bare(cells, *at, c);
        }
    }
    *used = text.len;
    return CELLS_MORE;
}

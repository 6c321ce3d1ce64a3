/*
 * csv.c - cells, and rows of cells.
 */
#include "output/csv.h"

#include "base/base.h"

static bool is_sign(struct slice text)
{
    return text.len > 0 && memchr("=+-@\t\r\n", text.s[0], 7) != NULL;
}

/* -5 and -0.25; a telephone number with + is none, it would lose its digits. */
static bool is_negative_number(struct slice text)
{
    bool digits = text.len > 1 && text.s[0] == '-';

    for (size_t i = 1; i < text.len && digits; i++)
        digits = memchr("0123456789.", text.s[i], 11) != NULL;
    return digits;
}

static bool is_formula(struct slice text)
{
    return is_sign(text) && text.len > 1 && !is_negative_number(text);
}

static bool needs_guard(struct slice text)
{
    size_t apostrophes = 0;

    while (apostrophes < text.len && text.s[apostrophes] == '\'')
        apostrophes++;
    if (apostrophes > 0)
        return is_sign(slice_from(text, apostrophes));
    return is_formula(text);
}

struct slice csv_unguarded(struct slice cell)
{
    struct slice text = { cell.s + 1, cell.len - 1 };

    return cell.len > 1 && cell.s[0] == '\'' && needs_guard(text) ? text : cell;
}

void buf_add_csv(struct buf *buf, struct slice text)
{
    bool plain = true, guard = needs_guard(text);

    for (size_t i = 0; i < text.len && plain; i++)
        plain = memchr(",\"\r\n", text.s[i], 4) == NULL;
    if (plain) {
        buf_add_text(buf, guard ? "'" : "");
        buf_add_slice(buf, text);
        return;
    }
    buf_add_text(buf, guard ? "\"'" : "\"");
    for (size_t i = 0; i < text.len; i++) {
        if (text.s[i] == '"')
            buf_add_char(buf, '"');
        buf_add_char(buf, text.s[i]);
    }
    buf_add_char(buf, '"');
}

/* Where the cell that begins at the front of TEXT ends; quotes are not looked into. */
static size_t cell_end(struct slice text, char delimiter)
{
    bool quoted = text.len > 0 && text.s[0] == '"', inside = quoted;

    for (size_t i = quoted; i < text.len; i++) {
        if (quoted && text.s[i] == '"')
            inside = !inside;
        else if (!inside && (text.s[i] == delimiter || text.s[i] == '\n'))
            return i;
    }
    return text.len;
}

void buf_add_csv_row(struct buf *buf, struct slice row, char delimiter)
{
    for (size_t at = 0; at < row.len; at++) {
        struct slice rest = { row.s + at, row.len - at };
        struct slice cell = { rest.s, cell_end(rest, delimiter) };
        bool quoted = cell.len > 0 && cell.s[0] == '"';
        struct slice text = { cell.s + quoted, cell.len - quoted };

        /* A quote at the end is one more byte than the text has. */
        if (quoted && text.len > 0 && text.s[text.len - 1] == '"')
            text.len--;
        if (quoted)
            buf_add_char(buf, '"');
        if (is_formula(text))
            buf_add_char(buf, '\'');
        buf_add(buf, cell.s + quoted, cell.len - quoted);
        at += cell.len;
        if (at < row.len)
            buf_add_char(buf, row.s[at]);
    }
}

char csv_delimiter_of(struct slice caption)
{
    static const char known[] = ";,\t|";
    char best = known[0];
    size_t most = 0;

    for (const char *c = known; *c != '\0'; c++) {
        size_t count = slice_count(caption, *c);

        if (count > most) {
            most = count;
            best = *c;
        }
    }
    return best;
}

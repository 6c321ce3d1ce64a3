/*
 * mutate_csv.c - rows, columns and cells of a CSV sample.
 */
#include <stdlib.h>

#include "base/base.h"
#include "differential/mutate.h"
#include "support/table.h"

enum { ROWS = 64, COLUMNS = 200, CHANGES = 4 };

struct line {
    struct buf cell[COLUMNS];
    size_t ncells;
};

struct sheet {
    struct line line[ROWS]; /* captions first */
    size_t nlines;
    char delimiter;
};

static char delimiter_of(struct slice sample)
{
    static const char candidates[] = ";,\t|";
    size_t best = 0, most = 0;

    for (size_t i = 0; i < 4; i++) {
        size_t count = 0;

        for (size_t at = 0; at < sample.len && sample.s[at] != '\n'; at++)
            count += sample.s[at] == candidates[i];
        if (count > most) {
            most = count;
            best = i;
        }
    }
    return candidates[best];
}

/* One cell at AT; returns where it ends. */
static size_t take_cell(struct slice text, size_t at, char delimiter, struct buf *cell)
{
    bool quoted = at < text.len && text.s[at] == '"';

    at += quoted;
    while (at < text.len) {
        if (quoted && text.s[at] == '"') {
            if (at + 1 >= text.len || text.s[at + 1] != '"') {
                quoted = false;
                at++;
                continue;
            }
            at++;
        } else if (!quoted && (text.s[at] == delimiter || text.s[at] == '\n')) {
            break;
        }
        buf_add_char(cell, text.s[at++]);
    }
    if (at < text.len && text.s[at] == '\n' && cell->len > 0 &&
        cell->s[cell->len - 1] == '\r')
        cell->len--;
    return at;
}

static void take_sheet(struct slice text, struct sheet *sheet)
{
    size_t at = 0;

    if (slice_starts(text, "\xef\xbb\xbf"))
        at = 3;
    sheet->delimiter = delimiter_of(text);
    while (at < text.len && sheet->nlines < ROWS) {
        struct line *line = &sheet->line[sheet->nlines++];

        while (line->ncells < COLUMNS) {
            at = take_cell(text, at, sheet->delimiter, &line->cell[line->ncells++]);
            if (at >= text.len || text.s[at++] == '\n')
                break;
        }
    }
}

static void copy_cell(struct buf *to, const struct buf *from)
{
    struct buf copy = { 0 };

    buf_add_slice(&copy, buf_slice(from));
    buf_free(to);
    *to = copy;
}

static void copy_line(struct line *to, const struct line *from)
{
    for (size_t i = 0; i < from->ncells; i++)
        copy_cell(&to->cell[i], &from->cell[i]);
    to->ncells = from->ncells;
}

static void drop_cell(struct line *line, size_t place)
{
    if (place >= line->ncells)
        return;
    buf_free(&line->cell[place]);
    memmove(&line->cell[place], &line->cell[place + 1],
            (line->ncells - place - 1) * sizeof line->cell[0]);
    line->cell[--line->ncells] = (struct buf){ 0 };
}

/* A column once more, at the end, with or without its values. */
static void repeat_column(struct sheet *sheet, size_t column, bool is_empty)
{
    for (size_t i = 0; i < sheet->nlines; i++) {
        struct line *line = &sheet->line[i];

        if (column >= line->ncells || line->ncells >= COLUMNS)
            continue;
        line->ncells++;
        if (i == 0 || !is_empty)
            copy_cell(&line->cell[line->ncells - 1], &line->cell[column]);
    }
}

static void set_token(struct buf *cell, uint64_t *dice)
{
    buf_reset(cell);
    mutate_token(dice, cell);
}

static void fill_column(struct sheet *sheet, size_t column, uint64_t *dice)
{
    struct buf token = { 0 };

    mutate_token(dice, &token);
    for (size_t i = 1; i < sheet->nlines; i++)
        if (column < sheet->line[i].ncells)
            copy_cell(&sheet->line[i].cell[column], &token);
    buf_free(&token);
}

static void swap_columns(struct sheet *sheet, size_t one, size_t other)
{
    for (size_t i = 0; i < sheet->nlines; i++) {
        struct line *line = &sheet->line[i];

        if (one < line->ncells && other < line->ncells) {
            struct buf cell = line->cell[one];

            line->cell[one] = line->cell[other];
            line->cell[other] = cell;
        }
    }
}

/* ROW once more, at the end: as it is, or with another COLUMN. */
static void repeat_line(struct sheet *sheet, size_t row, size_t column, size_t other,
                        uint64_t *dice)
{
    if (sheet->nlines == ROWS)
        return;

    struct line *line = &sheet->line[sheet->nlines++];

    copy_line(line, &sheet->line[row]);
    switch (table_dice(dice, 3)) {
    case 0:
        break;
    case 1:
        set_token(&line->cell[column], dice);
        break;
    default:
        if (column < sheet->line[other].ncells)
            copy_cell(&line->cell[column], &sheet->line[other].cell[column]);
        break;
    }
}

static void change(struct sheet *sheet, uint64_t *dice, struct buf *how)
{
    size_t row = table_dice(dice, sheet->nlines), other = table_dice(dice, sheet->nlines);
    struct line *line = &sheet->line[row];

    if (line->ncells == 0)
        return;

    size_t column = table_dice(dice, line->ncells), what = table_dice(dice, 16);

    buf_addf(how, " %zu:%zu,%zu", what, row, column);
    switch (what) {
    case 0:
        drop_cell(line, line->ncells - 1);
        break;
    case 1:
        if (line->ncells < COLUMNS)
            set_token(&line->cell[line->ncells++], dice);
        break;
    case 2:
        for (size_t i = 0; i < sheet->nlines; i++)
            drop_cell(&sheet->line[i], column);
        break;
    case 3:
        repeat_column(sheet, column, table_dice(dice, 2) == 0);
        break;
    case 4:
        swap_columns(sheet, column, table_dice(dice, line->ncells));
        break;
    case 5:
        fill_column(sheet, column, dice);
        break;
    case 6:
    case 7:
        repeat_line(sheet, row, column, other, dice);
        break;
    case 8:
    case 9:
        if (column < sheet->line[other].ncells)
            copy_cell(&line->cell[column], &sheet->line[other].cell[column]);
        break;
    default:
        set_token(&line->cell[column], dice);
        break;
    }
}

static void put_cell(struct buf *out, const struct buf *cell, char delimiter, bool always)
{
    bool quoted = always;

    for (size_t i = 0; i < cell->len && !quoted; i++)
        quoted = cell->s[i] == '"' || cell->s[i] == '\n' || cell->s[i] == '\r' ||
                 cell->s[i] == delimiter;
    if (!quoted) {
        buf_add_slice(out, buf_slice(cell));
        return;
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < cell->len; i++) {
        if (cell->s[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, cell->s[i]);
    }
    buf_add_char(out, '"');
}

static void put_sheet(const struct sheet *sheet, uint64_t *dice, struct buf *out)
{
    static const char delimiters[] = ";,\t|";
    char delimiter = sheet->delimiter;

    if (table_dice(dice, 2) != 0)
        delimiter = delimiters[table_dice(dice, 4)];

    const char *end = table_dice(dice, 2) == 0 ? "\n" : "\r\n";
    bool always = table_dice(dice, 2) == 0;

    for (size_t i = 0; i < sheet->nlines; i++) {
        for (size_t j = 0; j < sheet->line[i].ncells; j++) {
            if (j > 0)
                buf_add_char(out, delimiter);
            put_cell(out, &sheet->line[i].cell[j], delimiter, always);
        }
        buf_add_text(out, end);
    }
}

void mutate_csv(struct slice sample, uint64_t *dice, struct buf *out, struct buf *twin,
                struct buf *how)
{
    struct sheet *sheet = xcalloc(1, sizeof *sheet);
    size_t changes = 1 + table_dice(dice, CHANGES);

    take_sheet(sample, sheet);
    buf_add_text(how, "CSV");
    for (size_t i = 0; i < changes && sheet->nlines > 0; i++)
        change(sheet, dice, how);
    put_sheet(sheet, dice, out);
    put_sheet(sheet, dice, twin);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < COLUMNS; j++)
            buf_free(&sheet->line[i].cell[j]);
    free(sheet);
}

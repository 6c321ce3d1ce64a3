/*
 * text_table.c - widths first, then lines.
 */
#include "output/text_table.h"

#include <assert.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/base.h"
#include "base/unicode.h"

enum {
    GAP = 2, /* in front of every column */
    BAR_WIDTH = 20,
    BAR_LEAST = 8,
    TEXT_LEAST = 24, /* a text is not folded narrower while columns can be left out */
    FOLD_LEAST = 8,  /* nor ever */
    WIDTH_MAX = 10000,
};

struct text_column {
    char align;  /* of the specification */
    int rank;    /* 0: it stays */
    bool gone;   /* left out */
    size_t full; /* width of its widest cell */
    size_t width;
};

struct text_table {
    char **cell;
    size_t nrows, ncolumns;
    const char *left_out; /* NULL: there is no head */
    struct text_column column[TEXT_TABLE_COLUMNS_MAX];
};

/* Columns of the terminal behind stdout, or of COLUMNS; 0: as many as you like. */
static size_t terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    int64_t number;

    if (columns != NULL && slice_int(slice_of(columns), &number) && number > 0 &&
        number <= WIDTH_MAX)
        return (size_t)number;
    if (isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        return size.ws_col;
    return 0;
}

static void read_spec(struct text_table *table, const char *spec)
{
    for (; *spec != '\0' && table->ncolumns < TEXT_TABLE_COLUMNS_MAX; spec++) {
        struct text_column *column = &table->column[table->ncolumns++];

        column->align = *spec;
        if (spec[1] >= '0' && spec[1] <= '9')
            column->rank = *++spec - '0';
    }
}

static const char *cell_at(const struct text_table *table, size_t row, size_t column)
{
    return table->cell[row * table->ncolumns + column];
}

static bool is_bar(const struct text_table *table, size_t row, size_t column)
{
    return table->column[column].align == 'b' && (row > 0 || table->left_out == NULL);
}

static void measure(struct text_table *table)
{
    for (size_t i = 0; i < table->nrows * table->ncolumns; i++) {
        struct text_column *column = &table->column[i % table->ncolumns];
        size_t width = is_bar(table, i / table->ncolumns, i % table->ncolumns)
                           ? BAR_WIDTH
                           : text_width(slice_of(table->cell[i]));

        if (width > column->full)
            column->full = width;
    }
    for (size_t i = 0; i < table->ncolumns; i++)
        table->column[i].width = table->column[i].full;
}

static size_t line_width(const struct text_table *table)
{
    size_t width = 0;

    for (size_t i = 0; i < table->ncolumns; i++)
        if (!table->column[i].gone)
            width += GAP + table->column[i].width;
    return width;
}

/* Take from the columns of ALIGN what the line is too long by; none gets below LEAST. */
static void narrow(struct text_table *table, size_t room, char align, size_t least)
{
    while (line_width(table) > room) {
        struct text_column *widest = NULL;

        for (size_t i = 0; i < table->ncolumns; i++) {
            struct text_column *column = &table->column[i];

            if (!column->gone && column->align == align && column->width > least &&
                (widest == NULL || column->width > widest->width))
                widest = column;
        }
        if (widest == NULL)
            return;
        widest->width--;
    }
}

/* The column that matters least is left out; false: all that are there stay. */
static bool leave_out(struct text_table *table)
{
    struct text_column *least = NULL;

    for (size_t i = 0; i < table->ncolumns; i++) {
        struct text_column *column = &table->column[i];

        if (!column->gone && column->rank > 0 &&
            (least == NULL || column->rank >= least->rank))
            least = column;
    }
    if (least != NULL)
        least->gone = true;
    return least != NULL;
}

static void fit(struct text_table *table, size_t room)
{
    do {
        for (size_t i = 0; i < table->ncolumns; i++)
            table->column[i].width = table->column[i].full;
        narrow(table, room, 'b', BAR_LEAST);
        narrow(table, room, 't', TEXT_LEAST);
    } while (line_width(table) > room && leave_out(table));
    narrow(table, room, 't', FOLD_LEAST);
    narrow(table, room, 'l', FOLD_LEAST);
}

static void print_spaces(size_t count)
{
    printf("%*s", (int)count, "");
}

static void print_bar(const char *share, size_t width, bool last)
{
    /* Eighths of a block, so that small shares are seen. */
    static const char *const part[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    double value = strtod(share, NULL);
    size_t eighths = 0, used = 0;

    if (value > 0)
        eighths = (size_t)((value < 1 ? value : 1) * (double)width * 8 + 0.5);
    for (; eighths >= 8; eighths -= 8, used++)
        fputs("█", stdout);
    fputs(part[eighths], stdout);
    used += eighths > 0;
    if (!last)
        print_spaces(width - used);
}

/*
 * How much of TEXT goes into one line of WIDTH: up to its last blank where a word would
 * be torn, and at least one character.
 */
static struct slice line_of(struct slice text, size_t width)
{
    struct slice line = text_columns(text, width);

    if (line.len == text.len)
        return line;
    assert(text.s != NULL);
    if (line.len == 0)
        return (struct slice){ text.s, text_char(text.s, text.len) };
    for (size_t i = line.len; i > 0; i--)
        if (text.s[i] == ' ')
            return (struct slice){ text.s, i };
    return line;
}

static void table_print_text(struct slice text, size_t width, bool right, bool last)
{
    size_t used = text_width(text), gap = width > used ? width - used : 0;

    if (right)
        print_spaces(gap);
    fwrite(text.s, 1, text.len, stdout);
    if (!right && !last)
        print_spaces(gap);
}

/* The next line of a cell, which goes on behind it. */
static void print_part(struct slice *rest, const struct text_column *column, bool last)
{
    struct slice line = *rest;

    if (column->align == 'l' || column->align == 't')
        line = line_of(*rest, column->width);
    rest->s += line.len;
    rest->len -= line.len;
    while (rest->len > 0 && *rest->s == ' ') {
        rest->s++;
        rest->len--;
    }
    table_print_text(line, column->width, column->align == 'r', last);
}

static size_t last_shown(const struct text_table *table)
{
    size_t last = 0;

    for (size_t i = 0; i < table->ncolumns; i++)
        if (!table->column[i].gone)
            last = i;
    return last;
}

/* A line of the cell in column AT, of which REST is left; true: some still is. */
static bool print_cell(const struct text_table *table, size_t row, size_t at,
                       struct slice *rest, bool first, bool last)
{
    const struct text_column *column = &table->column[at];

    print_spaces(GAP);
    if (!is_bar(table, row, at)) {
        print_part(rest, column, last);
        return rest->len > 0;
    }
    if (first)
        print_bar(rest->s, column->width, last);
    else if (!last)
        print_spaces(column->width);
    return false;
}

static void table_print_row(const struct text_table *table, size_t row)
{
    struct slice rest[TEXT_TABLE_COLUMNS_MAX];
    size_t last = last_shown(table);
    bool more = true;

    for (size_t i = 0; i < table->ncolumns; i++)
        rest[i] = slice_of(cell_at(table, row, i));
    for (bool first = true; more; first = false) {
        more = false;
        for (size_t i = 0; i < table->ncolumns; i++)
            if (!table->column[i].gone &&
                print_cell(table, row, i, &rest[i], first, i == last))
                more = true;
        putchar('\n');
    }
}

void text_line_print(const char *text, size_t indent)
{
    char *shown = text_shown(text);
    struct slice rest = slice_of(shown);
    size_t room = terminal_width();
    struct text_column line = { .align = 't', .width = room > 0 ? room : rest.len };

    print_part(&rest, &line, true);
    putchar('\n');
    line.width = line.width > indent ? line.width - indent : 1;
    while (rest.len > 0) {
        print_spaces(indent);
        print_part(&rest, &line, true);
        putchar('\n');
    }
    free(shown);
}

/* Which columns are not there. */
static void print_gone(const struct text_table *table)
{
    struct buf text = { 0 };

    for (size_t i = 0; table->left_out != NULL && i < table->ncolumns; i++) {
        if (!table->column[i].gone)
            continue;
        if (text.len == 0)
            buf_addf(&text, "  %s: ", table->left_out);
        else
            buf_add_text(&text, ", ");
        buf_add_text(&text, cell_at(table, 0, i));
    }
    if (text.len > 0)
        text_line_print(buf_cstr(&text), GAP);
    buf_free(&text);
}

void text_cells_add(struct text_cells *cells, const char *text)
{
    cells->cell = xgrow(cells->cell, cells->count, sizeof *cells->cell);
    cells->cell[cells->count++] = text_shown(text != NULL ? text : "");
}

void text_cells_add_all(struct text_cells *cells, const char *const *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_cells_add(cells, text[i]);
}

void text_cells_addf(struct text_cells *cells, const char *format, ...)
{
    char text[128];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    text_cells_add(cells, text);
}

void text_cells_print(struct text_cells *cells, const char *spec, const char *left_out)
{
    struct text_table table = { .cell = cells->cell, .left_out = left_out };
    size_t room = terminal_width();

    read_spec(&table, spec);
    assert(table.ncolumns > 0 && cells->count % table.ncolumns == 0);
    table.nrows = cells->count / table.ncolumns;
    measure(&table);
    if (room > 0)
        fit(&table, room);
    for (size_t row = 0; row < table.nrows; row++)
        table_print_row(&table, row);
    print_gone(&table);
    for (size_t i = 0; i < cells->count; i++)
        free(cells->cell[i]);
    free(cells->cell);
    *cells = (struct text_cells){ 0 };
}

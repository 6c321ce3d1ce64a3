/*
 * table.c - drawing a table and dressing it.
 */
#include "support/table.h"

#include <iconv.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/base.h"

size_t table_dice(uint64_t *state, uint64_t sides)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (size_t)((*state >> 11) % sides);
}

/* --- drawing ---------------------------------------------------------------- */

static const char *name_of(const struct profile *profile, enum field field,
                           uint64_t *dice)
{
    const char *name = NULL;
    uint64_t seen = 0;

    for (size_t i = 0; i < profile->naliases; i++) {
        const struct alias *alias = &profile->alias[i];

        /* JSON paths into arrays would ask for more of the writer than they give. */
        if (alias->field != field || strchr(alias->text, '[') != NULL)
            continue;
        if (table_dice(dice, ++seen) == 0)
            name = alias->text;
    }
    return name;
}

/* The ends are letters, because a cell is trimmed; the middle is whatever hurts. */
static void draw_cell(char *cell, uint64_t *dice)
{
    static const char *const part[] = { "a",  "7", " ",    "\"", "\"\"", ",",   ";",
                                        "\t", "|", "'",    "\\", "\\n",  "\n",  "\r\n",
                                        "й",  "ї", "—",    "😀",  "<b>",  "%41", "=1+1",
                                        "{}", "[", "null", "/" };
    size_t parts = table_dice(dice, 8), len = 0;

    if (table_dice(dice, 4) == 0)
        return; /* zeroed: no value */
    cell[len++] = 'x';
    for (size_t i = 0; i < parts; i++) {
        const char *next = part[table_dice(dice, COUNTOF(part))];
        size_t more = strlen(next);

        if (len + more + 2 > TABLE_CELL)
            break;
        memcpy(cell + len, next, more);
        len += more;
    }
    cell[len] = 'y';
}

static bool has_name(const struct profile *profile, enum field field)
{
    uint64_t any = 1;

    return name_of(profile, field, &any) != NULL;
}

void table_draw(struct table *table, const struct profile *one,
                const struct profile *other, uint64_t *dice)
{
    *table = (struct table){ .nrows = 1 + table_dice(dice, TABLE_ROWS) };
    for (int f = 0; f < FIELD_COUNT && table->ncolumns < TABLE_COLUMNS; f++) {
        /* Without the key, the time and the cause, no export is recognised. */
        bool needed = f == FIELD_UUID || f == FIELD_STARTED_AT || f == FIELD_HANGUP_CAUSE;

        if ((needed || table_dice(dice, 3) > 0) && has_name(one, (enum field)f) &&
            has_name(other, (enum field)f))
            table->field[table->ncolumns++] = (enum field)f;
    }
    for (size_t i = table->ncolumns; i > 1; i--) { /* shuffled */
        size_t j = table_dice(dice, i);
        enum field field = table->field[j];

        table->field[j] = table->field[i - 1];
        table->field[i - 1] = field;
    }
    for (size_t row = 0; row < table->nrows; row++)
        for (size_t column = 0; column < table->ncolumns; column++)
            draw_cell(table->cell[row][column], dice);
}

/* --- CSV -------------------------------------------------------------------- */

static void csv_cell(struct buf *out, const char *cell, char delimiter, bool always)
{
    const char special[] = { delimiter, '"', '\n', '\r', '\0' };

    if (!always && strpbrk(cell, special) == NULL) {
        buf_add_text(out, cell);
        return;
    }
    buf_add_char(out, '"');
    for (; *cell != '\0'; cell++)
        buf_add_text(out, *cell == '"' ? "\"\"" : (char[]){ *cell, '\0' });
    buf_add_char(out, '"');
}

static uint64_t line_ends(const struct buf *out)
{
    uint64_t count = 0;

    for (size_t i = 0; i < out->len; i++)
        count += out->s[i] == '\n';
    return count;
}

void table_as_csv(const struct table *table, const struct profile *profile,
                  uint64_t *dice, struct buf *out, struct buf *how,
                  uint64_t line[TABLE_ROWS])
{
    char delimiter = ";,\t|"[table_dice(dice, 4)];
    const char *end = table_dice(dice, 2) == 0 ? "\n" : "\r\n";
    bool always = table_dice(dice, 2) == 0, closed = table_dice(dice, 2) == 0;

    buf_addf(how, "CSV, delimiter %d, %s, %s quotes%s", delimiter,
             end[1] == '\0' ? "LF" : "CRLF", always ? "always" : "sparing",
             closed ? "" : ", last line open");
    for (size_t column = 0; column < table->ncolumns; column++) {
        if (column > 0)
            buf_add_char(out, delimiter);
        csv_cell(out, name_of(profile, table->field[column], dice), delimiter, always);
    }
    for (size_t row = 0; row < table->nrows; row++) {
        buf_add_text(out, end);
        line[row] = line_ends(out) + 1;
        for (size_t column = 0; column < table->ncolumns; column++) {
            if (column > 0)
                buf_add_char(out, delimiter);
            csv_cell(out, table->cell[row][column], delimiter, always);
        }
    }
    if (closed)
        buf_add_text(out, end);
}

/* --- JSON ------------------------------------------------------------------- */

/* One character of UTF-8 at *TEXT as \uXXXX, a pair of them beyond the BMP. */
static void json_escape(struct buf *out, const char **text)
{
    const unsigned char *s = (const unsigned char *)*text;
    size_t more = *s >= 0xf0 ? 3 : *s >= 0xe0 ? 2 : *s >= 0xc0 ? 1 : 0;
    unsigned code = *s & (more == 0 ? 0x7f : 0x3fu >> more);

    for (size_t i = 1; i <= more; i++)
        code = code << 6 | (s[i] & 0x3f);
    if (code >= 0x10000)
        buf_addf(out, "\\u%04X\\u%04x", 0xd800 + ((code - 0x10000) >> 10),
                 0xdc00 + ((code - 0x10000) & 0x3ff));
    else
        buf_addf(out, "\\u%04x", code);
    *text += more + 1;
}

static void json_text(struct buf *out, const char *text, uint64_t *dice)
{
    buf_add_char(out, '"');
    while (*text != '\0') {
        bool begins = ((unsigned char)*text & 0xc0) != 0x80; /* a character of UTF-8 */

        if (strchr("\"\\\n\r\t", *text) != NULL || (begins && table_dice(dice, 6) == 0))
            json_escape(out, &text);
        else
            buf_add_char(out, *text++);
    }
    buf_add_char(out, '"');
}

/* "from.number" is {"from":{"number":…}}, however often an object is opened again. */
static void json_member(struct buf *out, const char *path, const char *cell,
                        uint64_t *dice)
{
    size_t deep = 0;

    for (const char *dot; (dot = strchr(path, '.')) != NULL; path = dot + 1, deep++)
        buf_addf(out, "\"%.*s\":{", (int)(dot - path), path);
    json_text(out, path, dice);
    buf_add_text(out, table_dice(dice, 2) == 0 ? ":" : " :\t");
    if (*cell == '\0' && table_dice(dice, 2) == 0)
        buf_add_text(out, "null");
    else
        json_text(out, cell, dice);
    while (deep-- > 0)
        buf_add_char(out, '}');
}

static void json_record(struct buf *out, const struct table *table, size_t row,
                        const struct profile *profile, bool tall, uint64_t *dice)
{
    bool first = true;

    buf_add_char(out, '{');
    for (size_t column = 0; column < table->ncolumns; column++) {
        const char *cell = table->cell[row][column];

        if (*cell == '\0' && table_dice(dice, 2) == 0)
            continue; /* no value, no key */
        buf_add_text(out, first ? "" : ",");
        buf_add_text(out, tall ? "\n  " : "");
        first = false;
        json_member(out, name_of(profile, table->field[column], dice), cell, dice);
    }
    buf_add_text(out, tall ? "\n}" : "}");
}

void table_as_json(const struct table *table, const struct profile *profile,
                   uint64_t *dice, struct buf *out, struct buf *how)
{
    static const struct {
        const char *name, *before, *between, *after;
    } wrapper[] = {
        { "array", "[", ",", "]" },
        { "one after the other", "", "\n", "\n" },
        { "items", "{\"items\":[", " ,\n", "],\"next\":false}" },
        { "a page each", "{\"items\":[", "]}\n{\"items\":[", "]}" },
        { "data", "\n{ \"total\": 7, \"data\" : [ ", ",", " ] }\n\n" },
    };
    size_t w = table_dice(dice, COUNTOF(wrapper));
    bool tall = table_dice(dice, 2) == 0; /* all or none: a first line that is whole
                                             says that every line is a record */

    buf_addf(how, "JSON, %s%s", wrapper[w].name, tall ? ", tall" : "");
    buf_add_text(out, wrapper[w].before);
    for (size_t row = 0; row < table->nrows; row++) {
        buf_add_text(out, row > 0 ? wrapper[w].between : "");
        json_record(out, table, row, profile, tall, dice);
    }
    buf_add_text(out, wrapper[w].after);
}

/* --- bytes ------------------------------------------------------------------ */

static void recode(struct buf *text, const char *to)
{
    iconv_t how = iconv_open(to, "UTF-8");
    size_t left = text->len, room = 4 * text->len + 8;
    char *in = text->s, *out = xcalloc(1, room), *end = out;

    if (how == (iconv_t)-1 || iconv(how, &in, &left, &end, &room) == (size_t)-1)
        abort();
    iconv_close(how);
    buf_reset(text);
    buf_add(text, out, (size_t)(end - out));
    free(out);
}

static void pack_gzip(struct buf *text)
{
    z_stream stream = { .next_in = (unsigned char *)text->s,
                        .avail_in = (unsigned)text->len };
    unsigned char *out = xcalloc(1, text->len + 1024);

    stream.next_out = out;
    stream.avail_out = (unsigned)text->len + 1024;
    if (deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
            Z_OK ||
        deflate(&stream, Z_FINISH) != Z_STREAM_END)
        abort();
    deflateEnd(&stream);
    buf_reset(text);
    buf_add(text, out, stream.total_out);
    free(out);
}

static void pack_zstd(struct buf *text)
{
    size_t room = ZSTD_compressBound(text->len);
    char *out = xcalloc(1, room);

    room = ZSTD_compress(out, room, text->s, text->len, 3);
    buf_reset(text);
    buf_add(text, out, room);
    free(out);
}

static void put_in_front(struct buf *text, const char *bytes)
{
    struct buf whole = { 0 };

    buf_add_text(&whole, bytes);
    buf_add_slice(&whole, buf_slice(text));
    buf_free(text);
    *text = whole;
}

void table_wrap(struct buf *text, uint64_t *dice, struct buf *how)
{
    switch (table_dice(dice, 4)) {
    case 1:
        put_in_front(text, "\xef\xbb\xbf");
        buf_add_text(how, ", BOM");
        break;
    case 2:
        put_in_front(text, "\xef\xbb\xbf");
        recode(text, "UTF-16LE");
        buf_add_text(how, ", UTF-16LE");
        break;
    case 3:
        put_in_front(text, "\xef\xbb\xbf");
        recode(text, "UTF-16BE");
        buf_add_text(how, ", UTF-16BE");
        break;
    default:
        break;
    }
    switch (table_dice(dice, 4)) {
    case 1:
        pack_gzip(text);
        buf_add_text(how, ", gzip");
        break;
    case 2:
        pack_zstd(text);
        buf_add_text(how, ", zstd");
        break;
    default:
        break;
    }
}

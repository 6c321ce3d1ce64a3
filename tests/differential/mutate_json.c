/*
 * mutate_json.c - values and members of a JSON sample.
 */
#include <ctype.h>
#include <utf8proc.h>

#include "base/base.h"
#include "differential/mutate.h"
#include "support/table.h"

enum { CHANGES = 4 };

/* Where the string or bare word that begins at AT ends. */
static size_t behind_literal(struct slice text, size_t at)
{
    if (text.s[at] != '"') {
        while (at < text.len && strchr(",:{}[]\" \t\r\n", text.s[at]) == NULL)
            at++;
        return at;
    }
    for (at++; at < text.len && text.s[at] != '"'; at++)
        at += text.s[at] == '\\';
    return at < text.len ? at + 1 : text.len;
}

static bool begins_literal(char c)
{
    return strchr(",:{}[] \t\r\n", c) == NULL;
}

/* The literal number WANTED, counted from 0; *LEN 0: there are not so many. */
static size_t find_literal(struct slice text, size_t wanted, size_t *len)
{
    *len = 0;
    for (size_t at = 0; at < text.len;) {
        if (!begins_literal(text.s[at])) {
            at++;
            continue;
        }

        size_t end = behind_literal(text, at);

        if (wanted-- == 0) {
            *len = end - at;
            return at;
        }
        at = end;
    }
    return 0;
}

static size_t count_literals(struct slice text)
{
    size_t count = 0;

    for (size_t at = 0; at < text.len; count += begins_literal(text.s[at - 1]))
        at = begins_literal(text.s[at]) ? behind_literal(text, at) : at + 1;
    return count;
}

/* A hostile value, as a string or bare. */
static void add_token(struct buf *out, uint64_t *dice)
{
    struct buf token = { 0 };
    bool bare = table_dice(dice, 4) == 0;

    mutate_token(dice, &token);
    if (!bare)
        buf_add_char(out, '"');
    for (size_t i = 0; i < token.len; i++) {
        if (!bare && (token.s[i] == '"' || token.s[i] == '\\') && table_dice(dice, 4) > 0)
            buf_add_char(out, '\\');
        if (!bare && (unsigned char)token.s[i] < ' ' && table_dice(dice, 4) > 0)
            buf_addf(out, "\\u%04x", (unsigned)token.s[i]);
        else
            buf_add_char(out, token.s[i]);
    }
    if (!bare)
        buf_add_char(out, '"');
    buf_free(&token);
}

/* Is it a member's name that ends at AT? */
static bool is_name(struct slice text, size_t at)
{
    while (at < text.len && strchr(" \t\r\n", text.s[at]) != NULL)
        at++;
    return at < text.len && text.s[at] == ':';
}

static void change(struct buf *text, uint64_t *dice, struct buf *how)
{
    size_t count = count_literals(buf_slice(text)), len, from_len;

    if (count == 0)
        return;

    size_t which = table_dice(dice, count), other = table_dice(dice, count);
    size_t at = find_literal(buf_slice(text), which, &len);
    size_t from = find_literal(buf_slice(text), other, &from_len);
    struct buf out = { 0 };
    size_t what = table_dice(dice, 4);

    buf_addf(how, " %zu:%zu,%zu", what, which, other);
    buf_add(&out, text->s, at);
    if (what == 0) {
        buf_add(&out, text->s + from, from_len);
    } else if (what == 1 && is_name(buf_slice(text), at + len)) {
        /* The member twice. */
        buf_add(&out, text->s + at, len);
        buf_add_char(&out, ':');
        add_token(&out, dice);
        buf_add_char(&out, ',');
        buf_add(&out, text->s + at, len);
    } else {
        add_token(&out, dice);
    }
    buf_add(&out, text->s + at + len, text->len - at - len);
    buf_free(text);
    *text = out;
}

/* A record of a line once more, as it is or with another value. */
static void repeat_line(struct buf *text, uint64_t *dice, struct buf *how)
{
    size_t from = table_dice(dice, text->len), to = from;
    struct buf line = { 0 };

    while (from > 0 && text->s[from - 1] != '\n')
        from--;
    while (to < text->len && text->s[to] != '\n')
        to++;
    if (to == text->len)
        return;
    buf_add(&line, text->s + from, to - from + 1);
    if (table_dice(dice, 2) == 0)
        change(&line, dice, how);
    buf_add_slice(text, buf_slice(&line));
    buf_free(&line);
}

/* One character as \uXXXX, or two of them; returns its bytes, 0: it stays as it is. */
static size_t put_escaped(struct slice text, size_t at, struct buf *out)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.s + at,
                                          (utf8proc_ssize_t)(text.len - at), &code);

    if (n < 1 || (n == 1 && !isalnum(code) && code != '%' && code != '_'))
        return 0;
    if (code >= 0x10000)
        buf_addf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((code - 0x10000) >> 10)),
                 (unsigned)(0xdc00 + ((code - 0x10000) & 0x3ff)));
    else
        buf_addf(out, "\\u%04x", (unsigned)code);
    return (size_t)n;
}

/* Blanks between words, and characters of strings as \uXXXX. */
static void put_dressed(struct slice text, uint64_t *dice, struct buf *out)
{
    for (size_t at = 0; at < text.len;) {
        if (!begins_literal(text.s[at])) {
            buf_add_char(out, text.s[at]);
            if (strchr(",:", text.s[at]) != NULL && table_dice(dice, 8) == 0)
                buf_add_text(out, table_dice(dice, 2) == 0 ? " " : "\t");
            at++;
            continue;
        }

        size_t end = behind_literal(text, at);
        bool is_string = text.s[at] == '"';

        while (at < end) {
            size_t n =
                is_string && table_dice(dice, 3) == 0 ? put_escaped(text, at, out) : 0;

            if (n == 0 && text.s[at] == '\\' &&
                at + 1 < end) { /* an escape stays whole */
                n = text.s[at + 1] == 'u' ? strlen("\\u0000") : strlen("\\n");
                n = n < end - at ? n : end - at;
                buf_add(out, text.s + at, n);
            }
            if (n == 0)
                buf_add_char(out, text.s[at++]);
            at += n;
        }
    }
}

void mutate_json(struct slice sample, uint64_t *dice, struct buf *out, struct buf *twin,
                 struct buf *how)
{
    size_t changes = 1 + table_dice(dice, CHANGES);

    buf_add_slice(out, sample);
    buf_add_text(how, "JSON");
    if (table_dice(dice, 3) == 0)
        repeat_line(out, dice, how);
    for (size_t i = 0; i < changes; i++)
        change(out, dice, how);
    put_dressed(buf_slice(out), dice, twin);
}

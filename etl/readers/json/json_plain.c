/*
 * json_plain.c - RFC 8259 without escapes, one byte ahead.
 *
 * The closing brace of the record stands behind all that is read, and ends every loop.
 */
#include "readers/json/json_record.h"

#include <string.h>

struct plain {
    struct json_walk *walk;
    const char *at, *end; /* END is the record's closing brace */
    bool has_lines;
    size_t depth;   /* maps and lists open in the record, fewer than 64 */
    uint64_t lists; /* which of them are lists: the lowest bit is the innermost */
};

bool json_is_plain(const struct json_scan *scan)
{
    return (scan->seen & (SEEN_ESCAPE | SEEN_CONTROL)) == 0;
}

static void plain_skip_blanks(struct plain *plain)
{
    while (*plain->at == ' ' || *plain->at == '\n')
        plain->at++;
}

static bool plain_take(struct plain *plain, char c)
{
    plain_skip_blanks(plain);
    if (*plain->at != c)
        return false;
    plain->at++;
    return true;
}

static bool plain_in_list(const struct plain *plain)
{
    return (plain->lists & 1) != 0;
}

static bool at_close(struct plain *plain)
{
    plain_skip_blanks(plain);
    return *plain->at == (plain_in_list(plain) ? ']' : '}');
}

static bool plain_open(struct plain *plain, bool is_list)
{
    if (plain->depth + 1 >= JSON_DEPTH_MAX)
        return false;
    plain->at++;
    plain->depth++;
    plain->lists = plain->lists << 1 | is_list;
    return json_record_open(plain->walk, is_list) != 0;
}

static bool plain_close(struct plain *plain)
{
    plain->at++;
    plain->depth--;
    plain->lists >>= 1;
    return json_record_close(plain->walk) != 0;
}

/* The string that begins at the front, without its quotes. */
static bool take_string(struct plain *plain, struct slice *text)
{
    if (!plain_take(plain, '"'))
        return false;

    size_t left = (size_t)(plain->end - plain->at);
    const char *quote = memchr(plain->at, '"', left);

    if (quote == NULL)
        return false;
    *text = (struct slice){ plain->at, (size_t)(quote - plain->at) };
    plain->at = quote + 1;
    return !plain->has_lines || memchr(text->s, '\n', text->len) == NULL;
}

/* A run of digits, at least one. */
static bool take_digits(struct plain *plain)
{
    const char *from = plain->at;

    while (*plain->at >= '0' && *plain->at <= '9')
        plain->at++;
    return plain->at > from;
}

static bool plain_take_number(struct plain *plain)
{
    const char *from = plain->at;

    if (*plain->at == '-')
        plain->at++;
    if (*plain->at == '0')
        plain->at++;
    else if (!take_digits(plain))
        return false;
    if (*plain->at == '.') {
        plain->at++;
        if (!take_digits(plain))
            return false;
    }
    if (*plain->at == 'e' || *plain->at == 'E') {
        plain->at++;
        if (*plain->at == '+' || *plain->at == '-')
            plain->at++;
        if (!take_digits(plain))
            return false;
    }

    struct slice number = { from, (size_t)(plain->at - from) };

    return json_record_text(plain->walk, number, false) != 0;
}

static bool plain_take_word(struct plain *plain, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(plain->end - plain->at) < len || memcmp(plain->at, word, len) != 0)
        return false;
    plain->at += len;
    return true;
}

/* true, false, null. */
static bool take_literal(struct plain *plain)
{
    static const char *const flags[] = { "true", "false" };

    for (size_t i = 0; i < 2; i++)
        if (plain_take_word(plain, flags[i]))
            return json_record_text(plain->walk, slice_of(flags[i]), false) != 0;
    return plain_take_word(plain, "null") && json_record_null(plain->walk) != 0;
}

/* A value; *OPENED: of a map or list only the beginning. */
static bool take_value(struct plain *plain, bool *opened)
{
    struct slice text;

    plain_skip_blanks(plain);
    switch (*plain->at) {
    case '"':
        return take_string(plain, &text) &&
               json_record_text(plain->walk, text, true) != 0;
    case '{':
    case '[':
        *opened = true;
        return plain_open(plain, *plain->at == '[');
    case 't':
    case 'f':
    case 'n':
        return take_literal(plain);
    default:
        return plain_take_number(plain);
    }
}

/* A member of a map, or an item of a list. */
static bool take_member(struct plain *plain, bool *opened)
{
    struct slice key;

    if (!plain_in_list(plain) &&
        (!take_string(plain, &key) || json_record_key(plain->walk, key) == 0 ||
         !plain_take(plain, ':')))
        return false;
    return take_value(plain, opened);
}

bool json_plain_members(struct json_walk *walk, struct slice rest, bool has_lines)
{
    struct plain plain = { walk, rest.s, rest.s + rest.len - 1, has_lines, 0, 0 };
    bool empty = true; /* nothing came yet in what was opened last */

    for (;;) {
        bool opened = false;

        if (!(empty && at_close(&plain)) && !take_member(&plain, &opened))
            return false;
        empty = opened;
        if (opened)
            continue;
        for (; at_close(&plain);)
            if (plain.depth == 0)
                return plain.at == plain.end;
            else if (!plain_close(&plain))
                return false;
        if (!plain_take(&plain, ','))
            return false;
    }
}

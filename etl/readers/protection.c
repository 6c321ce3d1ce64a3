/*
 * protection.c - layer after layer from the outside.
 */
#include "readers/protection.h"

#include "base/base.h"

enum { LAYERS = 6 };

static size_t mark_at(struct slice text, const char *const *marks)
{
    for (; *marks != NULL; marks++)
        if (slice_starts(text, *marks))
            return strlen(*marks);
    return 0;
}

static size_t ends_in(struct slice text, const char *const *marks)
{
    for (; *marks != NULL; marks++)
        if (slice_ends(text, *marks))
            return strlen(*marks);
    return 0;
}

/* Apostrophes, as spreadsheets and people write them. */
static const char *const apostrophes[] = {
    "'", "`", "\xc2\xb4", "\xca\xbc", "\xe2\x80\x98", "\xe2\x80\x99", NULL
};
static const char *const quotes[] = {
    "\"", "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e", "\xc2\xab", "\xc2\xbb", NULL
};

/* No-break and zero-width blanks, direction marks. */
static const char *const unseen[] = {
    "\t",           "\xc2\xa0",     "\xe2\x80\xaf", "\xe2\x80\x8b", "\xe2\x80\x8c",
    "\xe2\x80\x8d", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa", "\xe2\x80\xab",
    "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa0", "\xe2\x81\xa6",
    "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9", "\xef\xbb\xbf", NULL
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\r' || c == '\n';
}

static bool is_control(char c)
{
    return ((unsigned char)c < ' ' && !is_blank(c)) || c == 0x7f;
}

static struct slice without_blanks(struct slice text)
{
    while (text.len > 0 && is_blank(text.s[0]))
        text = slice_from(text, 1);
    while (text.len > 0 && is_blank(text.s[text.len - 1]))
        text.len--;
    return text;
}

/* Characters nobody sees, at either end. */
static bool cut_unseen(struct slice *text)
{
    size_t len = text->len, n;

    *text = without_blanks(*text);
    while (text->len > 0 &&
           (n = is_control(text->s[0]) ? 1 : mark_at(*text, unseen)) != 0) {
        *text = without_blanks(slice_from(*text, n));
        len = 0;
    }
    while (text->len > 0 &&
           (n = is_control(text->s[text->len - 1]) ? 1 : ends_in(*text, unseen)) != 0) {
        *text = without_blanks((struct slice){ text->s, text->len - n });
        len = 0;
    }
    return len == 0;
}

/* The name of a function, in any alphabet, and what opens it: T(, TEXT(. */
static size_t function_name(struct slice text)
{
    size_t at = 0;

    while (at < text.len && text.s[at] != '(' && text.s[at] != '"' &&
           ((unsigned char)text.s[at] >= 'A' || text.s[at] == '.'))
        at++;
    return at < text.len && text.s[at] == '(' ? at + 1 : 0;
}

/* ="...", =T("..."): a formula whose only text is the value. */
static bool cut_formula(struct slice *text)
{
    if (text->s[0] != '=')
        return false;

    struct slice inner = without_blanks(slice_from(*text, 1));

    for (size_t n; (n = function_name(inner)) != 0 && slice_ends(inner, ")");)
        inner = without_blanks((struct slice){ inner.s + n, inner.len - n - 1 });
    while (inner.len >= 2 && inner.s[0] == '"' && inner.s[inner.len - 1] == '"')
        inner = (struct slice){ inner.s + 1, inner.len - 2 };
    if (inner.len + 3 > text->len || memchr(inner.s, '"', inner.len) != NULL)
        return false; /* none was cut, or it has more than one text */
    *text = inner;
    return true;
}

static bool begins_formula(struct slice text)
{
    return text.len > 0 && memchr("=+-@\t", text.s[0], 5) != NULL;
}

/* Quotes around, apostrophes in front or around, an = that is no formula's. */
static bool cut_marks(struct slice *text)
{
    size_t n = mark_at(*text, quotes), m = ends_in(*text, quotes);

    if (n != 0 && m != 0 && text->len >= n + m) {
        *text = (struct slice){ text->s + n, text->len - n - m };
        return true;
    }
    n = mark_at(*text, apostrophes);
    if (n == 0 && text->s[0] == '=')
        n = 1;
    *text = slice_from(*text, n);
    m = n != 0 && text->len > 0 ? ends_in(*text, apostrophes) : 0;
    text->len -= m;
    return n != 0;
}

/* One layer of what is around a plain text. */
static bool cut_from_text(struct slice *text)
{
    if (cut_formula(text))
        return true;
    if (text->s[0] != '\'' || !begins_formula(slice_from(*text, 1)))
        return false;
    *text = slice_from(*text, 1);
    return true;
}

bool protection_cut(enum field_kind kind, struct slice *text)
{
    struct slice rest = *text;
    bool is_text = kind == KIND_TEXT, cut;

    if (text->len == 0 || text_ends_plain(*text))
        return false;
    cut = !is_text && cut_unseen(&rest);
    rest = without_blanks(rest);
    for (int layer = 0; layer < LAYERS && rest.len > 0; layer++) {
        bool more = is_text ? cut_from_text(&rest)
                            : cut_formula(&rest) || cut_marks(&rest) || cut_unseen(&rest);

        if (!more)
            break;
        cut = true;
        rest = without_blanks(rest);
    }
    if (cut)
        *text = rest;
    return cut;
}

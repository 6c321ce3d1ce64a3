/*
 * caption.c - captions as they are compared.
 *
 * Captions come through spreadsheets, browsers and people: case, blanks,
 * apostrophes and the way accents are put together do not tell them apart.
 * The C library's towlower() would ask for a locale; the letters of the
 * languages that the history UI speaks are few.
 */
#include "base/base.h"
#include "readers/profile/names.h"

/* The character at S and its length; an invalid byte is a character of its own. */
static uint32_t decode(struct slice text, size_t *len)
{
    const unsigned char *s = (const unsigned char *)text.s;
    size_t want = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : s[0] >= 0xc2 ? 2 : 1;

    *len = 1;
    if (want == 1 || text.len < want || !text_is_utf8((struct slice){ text.s, want }))
        return s[0];
    *len = want;

    uint32_t c = s[0] & (0xffu >> (want + 1));

    for (size_t i = 1; i < want; i++)
        c = c << 6 | (s[i] & 0x3fu);
    return c;
}

static void encode(struct buf *out, uint32_t c)
{
    if (c < 0x80) {
        buf_add_char(out, (char)c);
        return;
    }
    if (c >= 0x10000)
        buf_add_char(out, (char)(0xf0 | c >> 18));
    if (c >= 0x800)
        buf_add_char(out,
                     (char)(c >= 0x10000 ? 0x80 | (c >> 12 & 0x3f) : 0xe0 | c >> 12));
    buf_add_char(out, (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6));
    buf_add_char(out, (char)(0x80 | (c & 0x3f)));
}

/* Capital and small letters that stand side by side: which of the two is small? */
static uint32_t lower_pair(uint32_t c)
{
    bool odd_is_small = (c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) ||
                        (c >= 0x218 && c <= 0x21b) || (c >= 0x48a && c <= 0x4bf) ||
                        (c >= 0x4d0 && c <= 0x52f) || (c >= 0x1e00 && c <= 0x1e95) ||
                        (c >= 0x1ea0 && c <= 0x1eff) || c == 0x1a0;
    bool even_is_small = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e) ||
                         (c >= 0x4c1 && c <= 0x4ce) || c == 0x1af;

    if (odd_is_small)
        return c | 1;
    return even_is_small ? (c + 1) & ~1u : c;
}

static uint32_t caption_lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
        (c >= 0x410 && c <= 0x42f))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40f)
        return c + 0x50;
    return lower_pair(c);
}

/* A combining mark, letters that take it, and what both are together. */
static const struct {
    uint32_t mark;
    const char *letters, *whole;
} marks[] = {
    { 0x300, "aăâeêioôơuưy", "àằầèềìòồờùừỳ" },
    { 0x301, "aeioucnszăâêôơưy", "áéíóúćńśźắấếốớứý" },
    { 0x302, "aiạeẹoọ", "âîậêệôộ" },
    { 0x303, "naăâeêioôơuưy", "ñãẵẫẽễĩõỗỡũữỹ" },
    { 0x306, "aиуạ", "ăйўặ" },
    { 0x307, "z", "ż" },
    { 0x308, "uіе", "üїё" },
    { 0x309, "aăâeêioôơuưy", "ảẳẩẻểỉỏổởủửỷ" },
    { 0x31b, "ou", "ơư" },
    { 0x323, "aeioơuưy", "ạẹịọợụựỵ" },
    { 0x326, "st", "șț" },
    { 0x327, "st", "şţ" },
    { 0x328, "ae", "ąę" },
};

/*
 * Letter and combining mark as one letter, 0 when there is none: macOS takes letters
 * apart.  Those of the languages that the history page speaks.
 */
static uint32_t caption_compose(uint32_t letter, uint32_t mark)
{
    struct slice letters = SLICE_NONE, whole = SLICE_NONE;
    size_t n;

    for (size_t i = 0; i < COUNTOF(marks); i++)
        if (marks[i].mark == mark) {
            letters = slice_of(marks[i].letters);
            whole = slice_of(marks[i].whole);
        }
    while (letters.len > 0) {
        uint32_t here = decode(letters, &n), composed;

        letters = (struct slice){ letters.s + n, letters.len - n };
        composed = decode(whole, &n);
        whole = (struct slice){ whole.s + n, whole.len - n };
        if (here == letter)
            return composed;
    }
    return 0;
}

static uint32_t plain(uint32_t c)
{
    switch (c) {
    case '`':
    case 0xb4:   /* acute accent */
    case 0x2bc:  /* modifier apostrophe */
    case 0x2018: /* left and */
    case 0x2019: /* right quotation mark */
        return '\'';
    case '\t':
    case '\n':
    case '\r':
    case 0xa0:   /* no-break space */
    case 0x202f: /* narrow no-break space */
        return ' ';
    default:
        return caption_lower(c);
    }
}

void caption_fold(struct buf *out, struct slice caption)
{
    uint32_t last = ' ';
    size_t last_at = 0, n;

    buf_reset(out);
    for (; caption.len > 0; caption = (struct slice){ caption.s + n, caption.len - n }) {
        uint32_t c = plain(decode(caption, &n)), whole = caption_compose(last, c);

        if (c == ':' || (c == ' ' && last == ' '))
            continue;
        if (whole != 0)
            out->len = last_at;
        else
            last_at = out->len;
        last = whole != 0 ? whole : c;
        encode(out, last);
    }
    if (last == ' ' && out->len > 0)
        out->len--;
}

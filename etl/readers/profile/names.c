/*
 * names.c - hashes of names and paths, and captions as they are compared.
 *
 * Captions come through spreadsheets, browsers and people: case, blanks,
 * apostrophes and the way accents are put together do not tell them apart.
 */
#include "readers/profile/names.h"

#include "base/base.h"
#include "base/unicode.h"

uint64_t name_under(uint64_t parent, struct slice key)
{
    const char *dot;

    while (key.len > 0 && (dot = memchr(key.s, '.', key.len)) != NULL) {
        size_t len = (size_t)(dot - key.s);

        parent = table_hash(parent, (struct slice){ key.s, len });
        key = (struct slice){ dot + 1, key.len - len - 1 };
    }
    return table_hash(parent, key);
}

uint64_t name_path(struct slice path)
{
    uint64_t hash = NAME_ROOT;

    while (path.len > 0) {
        size_t len = path.s[0] == '[' ? 1 : 0;

        while (len < path.len && path.s[len] != '.' && path.s[len] != '[')
            len++;
        hash = table_hash(hash, (struct slice){ path.s, len });
        if (len < path.len && path.s[len] == '.')
            len++;
        path = slice_from(path, len);
    }
    return hash;
}

/* Signs that stand for another one. */
static const struct {
    const char *sign, *plain;
} signs[] = {
    { "`", "'" },      { "\u00b4", "'" }, /* acute accent */
    { "\u02bc", "'" },                    /* modifier apostrophe */
    { "\u2018", "'" },                    /* left and */
    { "\u2019", "'" },                    /* right quotation mark */
    { "\t", " " },     { "\n", " " },
    { "\r", " " },     { "\u00a0", " " }, /* no-break space */
    { "\u202f", " " },                    /* narrow no-break space */
    { ":", "" },
};

/* How many bytes at the front of TEXT are a sign; *PLAIN: what it stands for. */
static size_t sign_at(struct slice text, const char **plain)
{
    /* Profiles have thousands of captions, nearly all of letters. */
    if ((unsigned char)text.s[0] < 0x80 &&
        (text_is_alnum(text.s[0]) || strchr("`:\t\n\r", text.s[0]) == NULL))
        return 0;
    for (size_t i = 0; i < COUNTOF(signs); i++)
        if (slice_starts(text, signs[i].sign)) {
            *plain = signs[i].plain;
            return strlen(signs[i].sign);
        }
    return 0;
}

/* CAPTION with plain signs, single blanks and none at its ends. */
static void caption_add_plain(struct buf *out, struct slice caption)
{
    while (caption.len > 0) {
        const char *plain = NULL;
        size_t len = sign_at(caption, &plain);
        char here[2] = { caption.s[0], '\0' };

        if (len == 0) {
            plain = here;
            len = 1;
        }
        if (plain[0] != ' ' || (out->len > 0 && out->s[out->len - 1] != ' '))
            buf_add_text(out, plain);
        caption = slice_from(caption, len);
    }
    if (out->len > 0 && out->s[out->len - 1] == ' ')
        out->len--;
}

void caption_fold(struct buf *out, struct slice caption)
{
    struct buf plain = { 0 };

    caption_add_plain(&plain, caption);
    fold_text(out, buf_slice(&plain));
    buf_free(&plain);
}

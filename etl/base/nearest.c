/*
 * nearest.c - the distance of Damerau and Levenshtein, no part edited twice.
 */
#include "base/nearest.h"

#include <stdio.h>

#include "base/base.h"

enum { NAME_MAX_LEN = 40, EDITS_LEAST = 2 };

static bool is_same_letter(char a, char b)
{
    return ascii_lower(a) == ascii_lower(b);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Both are at most NAME_MAX_LEN long. */
static size_t edits_between(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t row[3][NAME_MAX_LEN + 1]; /* of A's letters: before the last, the last, this */

    for (size_t j = 0; j <= blen; j++)
        row[1][j] = j;
    for (size_t i = 1; i <= alen; i++) {
        row[2][0] = i;
        for (size_t j = 1; j <= blen; j++) {
            size_t edits = least(row[1][j - 1] + !is_same_letter(a[i - 1], b[j - 1]),
                                 least(row[1][j], row[2][j - 1]) + 1);

            if (i > 1 && j > 1 && is_same_letter(a[i - 1], b[j - 2]) &&
                is_same_letter(a[i - 2], b[j - 1]))
                edits = least(edits, row[0][j - 2] + 1);
            row[2][j] = edits;
        }
        memcpy(row[0], row[1], sizeof row[0]);
        memcpy(row[1], row[2], sizeof row[1]);
    }
    return row[1][blen];
}

void nearest_try(struct nearest *nearest, const char *name)
{
    size_t len = nearest->len != 0 ? nearest->len : strlen(nearest->word),
           name_len = strlen(name);

    if (len > NAME_MAX_LEN || name_len > NAME_MAX_LEN)
        return;

    size_t most = len / 3 > EDITS_LEAST ? len / 3 : EDITS_LEAST;

    if (len + most < name_len || name_len + most < len) /* so many edits at the least */
        return;

    size_t edits = edits_between(nearest->word, len, name, name_len);

    if (edits <= most && edits < len && edits < name_len &&
        (nearest->name == NULL || edits < nearest->edits)) {
        nearest->name = name;
        nearest->edits = edits;
    }
}

struct nearest_hint nearest_hint(const struct nearest *nearest)
{
    struct nearest_hint hint = { "" };

    if (nearest->name != NULL)
        (void)snprintf(hint.text, sizeof hint.text, "; did you mean \"%s\"?",
                       nearest->name);
    return hint;
}

struct nearest_hint nearest_of(const char *word, const char *const *names)
{
    struct nearest nearest = { .word = word };

    for (; *names != NULL; names++)
        nearest_try(&nearest, *names);
    return nearest_hint(&nearest);
}

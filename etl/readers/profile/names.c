/*
 * names.c - a table from texts to numbers, with open addressing.
 */
#include "readers/profile/names.h"

#include <assert.h>

#include "base/base.h"

static uint64_t names_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 29);
}

static uint64_t word_at(const char *s, size_t len)
{
    uint64_t word = 0;

    memcpy(&word, s, len < sizeof word ? len : sizeof word);
    return word;
}

static uint64_t names_part(uint64_t hash, const char *s, size_t len)
{
    hash = names_mix(hash, len + 1);
    for (; len > sizeof(uint64_t); s += sizeof(uint64_t), len -= sizeof(uint64_t))
        hash = names_mix(hash, word_at(s, sizeof(uint64_t)));
    return names_mix(hash, word_at(s, len));
}

uint64_t name_under(uint64_t parent, struct slice key)
{
    const char *dot;

    while (key.len > 0 && (dot = memchr(key.s, '.', key.len)) != NULL) {
        size_t len = (size_t)(dot - key.s);

        parent = names_part(parent, key.s, len);
        key = (struct slice){ dot + 1, key.len - len - 1 };
    }
    return names_part(parent, key.s, key.len);
}

uint64_t name_path(struct slice path)
{
    uint64_t hash = NAME_ROOT;

    while (path.len > 0) {
        size_t len = path.s[0] == '[' ? 1 : 0;

        while (len < path.len && path.s[len] != '.' && path.s[len] != '[')
            len++;
        hash = names_part(hash, path.s, len);
        if (len < path.len && path.s[len] == '.')
            len++;
        path = (struct slice){ path.s + len, path.len - len };
    }
    return hash;
}

static struct name *slot_of(const struct names *names, uint64_t hash, struct slice text)
{
    size_t i = (size_t)hash & (names->cap - 1);

    for (;; i = (i + 1) & (names->cap - 1)) {
        struct name *name = &names->slot[i];

        if (name->text == NULL)
            return name;
        if (name->hash == hash && name->len == text.len &&
            memcmp(name->text, text.s, text.len) == 0)
            return name;
    }
}

int names_find(const struct names *names, uint64_t hash, struct slice text)
{
    if (names->count == 0)
        return NAME_NONE;

    const struct name *name = slot_of(names, hash, text);

    return name->text != NULL ? name->value : NAME_NONE;
}

static void names_grow(struct names *names)
{
    struct names bigger = { .cap = names->cap == 0 ? 64 : 2 * names->cap };

    bigger.slot = xcalloc(bigger.cap, sizeof *bigger.slot);
    bigger.count = names->count;
    for (size_t i = 0; i < names->cap; i++) {
        const struct name *old = &names->slot[i];

        if (old->text != NULL)
            *slot_of(&bigger, old->hash, (struct slice){ old->text, old->len }) = *old;
    }
    free(names->slot);
    *names = bigger;
}

void names_add(struct names *names, uint64_t hash, struct slice text, int value)
{
    if (2 * (names->count + 1) > names->cap)
        names_grow(names);

    struct name *name = slot_of(names, hash, text);

    assert(name->text == NULL && text.s != NULL);
    *name = (struct name){ text.s, text.len, hash, value };
    names->count++;
}

void names_free(struct names *names)
{
    free(names->slot);
    *names = (struct names){ 0 };
}

/*
 * key_list.c - an array, and a temporary file behind it.
 */
#include "loader/near/key_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/temp.h"

enum { READ_KEYS = 2048 /* at a time */ };

struct key_list {
    struct uuid *held;
    size_t nheld;
    FILE *file; /* the rest; NULL: there was none yet */
    uint64_t nfile;
    struct uuid *suspect;
    size_t nsuspects; /* also those beyond KEY_LIST_SUSPECTS_MAX */
};

struct key_list *key_list_new(void)
{
    struct key_list *list = xcalloc(1, sizeof *list);

    list->held = xcalloc(KEY_LIST_HELD, sizeof *list->held);
    list->suspect = xcalloc(KEY_LIST_SUSPECTS_MAX, sizeof *list->suspect);
    return list;
}

void key_list_clear(struct key_list *list)
{
    if (list->file != NULL)
        fclose(list->file);
    list->file = NULL;
    list->nheld = list->nsuspects = 0;
    list->nfile = 0;
}

void key_list_free(struct key_list *list)
{
    if (list == NULL)
        return;
    key_list_clear(list);
    free(list->held);
    free(list->suspect);
    free(list);
}

bool key_list_add(struct key_list *list, const struct uuid *key, struct err *err)
{
    if (list->nheld < KEY_LIST_HELD) {
        list->held[list->nheld++] = *key;
        return true;
    }
    if (list->file == NULL && (list->file = temp_open(err)) == NULL)
        return false;
    list->nfile++;
    return fwrite(key, sizeof *key, 1, list->file) == 1 || temp_failed(err);
}

uint64_t key_list_count(const struct key_list *list)
{
    return list->nheld + list->nfile;
}

/* Takes some of the keys. */
typedef void take_keys_fn(void *to, const struct uuid *key, size_t count);

static bool walk_file(struct key_list *list, take_keys_fn *take, void *to,
                      struct err *err)
{
    struct uuid key[READ_KEYS];

    if (fflush(list->file) != 0)
        return temp_failed(err);
    for (uint64_t at = 0; at < list->nfile; at += READ_KEYS) {
        uint64_t left = list->nfile - at;
        size_t count = left < READ_KEYS ? (size_t)left : READ_KEYS;
        ssize_t bytes = (ssize_t)(count * sizeof *key);

        if (pread(fileno(list->file), key, (size_t)bytes, (off_t)(at * sizeof *key)) !=
            bytes)
            return err_set(err, EXIT_USAGE, "a temporary file cannot be read: %s",
                           strerror(errno));
        take(to, key, count);
    }
    return true;
}

/* Hand all keys to TAKE. */
static bool key_list_walk(struct key_list *list, take_keys_fn *take, void *to,
                          struct err *err)
{
    take(to, list->held, list->nheld);
    return list->nfile == 0 || walk_file(list, take, to, err);
}

struct meeting {
    struct key_list *list;
    const struct key_filter_part *other;
};

static void meet_keys(void *to, const struct uuid *key, size_t count)
{
    const struct meeting *meeting = to;
    struct key_list *list = meeting->list;

    for (size_t i = 0; i < count; i++) {
        if (!key_filter_part_has(meeting->other, &key[i]))
            continue;
        if (list->nsuspects < KEY_LIST_SUSPECTS_MAX)
            list->suspect[list->nsuspects] = key[i];
        list->nsuspects++;
    }
}

bool key_list_meet(struct key_list *list, const struct key_filter_part *other,
                   bool *meets, struct err *err)
{
    struct meeting meeting = { list, other };
    size_t before = list->nsuspects;

    if (!key_list_walk(list, meet_keys, &meeting, err))
        return false;
    *meets |= list->nsuspects > before;
    return true;
}

struct filling {
    char *filter;
    size_t size;
};

static void fill_keys(void *to, const struct uuid *key, size_t count)
{
    const struct filling *filling = to;

    for (size_t i = 0; i < count; i++)
        key_filter_add(filling->filter, filling->size, &key[i]);
}

bool key_list_filter(struct key_list *list, size_t size, struct buf *out, struct err *err)
{
    if (size == 0)
        return true;

    struct filling filling = { buf_room(out, size), size };

    memset(filling.filter, 0, size);
    out->len += size;
    return key_list_walk(list, fill_keys, &filling, err);
}

void key_list_absolve(struct key_list *list)
{
    list->nsuspects = 0;
}

bool key_list_suspects(const struct key_list *list, struct buf *array)
{
    if (list->nsuspects > KEY_LIST_SUSPECTS_MAX)
        return false;
    uuid_array(array, list->suspect, list->nsuspects);
    return true;
}

void key_list_first(const struct key_list *list, struct buf *array)
{
    uuid_array(array, list->held, list->nheld);
}

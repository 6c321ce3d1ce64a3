/*
 * key_list.h - the keys of a file, to be looked for in the filters of others.
 *
 * The first are held in memory and the rest in a file without a name, so that a file of
 * any size is asked about the few of its legs that another one may have, and not about
 * all of them.
 */
#ifndef ETL_LOADER_NEAR_KEY_LIST_H
#define ETL_LOADER_NEAR_KEY_LIST_H

#include "base/buf.h"
#include "base/err.h"
#include "loader/key_filter.h"
#include "record/uuid.h"

enum {
    KEY_LIST_HELD = 16 << 10,      /* keys in memory */
    KEY_LIST_SUSPECTS_MAX = 20000, /* keys; more are all */
};

struct key_list;

struct key_list *key_list_new(void);
void key_list_free(struct key_list *list); /* NULL is allowed */
void key_list_clear(struct key_list *list);

uint64_t key_list_count(const struct key_list *list);

/* False with ERR (EXIT_USAGE): $TMPDIR is full. */
bool key_list_add(struct key_list *list, const struct uuid *key,
                  struct err *err) MUST_USE;

/*
 * Which keys may be among those of OTHER, a filter that was kept, or a part of it?  They
 * are suspects; *MEETS becomes true when there is one.
 */
bool key_list_meet(struct key_list *list, const struct key_filter_part *other,
                   bool *meets, struct err *err) MUST_USE;

/* Forget the suspects, before files are asked about. */
void key_list_absolve(struct key_list *list);

/* All suspects as a PostgreSQL array of uuids; false: they are too many. */
bool key_list_suspects(const struct key_list *list, struct buf *array);

/* Likewise the first KEY_LIST_HELD keys. */
void key_list_first(const struct key_list *list, struct buf *array);

/* Append the filter of all keys, of SIZE bytes (key_filter_size()). */
bool key_list_filter(struct key_list *list, size_t size, struct buf *out,
                     struct err *err) MUST_USE;

#endif

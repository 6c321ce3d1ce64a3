/*
 * stat_groups.h - sums by group, in bounded memory.
 *
 * A group is known by its key, any bytes; what is added to one key is added up.  When
 * the groups outgrow STAT_GROUPS_MEMORY they are written sorted to an unlinked temporary
 * file, and merged while they are walked.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_GROUPS_H
#define ETL_LOADER_STATISTICS_STAT_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "loader/statistics/stat_sums.h"

enum { STAT_GROUPS_MEMORY = 4 << 20 };

struct stat_groups;

struct stat_groups *stat_groups_new(void);
void stat_groups_free(struct stat_groups *groups); /* NULL is allowed */

/* The order of keys: less than 0 where A comes before B. */
int stat_groups_order(struct slice a, struct slice b);

/* Forget every group. */
void stat_groups_clear(struct stat_groups *groups);

/* Add SUMS to the group KEY.  False with ERR: the temporary file cannot be written. */
bool stat_groups_add(struct stat_groups *groups, struct slice key,
                     const struct stat_sums *sums, struct err *err) MUST_USE;

/*
 * The groups in the order of their keys' bytes: begin, then one after the other until
 * KEY is absent.  KEY is good until the next call.  Nothing may be added between; a
 * second walk begins anew.
 */
bool stat_groups_begin(struct stat_groups *groups, struct err *err) MUST_USE;
bool stat_groups_next(struct stat_groups *groups, struct slice *key,
                      struct stat_sums *sums, struct err *err) MUST_USE;

#endif

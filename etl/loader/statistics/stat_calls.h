/*
 * stat_calls.h - legs that stream by, put together to calls and counted.
 *
 * Legs of a call stand near each other in an export, so calls are held for a while: a
 * call is counted when STAT_CALLS_LEGS legs are held and it is the one begun first.
 * Where its legs stand further apart it is counted in parts, which is wrong: then
 * stat_calls_finish() has counted more calls than there are, and the caller, who knows
 * how many (leg/call_counter.h), counts the hours anew from the database.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_CALLS_H
#define ETL_LOADER_STATISTICS_STAT_CALLS_H

#include "loader/statistics/stat_rule.h"

enum { STAT_CALLS_LEGS = 8192, STAT_CALLS_MEMORY = 4 << 20 /* bytes, of legs held */ };

struct stat_calls;

/* BASIS and GROUPS are borrowed until stat_calls_free(). */
struct stat_calls *stat_calls_new(const struct stat_basis *basis,
                                  struct stat_groups *groups);
void stat_calls_free(struct stat_calls *calls); /* NULL is allowed */

bool stat_calls_add(struct stat_calls *calls, const struct row *row,
                    struct err *err) MUST_USE;

/* Count the calls that are held; *COUNT: all that were counted. */
bool stat_calls_finish(struct stat_calls *calls, uint64_t *count,
                       struct err *err) MUST_USE;

#endif

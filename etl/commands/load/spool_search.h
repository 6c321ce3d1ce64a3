/*
 * spool_search.h - numbers in the exports that a spool keeps.
 */
#ifndef ETL_COMMANDS_LOAD_SPOOL_SEARCH_H
#define ETL_COMMANDS_LOAD_SPOOL_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "loader/retention/number.h"

struct spool_found {
    uint64_t removed; /* of processed/ and failed/; with DRY_RUN: would be */
    uint64_t waiting; /* of incoming/, which a load takes the number out of */
};

/*
 * Remove the exports of SPOOL/processed and SPOOL/failed that hold one of NUMBERS, packed
 * or not, in any spelling that forget finds; count those of SPOOL/incoming.  DRY_RUN:
 * remove none.  False with ERR (EXIT_USAGE, EXIT_INPUT): a folder or a file cannot be
 * read or removed; FOUND counts what went all the same.
 */
bool spool_search(const char *spool, const struct number *numbers, size_t count,
                  bool dry_run, struct spool_found *found, struct err *err) MUST_USE;

#endif

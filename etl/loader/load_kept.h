/*
 * load_kept.h - what loads of a run use one after the other.
 *
 * To make and to empty these takes longer than to load a small file.  They belong to the
 * run, and go with it.
 */
#ifndef ETL_LOADER_LOAD_KEPT_H
#define ETL_LOADER_LOAD_KEPT_H

#include "loader/key_filter.h"
#include "loader/ledger/run.h"
#include "loader/statistics/stat_change.h"

/* As the last file left it. */
struct key_filter *load_kept_filter(struct run *run);

/* Empty, counting on BASIS; NULL with ERR (EXIT_DATABASE). */
struct stat_change *load_kept_change(struct run *run, int64_t basis,
                                     struct err *err) MUST_USE;

#endif

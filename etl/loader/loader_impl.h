/*
 * loader_impl.h - what the files of the loader share about a run and a load.
 */
#ifndef ETL_LOADER_LOADER_IMPL_H
#define ETL_LOADER_LOADER_IMPL_H

#include "db/row_copy.h"
#include "loader/hours.h"
#include "loader/key_filter.h"
#include "loader/ledger.h"
#include "loader/loader.h"
#include "loader/name_key.h"
#include "loader/partitions.h"
#include "loader/reject_buffer.h"
#include "loader/retention/suppression.h"

struct run {
    struct db *db;
    struct run_settings settings;
    int32_t run_id, ruleset_id;
    uint64_t closed; /* rejects, by what was committed */
};

/* Where the rows of a pass go. */
enum route {
    ROUTE_HEAD,    /* they wait in memory until the first of them tell where to go */
    ROUTE_DIRECT,  /* straight into the partitions, inside a savepoint */
    ROUTE_STAGED,  /* into the staging table */
    ROUTE_DISCARD, /* nowhere: this pass only finds out which months there are */
};

struct load {
    struct run *run;
    struct db *db;
    struct ledger_file file;
    char *name;
    struct buf caption;
    bool is_known;
    bool is_open;    /* a transaction is open */
    bool is_copying; /* a COPY of this pass is open */
    bool is_staged;  /* rows must take the staging table from now on */
    bool is_near;    /* other files' legs may touch this one's */

    enum route route;
    uint64_t rows;        /* of this pass, put */
    uint64_t stored;      /* of this pass, which the server has taken */
    struct buf out;       /* rows that wait to be sent */
    struct buf head_keys; /* the keys of the first rows, as uuid[] */
    struct row_copy *copy;
    struct key_filter *key_filter;
    struct hours *hours;
    struct partitions partitions;
    struct spans purged;                  /* periods whose legs were dropped */
    struct suppression *suppression;      /* numbers that stay away; NULL: none */
    unsigned char name_key[LEG_NAME_KEY]; /* of legs without id */
    struct reject_buffer *reject_buffer;
};

/* Begin the transaction, take the lock, look into the ledger and at what stays out. */
bool load_begin(struct load *load, struct err *err) MUST_USE;
void load_roll_back(struct load *load);

/* Make the wanted months in a transaction of their own; the file's begins anew. */
bool attempt_make_partitions(struct load *load, struct err *err) MUST_USE;

void attempt_add_head_key(struct load *load, const struct uuid *key);

/* COPY what waits to where WAY says; the first rows of a pass choose the way. */
bool attempt_flush(struct load *load, struct err *err) MUST_USE;

/* End the COPY of this pass; false when its rows cannot stay. */
bool attempt_end_copy(struct load *load, const char *reason, struct err *err) MUST_USE;

/* The direct way is closed: forget its rows, and look at the rest for months only. */
bool attempt_abandon(struct load *load, struct err *err) MUST_USE;

/* *CLASH: a leg that went the direct way is in the table twice. */
bool attempt_clashes(struct load *load, bool *clash, struct err *err) MUST_USE;

/* What becomes of staged rows. */
struct merge_counts {
    uint64_t inserted, updated, unchanged, duplicate;
};

/*
 * Bring the staged rows into cdr.leg; hours whose statistics they touch are
 * added to the load's.
 */
bool merge_staged(struct load *load, decide_fn decide, const void *rules,
                  struct merge_counts *counts, struct err *err) MUST_USE;

/* Build cdr.stat_hour anew for HOURS. */
bool statistics_rebuild(struct db *db, const struct hours *hours,
                        struct err *err) MUST_USE;

/* Hours of other legs of the calls that this file, stored directly, has a leg of. */
bool statistics_add_calls(struct load *load, struct err *err) MUST_USE;

/* Two instants as a statement's arguments. */
struct period_text {
    char from[25], to[25];
};

struct period_text period_text(int64_t from, int64_t to);

#endif

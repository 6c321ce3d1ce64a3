/*
 * stat_rule.h - what a call and its attempts count for in cdr.stat_hour.
 *
 * schema/rules/hours.sql says the same in SQL; what is counted here while legs stream is
 * compared with it in the tests.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_RULE_H
#define ETL_LOADER_STATISTICS_STAT_RULE_H

#include "base/buf.h"
#include "leg/call_rule.h"
#include "loader/statistics/stat_groups.h"
#include "record/row.h"

/* What counting depends on besides legs; read under the lock (sql: stat/basis). */
struct stat_basis {
    const struct taxonomy *taxonomy;
    category_set delivered;            /* the network did its part */
    category_set delivered_if_rang;    /* it did where the phone is known to have rung */
    int32_t short_call, service, soon; /* seconds, of cdr.setting */
    int64_t fingerprint;               /* cdr.stat_basis() */
};

/* Does a row of the leg's file name a gateway? */
enum stat_gateway { STAT_GATEWAY_UNKNOWN, STAT_GATEWAY_NO, STAT_GATEWAY_YES };

/* Of a stored leg: cdr.file.has_gateway in its binary form, absent without a file. */
enum stat_gateway stat_gateway_of(struct slice has_gateway);

/* A leg as far as statistics look at it; one block of memory, texts included. */
struct stat_leg {
    struct call_leg leg;
    enum stat_gateway file_has_gateway;
    bool is_truncated; /* the first part of its call was purged */
    struct slice domain, direction, queue, gateway, provider, hangup_cause, disposition;
    int16_t sip_code;
    uint8_t naive_category;
    struct stat_leg *next; /* of its call; for whoever holds the call */
    size_t size;           /* bytes of the block */
};

/* ROW as a leg, of a file of which nothing is known yet; free() it. */
struct stat_leg *stat_leg_new(const struct row *row);

struct stat_rule {
    const struct stat_basis *basis;
    struct stat_groups *groups;
    int sign;              /* 1, or -1: what is counted is taken away */
    struct buf key;        /* scratch, like the next two */
    struct call_leg *legs; /* of the call, in a row */
    size_t room;
};

void stat_rule_free(struct stat_rule *rule); /* what is scratch */

/*
 * Count the call that LEGS make, a list of COUNT of them, and its attempts; *CALLS grows
 * when it is a call of its own.  Legs that are attempts only when no row of their file
 * names a gateway, which is not known yet, go into groups with a mark behind their key.
 */
bool stat_rule_count(struct stat_rule *rule, const struct stat_leg *legs, size_t count,
                     uint64_t *calls, struct err *err) MUST_USE;

/* The columns of a key behind its time, and of the sums: "unit, ..., n, ..., basis". */
void stat_rule_columns(struct buf *out);

enum { STAT_RULE_KEY = 14 /* columns of a key */ };

/* KEY without its mark; *IF_NO_GATEWAY: it had one. */
struct slice stat_rule_key(struct slice key, bool *if_no_gateway);

/* The category of KEY. */
struct slice stat_rule_category(struct slice key);

/* The hour of KEY, or its day: where that begins, ms. */
int64_t stat_rule_time(struct slice key);

/* Append the group as a row of binary COPY with the columns above. */
void stat_rule_add_row(const struct stat_basis *basis, struct slice key,
                       const struct stat_sums *sums, struct buf *out);

#endif

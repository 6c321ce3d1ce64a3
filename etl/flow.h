/*
 * flow.h - the one loop: reader, record, leg, evidence, rules, row.
 *
 * The flow knows the order of the steps and the inside of none.
 */
#ifndef ETL_FLOW_H
#define ETL_FLOW_H

#include "base/err.h"
#include "loader/merge/leg_counter.h"
#include "readers/reader.h"
#include "record/file_report.h"
#include "record/instant.h"
#include "record/row.h"
#include "rules/rules.h"

/* Where finished rows and rejected records go; either may be NULL. */
typedef bool (*put_fn)(void *to, const struct row *row, struct err *err);
typedef bool (*put_reject_fn)(void *to, const struct reject *reject, struct err *err);

/* Takes numbers that must not come in out of LEG, whose texts it may replace. */
typedef void (*suppress_fn)(void *to, struct leg *leg);

/* How many rejects are borne: at most COUNT, or PERCENT of the records. */
struct reject_limit {
    bool is_set;
    uint64_t count;
    double percent; /* 0..100; negative: COUNT counts */
};

struct flow {
    struct reader *reader;
    const struct rules *rules;
    struct leg_counter *leg_counter; /* NULL: not counted */
    struct report *report;
    int32_t ruleset_id, run_id, file_id; /* for the rows; 0 without a database */
    bool adjacency;                      /* link neighbours where there are no ids */
    bool nameless; /* legs without an id get no key: nobody looks at it */
    const unsigned char
        *name_key;       /* of legs without id, LEG_NAME_KEY bytes; NULL: check's */
    struct spans purged; /* legs that start there are refused; borrowed */
    struct reject_limit limit;
    void (*progress)(const struct flow *flow); /* called now and then; NULL */
    void *to;
    suppress_fn suppress; /* NULL: nothing stays away */
    put_fn put;
    put_reject_fn put_reject;
};

/* The loader's decide_fn: it is blind to what RULES are. */
void flow_decide(const void *rules, const struct leg *leg, struct outcome *outcome);

/*
 * Carry every record to its end.  False with ERR: the file breaks (EXIT_INPUT),
 * too many rejects (EXIT_TOO_MANY), a signal, or what PUT said.  REPORT is
 * filled as far as the flow came; it is balanced by the leg_counter or the loader.
 */
bool flow_run(const struct flow *flow, struct err *err) MUST_USE;

#endif

/*
 * call_rule.h - the outcome of a call, from its legs (etl/README.md, Calls).
 *
 * A call of one leg has that leg's outcome.  With several legs, the first of
 * these that applies:
 *
 *   1. linked only by adjacency: the A-leg's own outcome.  Neighbourhood is a
 *      likelihood and good enough to count the call once, but it is no evidence
 *   2. a B-leg was answered: its outcome, of several that of the last to start;
 *      ANSWERED and certain when that leg's category is not an answered one
 *   3. an inbound A-leg was answered (by the flow): its outcome, likewise ANSWERED
 *   4. the A-leg's category is of the group `caller`: the A-leg's outcome
 *   5. the last B-leg to end that reached a carrier or a phone: its outcome.
 *      Losers of a race (is_elsewhere) and local failures reached nobody
 *   6. a local failure of a B-leg: its outcome, the last one's
 *   7. the A-leg's own; without an A-leg, that of the last leg to end
 *
 * An outbound A-leg that was answered (click-to-call: the employee's phone) does
 * not hide a failed B-leg.  "Last" is by end, then start, then the greater key;
 * the end is ended_at, else start and duration.  cdr.calls_between() in schema/
 * says the same in SQL, and a test holds the two together.
 */
#ifndef ETL_LEG_CALL_RULE_H
#define ETL_LEG_CALL_RULE_H

#include "record/leg.h"
#include "record/outcome.h"

struct call_leg {
    struct uuid key;
    char side;       /* 'a' or 'b' */
    bool is_inbound; /* the leg's direction says so */
    enum link linked_by;
    bool answered;
    uint8_t category;
    enum confidence confidence;
    category_set alternatives;
    int64_t started_at, ended_at; /* ms; ended_at as above, never NO_TIME */
};

struct call_outcome {
    size_t deciding; /* the leg's place among those given */
    uint8_t category;
    enum confidence confidence;
    category_set alternatives;
    bool answered_by_flow; /* rule 3 */
};

struct call_leg callrule_leg(const struct leg *leg, const struct outcome *outcome);

/* Decide the call of LEGS, one or more of them. */
struct call_outcome callrule_decide(const struct taxonomy *taxonomy,
                                    const struct call_leg *legs, size_t nlegs);

#endif

/*
 * call_rule.h - what a call came to, from its legs: its outcome, who answered it, and
 * how long its parts lasted.
 *
 * OUTCOME.  A call of one leg has that leg's.  With several legs, the first of these
 * that applies:
 *
 *   1. a B-leg was answered: its outcome, of several that of the last to start;
 *      ANSWERED and certain when that leg's category is not an answered one
 *   2. an inbound A-leg was answered (by the flow): its outcome, likewise ANSWERED
 *   3. the A-leg's category is of the group `caller`: the A-leg's outcome
 *   4. the last B-leg to end that reached a carrier or a phone: its outcome.
 *      Losers of a race (is_elsewhere) and local failures reached nobody
 *   5. a local failure of a B-leg: its outcome, the last one's
 *   6. the A-leg's own; without an A-leg, that of the last leg to end
 *
 * An outbound A-leg that was answered (click to call: the employee's phone) does
 * not hide a failed B-leg.  "Last" is by end, then start, then the greater key;
 * the end is ended_at, else start and duration.
 *
 * A B-leg that is linked only by adjacency decides like any other.  But neighbourhood
 * is a likelihood: unless the A-leg by itself is certain of the same, what would be
 * certain becomes probable, with the A-leg's own candidates as alternatives.
 *
 * A leg that lost a race speaks for a call only when nobody is known to have answered it:
 * then it proves a fork and no winner, and its category's without_answer says what else
 * the call may be, where adjacency has not left something open already.
 *
 * WHO ANSWERED.  A person, where a B-leg was answered or the A-leg was connected; the
 * flow alone, where the caller of an inbound call was connected to nobody: no bridge,
 * no talk, and no agent known to have taken it.  An agent who picks up as the caller
 * leaves took nothing.
 *
 * SECONDS are the caller's: duration and bill are the A-leg's, and bill is never more
 * than duration.  Talk is the sum of the parts in which he was connected: what a B-leg
 * did after he had left (parked) is no part of it.  Handling is talk and hold, at most
 * the time he was connected, and unknown where talk is.
 *
 * A consultation before an attended transfer is no call of its own: its A-leg names the
 * call that it belongs to (is_consultation).
 *
 * schema's rule of a call says the same in SQL, and a test holds the two together.
 */
#ifndef ETL_LEG_CALL_RULE_H
#define ETL_LEG_CALL_RULE_H

#include "record/leg.h"
#include "record/outcome.h"

/* A leg, as far as the rule looks at it. */
struct call_leg {
    struct uuid key;
    char side;            /* 'a' or 'b' */
    uint8_t linked_by;    /* enum link */
    bool is_inbound : 1;  /* the leg's direction says so */
    bool is_outbound : 1; /* its outcome says so */
    bool is_consultation : 1;
    bool answered : 1;
    bool has_agent : 1;
    bool has_carrier : 1; /* a gateway or a provider */
    bool is_far : 1;      /* its destination is no extension */
    uint8_t category;
    uint8_t confidence; /* enum confidence */
    category_set alternatives;
    int64_t started_at, ended_at; /* ms; ended_at as above, never NO_TIME */
    int64_t bridged_at;           /* ms, or NO_TIME */
    /* seconds, or NO_SECONDS */
    int32_t duration, bill, talk, hold, early_media, pdd, ring, wait;
};

enum answered_by { ANSWERED_BY_NOBODY, ANSWERED_BY_FLOW, ANSWERED_BY_LEG };

enum { NO_LEG = -1 };

/* Legs of one call are looked for so far from each other, ms: cdr.call_reach(). */
#define CALL_REACH (24 * INT64_C(3600000))

struct call {
    /* Places among the legs given.  A_LEG and B_LEG speak for their side, or NO_LEG. */
    int deciding, a_leg, b_leg;
    uint8_t category;
    enum confidence confidence;
    category_set alternatives;
    bool answered;
    enum answered_by answered_by;
    bool is_counted; /* false: a consultation, part of another call */
    /* seconds, or NO_SECONDS */
    int32_t duration, bill, talk, hold, handling, early_media, pdd, ring, wait;
};

struct call_leg callrule_leg(const struct leg *leg, const struct outcome *outcome);

/* What the call of LEGS came to, one or more of them in any order. */
struct call callrule_decide(const struct taxonomy *taxonomy, const struct call_leg *legs,
                            size_t nlegs);

/* The same without its seconds, which stay unset. */
struct call callrule_outcome(const struct taxonomy *taxonomy, const struct call_leg *legs,
                             size_t nlegs);

/*
 * Is LEG an attempt, a leg towards a carrier?  A B-leg, or an outbound leg whose B-legs
 * the export does not have (HAS_B_LEGS is of its call), that names a trunk; where no row
 * of its file names one (FILE_HAS_GATEWAY), one whose destination is no extension.
 */
bool callrule_is_attempt(const struct call_leg *leg, bool has_b_legs,
                         bool file_has_gateway);

#endif

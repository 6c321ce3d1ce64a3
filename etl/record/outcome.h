/*
 * outcome.h - what was decided about a leg, and in which words.
 *
 * The words (categories) come from mappings/categories.json.  A set of them is
 * a bit set over the taxonomy's order.
 */
#ifndef ETL_RECORD_OUTCOME_H
#define ETL_RECORD_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum { CATEGORIES_MAX = 64 };

typedef uint64_t category_set; /* bit i: category i of the taxonomy */

/* Did the network deliver a call that came to it?  IF_RANG: where the phone rang. */
enum delivered { DELIVERED_NO, DELIVERED_YES, DELIVERED_IF_RANG, DELIVERED_EXCLUDED };

struct category {
    const char *code;  /* NO_ANSWER */
    const char *group; /* answered, subscriber, caller, network, system, unknown */
    const char *label_en;
    bool is_answered, is_local_failure, is_elsewhere; /* see mappings/categories.json */
    category_set without_answer; /* what else a call may be when nobody answered */
    /* as attempts count in KPIs; the columns of cdr.category say the same */
    bool is_bid, is_seizure;
    enum delivered delivered;
};

struct taxonomy {
    size_t count; /* at most CATEGORIES_MAX */
    const struct category *category;
    size_t undetermined; /* the category of ambiguous outcomes */
    size_t answered;  /* of an answer whose leg ended otherwise: the first is_answered */
    const char *json; /* all of categories.json, for cdr.category */
};

/* The category of that code, COUNT when there is none. */
size_t taxonomy_find(const struct taxonomy *taxonomy, const char *code);

enum confidence { CERTAIN, PROBABLE, AMBIGUOUS };

const char *confidence_name(enum confidence confidence);

/* "NO_ANSWER probable [BUSY, UNREACHABLE]" */
struct buf;
void outcome_add(struct buf *out, const struct taxonomy *taxonomy, uint8_t category,
                 enum confidence confidence, category_set alternatives);

/* Categories of which the network did its part, and those where it did if the phone rang.
 */
struct delivered_sets {
    category_set always, if_rang;
};

/* At least, and at most. */
struct delivered_bounds {
    bool low, high;
};

/* Did the network do its part (NER)?  RANG: the phone is known to have rung. */
struct delivered_bounds delivered_bounds(struct delivered_sets sets, bool answered,
                                         uint8_t category, enum confidence confidence,
                                         category_set alternatives, bool rang);

/* Everything pointed to belongs to the rule set that decided. */
struct outcome {
    const struct taxonomy *taxonomy;
    uint8_t category;
    enum confidence confidence;
    category_set alternatives; /* none when certain, at least two when ambiguous */
    uint8_t naive_category;    /* what the hangup cause alone would say */
    const char *group;         /* the category's, or what all alternatives share */
    const char *rule_id;
    size_t rule; /* its place in the rule set */
    /* what the evidence proved; NULL or NO_CODE: nothing */
    const char *provider; /* id of mappings/providers.json */
    const char
        *release; /* remote_refusal own_cancel remote_cancel own_refusal bye none */
    const char *ended_by;        /* caller, callee, system, network; NULL: not known */
    int16_t q850_implied;        /* 1..127; NO_CODE */
    int32_t early_media_seconds; /* NO_SECONDS */
    bool answered;
    bool is_outbound; /* by its direction, or by who calls whom where that is blank */
};

/* The same of OUTCOME and its rule: "NO_ANSWER probable [BUSY] by vega-no-answer" */
void outcome_add_by(struct buf *out, const struct outcome *outcome);

#endif

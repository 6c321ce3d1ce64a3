/*
 * taxonomy.h - a few categories, one of each kind that the rule of a call tells apart.
 */
#ifndef TESTS_SUPPORT_TAXONOMY_H
#define TESTS_SUPPORT_TAXONOMY_H

#include "base/base.h"
#include "record/outcome.h"

enum {
    ANSWERED,
    BUSY,
    NO_ANSWER,
    CALLER_CANCEL,
    ELSEWHERE,
    LOCAL,
    UNDETERMINED,
    TRANSFERRED
};

static const struct category categories[] = {
    [ANSWERED] = { .code = "ANSWERED", .group = "answered", .is_answered = true },
    [BUSY] = { .code = "BUSY", .group = "subscriber" },
    [NO_ANSWER] = { .code = "NO_ANSWER", .group = "subscriber" },
    [CALLER_CANCEL] = { .code = "CALLER_CANCEL", .group = "caller" },
    [ELSEWHERE] = { .code = "ANSWERED_ELSEWHERE",
                    .group = "system",
                    .is_elsewhere = true },
    [LOCAL] = { .code = "LOCAL_UNAVAILABLE",
                .group = "system",
                .is_local_failure = true },
    [UNDETERMINED] = { .code = "UNDETERMINED", .group = "unknown" },
    [TRANSFERRED] = { .code = "TRANSFERRED", .group = "system" },
};
static const struct taxonomy taxonomy = { .count = COUNTOF(categories),
                                          .category = categories,
                                          .undetermined = UNDETERMINED,
                                          .answered = ANSWERED };

#endif

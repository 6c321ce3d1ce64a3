/*
 * page_columns.c - what the page wants of each query, in the order in which it reads it:
 * that of the enums of page_impl.h.
 */
#include "report/page.h"

#include "base/base.h"

static const char *const totals[] = { "first_day",
                                      "last_day",
                                      "zone",
                                      "calls",
                                      "n",
                                      "seizures",
                                      "answered",
                                      "asr",
                                      "asr_ci_low",
                                      "asr_ci_high",
                                      "ner_low",
                                      "ner_high",
                                      "acd",
                                      "undetermined",
                                      "unanswered",
                                      "ambiguity",
                                      "recategorised",
                                      "recategorisation",
                                      "naive_asr",
                                      "ruleset" };
static const char *const days[] = { "day", "label", "outcome_group", "n" };
static const char *const asr_days[] = { "day",        "label",       "asr",
                                        "asr_ci_low", "asr_ci_high", "naive_asr",
                                        "seizures" };
static const char *const carriers[] = { "carrier",   "seizures",   "answered",
                                        "asr",       "asr_ci_low", "asr_ci_high",
                                        "naive_asr", "ner_low",    "ner_high",
                                        "naive_ner", "acd",        "pgad",
                                        "sdr",       "ambiguity",  "recategorisation" };
static const char *const outcomes[] = { "label", "carrier", "n", "share", "share_high" };
static const char *const hours[] = { "weekday", "hour",       "seizures",   "answered",
                                     "asr",     "asr_ci_low", "asr_ci_high" };
static const char *const changed[] = { "naive", "recomputed", "candidates", "n" };
static const char *const incidents[] = { "carrier",  "period", "failed",
                                         "seizures", "share",  "otherwise" };
static const char *const signals[] = { "signal", "period", "carrier", "about", "total" };
static const char *const health[] = {
    "files",    "records",        "inserted",        "updated",     "known",
    "rejected", "rejected_share", "ambiguous_times", "rejects_open"
};
static const char *const definitions[] = { "name", "formula", "variant" };

const struct report_columns report_columns[REPORT_PARTS] = {
    [REPORT_TOTALS] = { totals, COUNTOF(totals) },
    [REPORT_DAYS] = { days, COUNTOF(days) },
    [REPORT_ASR_DAYS] = { asr_days, COUNTOF(asr_days) },
    [REPORT_CARRIERS] = { carriers, COUNTOF(carriers) },
    [REPORT_OUTCOMES] = { outcomes, COUNTOF(outcomes) },
    [REPORT_HOURS] = { hours, COUNTOF(hours) },
    [REPORT_CHANGED] = { changed, COUNTOF(changed) },
    [REPORT_INCIDENTS] = { incidents, COUNTOF(incidents) },
    [REPORT_SIGNALS] = { signals, COUNTOF(signals) },
    [REPORT_HEALTH] = { health, COUNTOF(health) },
    [REPORT_DEFINITIONS] = { definitions, COUNTOF(definitions) },
};

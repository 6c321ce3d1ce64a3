/*
 * rules_figures.h - what two rule sets make of one carrier's legs, in figures.
 *
 * ASR, ABR and NER are counted as cdr.measure_hour counts attempts, leg by leg: a leg
 * towards a carrier is one, whether or not its call has others.
 */
#ifndef ETL_COMMANDS_RULES_RULES_FIGURES_H
#define ETL_COMMANDS_RULES_RULES_FIGURES_H

#include "base/table.h"
#include "record/leg.h"
#include "record/outcome.h"

/* What one rule set makes of a carrier's legs. */
struct figures {
    uint64_t undetermined, certain;
    uint64_t attempts, answered, seizures, bids, ner_seizures;
    uint64_t delivered_low, delivered_high;
};

struct carrier_figures {
    char *id; /* owned; "(none)" */
    uint64_t legs;
    struct figures before, after;
};

struct carriers {
    struct carrier_figures *carrier; /* owned; in order of appearance */
    size_t count;
    struct table places;
};

void carriers_add(struct carriers *carriers, const struct leg *leg,
                  const struct outcome *before, const struct outcome *after);

/* Two tables: how sure outcomes are, and the ratios, carrier by carrier. */
void carriers_print(const struct carriers *carriers);
void carriers_free(struct carriers *carriers);

#endif

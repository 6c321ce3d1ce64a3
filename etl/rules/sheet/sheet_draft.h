/*
 * sheet_draft.h - the sheet of a carrier that has no table yet: every combination of
 * evidence that its legs came with, and how often, for the owner to say what each means.
 */
#ifndef ETL_RULES_SHEET_SHEET_DRAFT_H
#define ETL_RULES_SHEET_SHEET_DRAFT_H

#include "rules/sheet/sheet.h"

struct sheet_draft;

/* At most as many combinations are kept: exports can hold anything. */
enum { SHEET_DRAFT_MAX = 1000 };

/* RULES are borrowed.  TABLE is the name of the file that the rules will stand in. */
struct sheet_draft *sheet_draft_new(const struct rules *rules, const char *table);
void sheet_draft_free(struct sheet_draft *draft);

/* One more leg, which RULES decided as OUTCOME; EXAMPLE says where it is.  Returns how
 * many of its combination there are now; 0: there was no room for another one. */
uint64_t sheet_draft_add(struct sheet_draft *draft, const struct leg *leg,
                         const struct outcome *outcome, const char *example);

/* The sheet, most legs first; ids begin with ID and a dot. */
void sheet_draft_write(struct sheet_draft *draft, const char *id, struct buf *out);

struct sheet_draft_counts {
    size_t rows;           /* of the sheet */
    uint64_t legs, before; /* all; those that rules before TABLE decide */
    bool is_full;          /* combinations were left out */
};
struct sheet_draft_counts sheet_draft_counts(const struct sheet_draft *draft);

#endif

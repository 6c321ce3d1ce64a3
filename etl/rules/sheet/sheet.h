/*
 * sheet.h - a decision table as a sheet: CSV that goes out to a spreadsheet and comes
 * back.
 *
 * A row is a rule, a column a field that rules of the table ask, and behind them stand
 * outcome and reason.  What comes back is the same JSON, but for its layout.  A cell is
 *
 *   486              this value                    absent       no value
 *   16 | 17          any of these                  present      any value
 *   400..499, 30..   numbers of a range            not X        none of it
 *   begins vega-     a text that begins so         like *x*     a text that looks so
 *
 * or JSON as it stands in the table.  A blank cell asks nothing.
 */
#ifndef ETL_RULES_SHEET_SHEET_H
#define ETL_RULES_SHEET_SHEET_H

#include "rules/rules_impl.h"

/* The cell for a condition VALUE of FIELD. */
void sheet_cell_add(struct buf *out, enum rule_field field, const json_t *value);

/* The condition that CELL is; NULL, and WHY says what is wrong.  json_decref() it. */
json_t *sheet_cell_read(enum rule_field field, struct slice cell, struct buf *why);

/* Columns that are no conditions. */
#define COLUMNS_OF_SHEETS(X)                                                             \
    X(ID, "id")                                                                          \
    X(CATEGORY, "category")                                                              \
    X(CONFIDENCE, "confidence")                                                          \
    X(ALTERNATIVES, "alternatives")                                                      \
    X(WHY, "why")                                                                        \
    X(VALID_FROM, "valid_from")                                                          \
    X(VALID_TO, "valid_to")                                                              \
    X(LEGS, "legs")                                                                      \
    X(TODAY, "today")                                                                    \
    X(EXAMPLE, "example")

enum sheet_column {
#define X(constant, caption) SHEET_##constant,
    COLUMNS_OF_SHEETS(X)
#undef X
        SHEET_COLUMNS,
};

extern const char *const sheet_captions[SHEET_COLUMNS];

/*
 * The table called NAME, a carrier's id or the name of its file.  NULL with ERR
 * (EXIT_USAGE): there is none, or a carrier has several.
 */
const struct doc *sheet_table(const struct rules *rules, const char *name,
                              struct err *err) MUST_USE;

/* DOC's rules as CSV. */
void sheet_write(const struct doc *doc, struct buf *out);

/* What became of the rows of a sheet. */
struct sheet_rows {
    size_t rules, from_cases; /* rules; those whose outcome the cases tell */
    struct buf blank;         /* lines that say nothing yet, ", " between them */
    struct buf found; /* faults, a line each: file, line, column or rule, remedy */
};

/* A sheet, and the table that it becomes. */
struct sheet_source {
    const char *path, *provider; /* whose table: a carrier's id, "" of all */
    const struct doc *before;    /* the table as it stands; NULL: there is none */
};

/*
 * The sheet SOURCE as its table, in the layout of mapping files, into OUT; what else
 * stands in the table of before is taken over.  A row
 * without outcome gets that of the cases in the folders MAPPINGS that meet its
 * conditions; without such cases it is left out.  Faults go to ROWS, a line each: file,
 * line, column or rule, remedy.  False with ERR (EXIT_MAPPING) when there is any.
 */
bool sheet_read(const char *mappings, const struct sheet_source *source, struct buf *out,
                struct sheet_rows *rows, struct err *err) MUST_USE;

/*
 * The sheet of a carrier that has no table yet: every combination of evidence that its
 * legs came with, and how often, for the owner to say what each means.
 */
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

enum rule_page_form { RULE_PAGE_MARKDOWN, RULE_PAGE_HTML };

/*
 * The rules that may decide a leg of PROVIDER as a page, into OUT: its own first, the
 * general ones folded.  False with ERR (EXIT_USAGE): there is no such carrier.
 */
bool rule_page(const struct rules *rules, const char *provider, enum rule_page_form form,
               struct buf *out, struct err *err) MUST_USE;

#endif

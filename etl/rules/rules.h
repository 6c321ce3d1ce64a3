/*
 * rules.h - which category a leg belongs to, how surely, and why.
 *
 * A rule set is a mapping folder: categories, facts about causes and codes,
 * announcements, providers, decision tables.  The tables are one ordered list;
 * the first rule whose conditions all hold decides, and the last has none, so
 * every leg gets an outcome: rules_decide() cannot fail, does no I/O and keeps
 * no memory of earlier legs.  Whatever can be wrong with a mapping is found by
 * rules_load(), which refuses the whole set and says file, rule, key.
 */
#ifndef ETL_RULES_RULES_H
#define ETL_RULES_RULES_H

#include "base/buf.h"
#include "base/err.h"
#include "record/leg.h"
#include "record/outcome.h"

struct rules; /* immutable once loaded */

/* PATH: folders, colons between.  NULL with ERR (EXIT_MAPPING).  Free with rules_free().
 */
struct rules *rules_load(const char *path, struct err *err) MUST_USE;
void rules_free(struct rules *rules); /* NULL is allowed */

/*
 * The same for whoever wants to see every fault and not the first: a line each in FAULTS,
 * *COUNT of them.  With faults the set is what could be read, fit for rules_lint() and
 * for nothing that decides.  NULL with ERR: nothing could be read at all.
 */
struct rules *rules_load_all(const char *path, struct buf *faults, size_t *count,
                             struct err *err) MUST_USE;

/* 64 hex digits: SHA-256 of the set's canonical form. */
const char *rules_identity(const struct rules *rules);
const struct taxonomy *rules_taxonomy(const struct rules *rules);

size_t rules_count(const struct rules *rules);
const char *rules_id(const struct rules *rules, size_t rule);

/* An array of JSON: an object with rule_id and why for each rule. */
void rules_add_texts(const struct rules *rules, struct buf *out);

/*
 * Every file of the set: what decides as it was read, and beside it cases, profiles and
 * numbers as they stand there now.  An array of JSON: an object with folder (1: the
 * shipped one), name and content (hex) for each.  False with ERR (EXIT_MAPPING): one
 * cannot be read, or together they are over 16 MiB.
 */
bool rules_add_files(const struct rules *rules, struct buf *out,
                     struct err *err) MUST_USE;

/* Decide LEG.  Everything OUTCOME points to lives as long as RULES. */
void rules_decide(const struct rules *rules, const struct leg *leg,
                  struct outcome *outcome);

/*
 * Why LEG gets its outcome, as text for a terminal: the evidence, every rule in
 * order with the first condition that failed, the one that decided, refinement.
 */
struct explanation {
    const char *provider; /* take LEG for this one's, whoever it is recognised as; NULL */
    bool json;            /* one object in place of the text */
};
void rules_explain(const struct rules *rules, const struct leg *leg,
                   const struct explanation *how, struct buf *out);

/* False with ERR (EXIT_USAGE), which names the nearest, unless ID, which may be NULL, is
 * a provider of the set. */
bool rules_check_provider(const struct rules *rules, const char *id,
                          struct err *err) MUST_USE;

/* Providers and categories for the database's dimension tables. */
struct provider_info {
    const char *id, *name;
};
size_t rules_provider_count(const struct rules *rules);
struct provider_info rules_provider(const struct rules *rules, size_t provider);

struct cases_result {
    size_t cases, passed, disputed, disputed_passed, linked, linked_passed;
    size_t blank; /* say not yet what is expected; none of the cases */
};

/*
 * Run the rule cases in the CSV file at place FILE of LIST (columns as in
 * mappings/cases/); those that a later folder answers anew are passed over.  Each failing
 * case is described in OUT, one line: file:line, expected, got; each disputed one too,
 * with its rule's why, and "(disputed)" or "(disputed, alike)" at the end.  False with
 * ERR (EXIT_MAPPING) only when the file cannot be understood.
 */
struct case_list;
bool rules_test(const struct rules *rules, const struct case_list *list, size_t file,
                struct cases_result *result, struct buf *out, struct err *err) MUST_USE;

/*
 * Every case file of the folders that RULES were loaded from.  False with ERR when an
 * undisputed case fails.  Of rows that say not yet what is expected a warning tells.
 */
bool rules_prove(const struct rules *rules, struct err *err) MUST_USE;

/*
 * Which rules decided the rows of the case file at PATH: HITS has rules_count()
 * places and is added to.
 */
bool rules_cover(const struct rules *rules, const char *path, uint64_t *hits,
                 struct err *err) MUST_USE;

/*
 * What is allowed and still looks like a mistake, a line each in OUT: rules that
 * cross, that never hold, or that others hide together, periods that overlap, categories
 * nothing leads to, carriers that cannot be told, rules without a reason.  Returns how
 * many.
 */
size_t rules_lint(const struct rules *rules, struct buf *out);

/* Likewise files that nobody reads, and tables whose number is none. */
size_t rules_lint_folders(const struct rules *rules, struct buf *out);

/* Likewise cases that make no sense. */
size_t rules_lint_cases(const struct rules *rules, struct buf *out);

/* The set as a table, or what of it concerns legs of PROVIDER.  False with ERR
 * (EXIT_USAGE) when there is no such provider. */
bool rules_list(const struct rules *rules, const char *provider, struct buf *out,
                struct err *err) MUST_USE;

/* How many things two sets have otherwise. */
struct rules_difference {
    size_t rules, moved, entries;
};

/*
 * What AFTER has otherwise than BEFORE, a line or more each in OUT: rules it lacks (-),
 * has more (+) or has otherwise (~: both are shown), rules and carriers that stand
 * elsewhere among the others (>), and entries of categories, causes, announcements and
 * carriers, told apart by name.  PROVIDER: only what concerns its legs; NULL: all.
 */
struct rules_difference rules_compare(const struct rules *before,
                                      const struct rules *after, const char *provider,
                                      struct buf *out);

/*
 * Says which stored legs the set may decide otherwise than the one of these COUNT files,
 * which must be the one that is so identified, as values of columns of cdr.leg: every leg
 * whose outcome differs has one of them, letters folded.  "disposition" is hangup_by
 * where there is none; a cause may be stored as its number.  False: that cannot be told.
 */
struct kept_file;
typedef void affected_fn(void *to, const char *column, struct slice value);
bool rules_affected(const void *rules, const struct kept_file *file, size_t count,
                    const char *identity, affected_fn *add, void *to);

/* The set has a provider of that id. */
bool rules_know_provider(const struct rules *rules, const char *id);

const char *rules_table(const struct rules *rules, size_t rule); /* its file */

/* Can the rule ever decide a leg of PROVIDER?  NULL: of anybody. */
bool rules_concern(const struct rules *rules, size_t rule, const char *provider);

/* True when the rule is about certain providers only. */
bool rules_is_specific(const struct rules *rules, size_t rule);

#endif

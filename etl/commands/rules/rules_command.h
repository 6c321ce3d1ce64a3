/*
 * rules_command.h - the subcommands of `rules`, and what they share: texts counted, legs
 * of exports and of the database, figures of two rule sets.
 */
#ifndef ETL_COMMANDS_RULES_RULES_COMMAND_H
#define ETL_COMMANDS_RULES_RULES_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "base/table.h"
#include "commands/shared/input_options.h"
#include "commands/shared/period.h"
#include "record/leg.h"
#include "record/outcome.h"

enum {
    RULES_CASES = INTAKE_COUNT,
    RULES_PROVIDER,
    RULES_LIMIT,
    RULES_LEG,
    RULES_OUT,
    RULES_READ,
    RULES_GATEWAY,
    RULES_CSV,
    RULES_FORMAT,
    RULES_PERIOD,
    RULES_COUNT = RULES_PERIOD + PERIOD_OPTIONS,
};

/* A subcommand gets the words behind its name. */
enum exit_code rules_command_test(const struct context *context, const struct args *args,
                                  struct err *err);
enum exit_code rules_command_diff(const struct context *context, const struct args *args,
                                  struct err *err);
enum exit_code rules_command_cases(const struct context *context, const struct args *args,
                                   struct err *err);
enum exit_code rules_command_table(const struct context *context, const struct args *args,
                                   struct err *err);
enum exit_code rules_command_coverage(const struct context *context,
                                      const struct args *args, struct err *err);
enum exit_code rules_command_compare(const struct context *context,
                                     const struct args *args, struct err *err);
enum exit_code rules_command_page(const struct context *context, const struct args *args,
                                  struct err *err);
enum exit_code rules_command_new(const struct context *context, const struct args *args,
                                 struct err *err);
enum exit_code rules_new_carrier(const struct context *context, const struct args *args,
                                 struct err *err);
enum exit_code rules_command_history(const struct context *context,
                                     const struct args *args, struct err *err);
enum exit_code rules_command_restore(const struct context *context,
                                     const struct args *args, struct err *err);
enum exit_code rules_command_suggest(const struct context *context,
                                     const struct args *args, struct err *err);

/* Make a folder, or a file with TEXT; what is there already stays as it is. */
bool rules_new_folder(const char *path, struct err *err) MUST_USE;
bool rules_new_file(const char *path, struct slice text, struct err *err) MUST_USE;

/* --limit, or 30. */
bool rules_read_limit(const struct args *args, size_t *limit, struct err *err) MUST_USE;

/*
 * Legs for a subcommand, decided by the rules of `--mappings`: of exports, or the stored
 * ones of a period.
 */
struct rules_source {
    struct input_options input; /* its rules decide; untested_rules may be set before */
    const struct context *context;
    const char *const *period; /* options of the stored legs' period; NULL: files */
    const char *file;          /* that the leg is from; NULL: the database */
};

/*
 * Load the rules, and open the words of FILES, or with STORED say by its options which
 * period is meant.  False with ERR; rules_source_close() in any case.
 */
bool rules_source_open(struct rules_source *source, const struct context *context,
                       const struct args *files, bool stored, struct err *err) MUST_USE;
void rules_source_close(struct rules_source *source);

/*
 * Every leg to PUT, every reject of files to PUT_REJECT, which may be NULL.  Of a stored
 * leg only leg and outcome are set.
 */
bool rules_source_each(struct rules_source *source, void *to, put_fn put,
                       put_reject_fn put_reject, struct err *err) MUST_USE;

enum rules_format { RULES_AS_TABLE, RULES_AS_CSV, RULES_AS_CSV_ROWS, RULES_AS_JSON };

/* What --csv and --json say. */
enum rules_format rules_format(const struct context *context, const struct args *args);
bool rules_check_format(const struct context *context, const struct args *args,
                        struct err *err) MUST_USE;

/* How often each text came. */
struct counter_row {
    char *text;    /* owned */
    char *example; /* what was given the first time; owned, NULL */
    uint64_t count;
};

struct counter {
    struct counter_row *row; /* owned */
    size_t count;
    struct table table; /* to the place in row */
};

/* Once more TEXT; EXAMPLE (or absent) is kept of the first. */
void counter_add(struct counter *counter, struct slice text, struct slice example);

/* The same TIMES times; of none there is a row too. */
void counter_add_times(struct counter *counter, struct slice text, struct slice example,
                       uint64_t times);

/* Most frequent first, then by text; nothing can be added from here on. */
void counter_sort(struct counter *counter);
void counter_free(struct counter *counter);

/* Columns of a counter: the count, and the cells of its text, which has tabs between. */
struct counter_table {
    const char *const *head; /* for people */
    const char *const *keys; /* for programs; NULL: it is for people alone */
    size_t ncolumns;
    const char *spec; /* as text_table.h has it */
};

/*
 * At most LIMIT rows of COUNTER, whose texts are cut apart: a table, lines of CSV (with
 * captions or rows alone), or a JSON array of objects.  A last column called `example`
 * has the rows' examples.
 */
void rules_show_counter(struct counter *counter, const struct counter_table *table,
                        size_t limit, enum rules_format format);

/* TEXT, or - where there is none; its tabs are blanks. */
void rules_add_cell(struct buf *out, struct slice text);

/* "release\tcause\tcode\tq850": what of a leg tells outcomes apart. */
void rules_add_evidence(struct buf *out, const struct leg *leg,
                        const struct outcome *outcome);

/* "BUSY probable [REJECTED]" */
void rules_add_outcome(struct buf *out, const struct outcome *outcome);

/*
 * What two rule sets make of one carrier's legs, in figures.
 *
 * ASR, ABR and NER are counted as cdr.measure_hour counts attempts, leg by leg: a leg
 * towards a carrier is one, whether or not its call has others.
 */

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

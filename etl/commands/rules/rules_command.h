/*
 * rules_command.h - the subcommands of `rules`, by file.
 */
#ifndef ETL_COMMANDS_RULES_RULES_COMMAND_H
#define ETL_COMMANDS_RULES_RULES_COMMAND_H

#include "commands/rules/counter.h"
#include "commands/shared/input_options.h"
#include "commands/shared/period.h"

enum {
    RULES_CASES = INTAKE_COUNT,
    RULES_PROVIDER,
    RULES_LIMIT,
    RULES_LEG,
    RULES_OUT,
    RULES_READ,
    RULES_GATEWAY,
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

/* TEXT into the file PATH; NULL or "-": to standard output. */
bool rules_give(const char *path, const struct buf *text, struct err *err) MUST_USE;

/* Make a folder, or a file with TEXT; what is there already stays as it is. */
bool rules_new_folder(const char *path, struct err *err) MUST_USE;
bool rules_new_file(const char *path, struct slice text, struct err *err) MUST_USE;

/* --limit, or 30. */
bool rules_read_limit(const struct args *args, size_t *limit, struct err *err) MUST_USE;

/* Every leg of the files to PUT, every reject to PUT_REJECT, which may be NULL; *FILE
 * (may be NULL) is the one it is from. */
bool rules_each_leg(struct input_options *input, void *to, put_fn put,
                    put_reject_fn put_reject, const char **file,
                    struct err *err) MUST_USE;

/*
 * At most LIMIT rows of a counter as a table of SPEC (text_table.h): the count, and the
 * cells of its text, which have a tab between them and are cut apart.
 */
void rules_print_counter(struct counter *counter, const char *const *head,
                         const char *spec, size_t limit);

/* The same as a JSON array of objects. */
void rules_print_counter_json(struct counter *counter, const char *const *head,
                              size_t ncolumns, size_t limit);

/* Every stored leg of the period that is given, decided by RULES, to PUT; only leg and
 * outcome are set. */
bool rules_each_stored(const struct rules *rules, const struct context *context,
                       const struct args *args, void *to, put_fn put,
                       struct err *err) MUST_USE;

/* "BUSY probable [REJECTED]" */
void rules_add_outcome(struct buf *out, const struct outcome *outcome);

/* Every line of LINES as a JSON string, with commas between. */
void rules_add_json_lines(struct buf *out, const struct buf *lines);

#endif

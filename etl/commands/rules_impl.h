/*
 * rules_impl.h - the subcommands of `rules`, by file.
 */
#ifndef ETL_COMMANDS_RULES_IMPL_H
#define ETL_COMMANDS_RULES_IMPL_H

#include "commands/intake.h"

enum {
    RULES_CASES = INTAKE_COUNT,
    RULES_PROVIDER,
    RULES_LIMIT,
    RULES_COUNT,
};

/* A subcommand gets the words behind its name. */
typedef enum exit_code (*rules_fn)(const struct context *context, const struct args *args,
                                   struct err *err);

enum exit_code rules_command_test(const struct context *context, const struct args *args,
                                  struct err *err);
enum exit_code rules_command_diff(const struct context *context, const struct args *args,
                                  struct err *err);
enum exit_code rules_command_suggest(const struct context *context,
                                     const struct args *args, struct err *err);

#endif

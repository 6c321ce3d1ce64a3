/*
 * subcommand.c - commands whose first word chooses what is done.
 */
#include "base/base.h"
#include "base/nearest.h"
#include "commands/shared/command.h"

enum exit_code subcommand_run(const struct subcommand *subcommands, size_t count,
                              const char *does, const struct context *context,
                              const struct args *args, struct err *err)
{
    struct args behind = *args;

    if (args->nwords > 0) {
        behind.word++;
        behind.nwords--;
    }
    struct nearest nearest = { .word = args->nwords > 0 ? args->word[0] : "" };

    for (size_t i = 0; args->nwords > 0 && i < count; i++) {
        if (strcmp(args->word[0], subcommands[i].name) != 0) {
            nearest_try(&nearest, subcommands[i].name);
            continue;
        }
        if (context->json_is_asked && !subcommands[i].has_json) {
            err_set(err, EXIT_USAGE, "%s prints no JSON document", subcommands[i].name);
            return err->code;
        }
        return subcommands[i].run(context, &behind, err);
    }
    err_set(err, EXIT_USAGE, "%s%s%s%s%s%s", does, args->nwords > 0 ? ", not " : "",
            nearest.word, nearest.name != NULL ? ": did you mean " : "",
            nearest.name != NULL ? nearest.name : "", nearest.name != NULL ? "?" : "");
    return err->code;
}

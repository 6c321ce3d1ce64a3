/*
 * subcommand.c - commands whose first word chooses what is done.
 */
#include "base/base.h"
#include "commands/command.h"

enum exit_code subcommand_run(const struct subcommand *subcommands, size_t count,
                              const char *does, const struct context *context,
                              const struct args *args, struct err *err)
{
    struct args behind = *args;

    if (args->nwords > 0) {
        behind.word++;
        behind.nwords--;
    }
    for (size_t i = 0; args->nwords > 0 && i < count; i++)
        if (strcmp(args->word[0], subcommands[i].name) == 0)
            return subcommands[i].run(context, &behind, err);
    err_set(err, EXIT_USAGE, "%s%s%s", does, args->nwords > 0 ? ", not " : "",
            args->nwords > 0 ? args->word[0] : "");
    return err->code;
}

/*
 * init.c - the schema, created or brought up to this program.
 */
#include "base/base.h"
#include "commands/command.h"
#include "db/schema.h"

enum { INIT_DRY_RUN, INIT_COUNT };

static const struct option_row options[] = {
    [INIT_DRY_RUN] = { "dry-run", NULL, "print the migrations that are due, run none" },
};

static enum exit_code init_command(const struct context *context, const struct args *args,
                                   struct err *err)
{
    bool dry_run = args->option[INIT_DRY_RUN] != NULL;
    struct buf out = { 0 };

    if (args->nwords > 0) {
        err_set(err, EXIT_USAGE, "init takes no arguments");
        return EXIT_USAGE;
    }

    struct db *db = db_open(context->db, err);

    if (db != NULL && schema_upgrade(db, dry_run, &out, err))
        fputs(buf_cstr(&out), stdout);
    db_close(db);
    buf_free(&out);
    return err->code;
}

const struct command command_init = {
    .name = "init",
    .synopsis = "",
    .summary = "Creates the schema, or upgrades it",
    .options = options,
    .noptions = INIT_COUNT,
    .run = init_command,
};

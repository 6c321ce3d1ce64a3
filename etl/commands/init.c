/*
 * init.c - the schema, created or brought up to this program and its mapping files.
 */
#include "base/base.h"
#include "commands/command.h"
#include "db/schema.h"
#include "db/txn.h"
#include "loader/run.h"
#include "rules/rules.h"

enum { INIT_DRY_RUN, INIT_COUNT };

static const struct option_row options[] = {
    [INIT_DRY_RUN] = { "dry-run", NULL, "print the statements that are due, run none" },
};

/* The categories too: statistics and dashboards read what they count as. */
static bool init_database(struct db *db, const struct rules *rules, bool dry_run,
                          struct err *err)
{
    struct buf out = { 0 };
    bool ok = schema_upgrade(db, dry_run, &out, err);

    if (ok && !dry_run) {
        ok = txn_begin(db, err) && run_store_taxonomy(db, rules_taxonomy(rules), err) &&
             txn_commit(db, err);
        if (!ok)
            txn_rollback(db);
    }
    if (ok)
        fputs(buf_cstr(&out), stdout);
    buf_free(&out);
    return ok;
}

static enum exit_code init_command(const struct context *context, const struct args *args,
                                   struct err *err)
{
    bool dry_run = args->option[INIT_DRY_RUN] != NULL;
    struct rules *rules = NULL;
    struct db *db = NULL;

    if (args->nwords > 0) {
        err_set(err, EXIT_USAGE, "init takes no arguments");
        return EXIT_USAGE;
    }
    if ((rules = rules_load(context->mappings, err)) != NULL &&
        (db = db_open(context->db, err)) != NULL &&
        !init_database(db, rules, dry_run, err))
        err_at(err, "init: ");
    db_close(db);
    rules_free(rules);
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

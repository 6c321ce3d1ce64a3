/*
 * init.c - the schema, created or brought up to this program and its mapping files.
 */
#include "base/base.h"
#include "commands/shared/command.h"
#include "db/init/cluster.h"
#include "db/init/schema.h"
#include "db/sql.h"
#include "db/txn.h"
#include "leg/number/prefix_list.h"
#include "leg/time/clock.h"
#include "loader/ledger/run.h"
#include "loader/statistics/day_roll.h"
#include "rules/rules.h"

enum { INIT_CITUS, INIT_SHARDS, INIT_DRY_RUN, INIT_COUNT };

enum { SHARDS_MAX = 1024 };

static const struct option_row options[] = {
    [INIT_CITUS] = { "citus", NULL, "distribute legs over the nodes of a Citus cluster" },
    [INIT_SHARDS] = { "shards", "N", "into so many shards (else four a node)" },
    [INIT_DRY_RUN] = { "dry-run", NULL, "print the statements that are due, run none" },
};

/* The zone of the views' days, where --tz says one. */
static bool init_set_zone(struct db *db, const char *zone, struct err *err)
{
    bool is_known = false;

    if (zone == NULL)
        return true;
    if (!db_ask(db, sql_init_zone, DB_ARGS(zone), &is_known, err))
        return false;
    return is_known || err_set(err, EXIT_USAGE,
                               "the server does not know the zone %s; days stay as they "
                               "were",
                               zone);
}

/* --citus and --shards N. */
static bool init_read_wish(const struct args *args, struct cluster_wish *wish,
                           struct err *err)
{
    const char *text = args->option[INIT_SHARDS];

    *wish = (struct cluster_wish){ .is_wanted = args->option[INIT_CITUS] != NULL };
    if (text != NULL && !wish->is_wanted)
        return err_set(err, EXIT_USAGE, "--shards goes with --citus");
    return options_number("shards", text, 1, SHARDS_MAX, &wish->shards, err);
}

/* What init brings into the database besides the schema. */
struct init_task {
    const struct rules *rules;
    struct buf prefixes; /* of numbers, JSON; empty: none are known */
    struct cluster_wish wish;
};

static bool init_store_mappings(struct db *db, struct init_task *task, struct err *err)
{
    return run_store_taxonomy(db, rules_taxonomy(task->rules), err) &&
           (task->prefixes.len == 0 ||
            db_run(db, sql_init_prefixes, DB_ARGS(buf_cstr(&task->prefixes)), NULL, err));
}

/* The categories too: statistics and dashboards read what they count as. */
static bool init_database(struct db *db, const struct context *context,
                          struct init_task *task, const struct args *args,
                          struct err *err)
{
    bool dry_run = args->option[INIT_DRY_RUN] != NULL;
    struct buf out = { 0 };
    bool ok = schema_upgrade(db, &task->wish, dry_run, &out, err);

    if (ok && !dry_run) {
        ok = txn_begin(db, err) && init_store_mappings(db, task, err) &&
             init_set_zone(db, context->tz, err) && txn_commit(db, err);
        if (ok)
            day_roll_up(db);
        else
            txn_rollback(db);
    }
    if (ok)
        fputs(buf_cstr(&out), stdout);
    buf_free(&out);
    return ok;
}

/* A zone that this machine does not know is refused before anything is made. */
static bool init_check_zone(const struct context *context, struct err *err)
{
    struct zone *zone;

    if (context->tz == NULL)
        return true;
    zone = zone_open(context->tz, err);
    zone_free(zone);
    return zone != NULL;
}

static enum exit_code init_command(const struct context *context, const struct args *args,
                                   struct err *err)
{
    struct rules *rules = NULL;
    struct db *db = NULL;
    struct init_task task = { 0 };

    if (args->nwords > 0) {
        err_set(err, EXIT_USAGE, "init takes no arguments");
        return EXIT_USAGE;
    }
    if (init_check_zone(context, err) && init_read_wish(args, &task.wish, err) &&
        prefix_list_load(context->mappings, &task.prefixes, err) &&
        (task.rules = rules = rules_load(context->mappings, err)) != NULL &&
        (db = db_open(context->db, err)) != NULL &&
        !init_database(db, context, &task, args, err))
        err_at(err, "init: ");
    db_close(db);
    rules_free(rules);
    buf_free(&task.prefixes);
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

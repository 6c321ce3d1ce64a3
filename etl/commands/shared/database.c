/*
 * database.c - connections that were looked at, runs that end.
 */
#include "commands/shared/database.h"

#include <inttypes.h>

#include "db/init/schema.h"
#include "db/txn.h"
#include "flow.h"

static struct db *open_checked(const struct context *context,
                               bool (*check)(struct db *db, struct err *err),
                               struct err *err)
{
    struct db *db = db_open(context->db, err);

    if (db == NULL || check(db, err))
        return db;
    db_close(db);
    return NULL;
}

struct db *database_open(const struct context *context, struct err *err)
{
    return open_checked(context, schema_check, err);
}

struct db *database_open_writer(const struct context *context, struct err *err)
{
    return open_checked(context, schema_check_writer, err);
}

struct db *database_open_reader(const struct context *context, struct err *err)
{
    struct db *db = database_open(context, err);

    if (db == NULL || txn_begin_read(db, err))
        return db;
    db_close(db);
    return NULL;
}

void database_rules(struct run_settings *settings, const struct rules *rules)
{
    settings->ruleset_id = rules_identity(rules);
    settings->taxonomy = rules_taxonomy(rules);
    settings->rule_files = rules_add_files;
    settings->decide = flow_decide;
    settings->rules = rules;
}

static bool add_providers(struct run *run, const struct rules *rules, struct err *err)
{
    for (size_t i = 0; i < rules_provider_count(rules); i++) {
        struct provider_info provider = rules_provider(rules, i);

        if (!run_add_provider(run, provider.id, provider.name, err))
            return false;
    }
    return true;
}

struct run *database_start_run(struct db *db, const struct run_settings *wish,
                               const struct rules *rules, struct err *err)
{
    struct run_settings settings = *wish;
    struct buf texts = { 0 };

    database_rules(&settings, rules);
    rules_add_texts(rules, &texts);
    settings.rule_texts = buf_cstr(&texts);

    struct run *run = run_start(db, &settings, err);

    buf_free(&texts);
    if (run == NULL || add_providers(run, rules, err))
        return run;
    (void)run_finish(run, err->code, err);
    return NULL;
}

bool database_end_run(struct run *run, bool ok, struct err *err)
{
    struct err closing = { 0 };

    if (run_finish(run, err->code, &closing) || !ok)
        return ok;
    return err_pass(err, &closing);
}

void database_add_run(struct buf *out, const struct run *run, enum exit_code code)
{
    buf_addf(out,
             "{\"run\":{\"id\":%" PRId32 ",\"kind\":\"%s\",\"exit\":%d},\"dry_run\":%s",
             run->run_id, run->settings.kind, (int)code,
             run->settings.dry_run ? "true" : "false");
}

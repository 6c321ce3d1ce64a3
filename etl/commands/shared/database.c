/*
 * database.c - connections that were looked at, runs that end.
 */
#include "commands/shared/database.h"

#include <inttypes.h>

#include "db/init/schema.h"
#include "db/txn.h"

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
             "{\"run\":{\"id\":%" PRId64 ",\"kind\":\"%s\",\"exit\":%d},\"dry_run\":%s",
             run_id(run), run->settings.kind, (int)code,
             run->settings.dry_run ? "true" : "false");
}

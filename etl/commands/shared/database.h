/*
 * database.h - the database of a command, and the run that it writes there.
 */
#ifndef ETL_COMMANDS_SHARED_DATABASE_H
#define ETL_COMMANDS_SHARED_DATABASE_H

#include "commands/shared/command.h"
#include "db/db.h"
#include "loader/ledger/run.h"

/*
 * Connect to the database of CONTEXT, whose schema must be this program's: it is looked
 * at before anything is asked of it.  NULL with ERR (EXIT_DATABASE); db_close() it.
 */
struct db *database_open(const struct context *context, struct err *err) MUST_USE;

/* The same, for whoever stores legs; in a transaction that only reads. */
struct db *database_open_writer(const struct context *context, struct err *err) MUST_USE;
struct db *database_open_reader(const struct context *context, struct err *err) MUST_USE;

/* What SETTINGS say of RULES, by which is decided; borrowed. */
void database_rules(struct run_settings *settings, const struct rules *rules);

/*
 * Begin a run that decides by RULES: the database gets what it keeps of them.  NULL with
 * ERR; database_end_run() it.
 */
struct run *database_start_run(struct db *db, const struct run_settings *wish,
                               const struct rules *rules, struct err *err) MUST_USE;

/*
 * End RUN (NULL: none began) with what ERR says.  OK: all went well so far; that the run
 * cannot be ended is the command's failure then.  Returns whether all went well.
 */
bool database_end_run(struct run *run, bool ok, struct err *err);

/* `{"run":{"id":7,"kind":"purge","exit":0},"dry_run":false`: a document begins. */
void database_add_run(struct buf *out, const struct run *run, enum exit_code code);

#endif

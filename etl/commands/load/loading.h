/*
 * loading.h - a run that loads files: what load and rejects replay share.
 *
 * input_open(), loading_connect(), loading_start(), loading_file() for each, and
 * whatever went wrong on the way, loading_end().
 */
#ifndef ETL_COMMANDS_LOAD_LOADING_H
#define ETL_COMMANDS_LOAD_LOADING_H

#include "commands/load/phases.h"
#include "commands/load/spool.h"
#include "commands/shared/input_options.h"
#include "commands/shared/pseudonym_options.h"
#include "loader/loader.h"

struct loading {
    struct input_options input;
    struct pseudonym *pseudonym; /* owned; NULL: numbers stay */
    const struct context *context;
    const char *kind;
    struct db *db;
    struct run *run;
    const struct spool *spool;     /* NULL: files by their names */
    const struct spooled *spooled; /* the file that was taken from it */
    struct phases phases;          /* shown where progress is */
    const char *path;              /* of the file that is read; - for standard input */
    struct file_stamp stamp;       /* of it, before it was read */
    const char *left;              /* why it stays for the next run, whole as it is */
    bool is_joined;                /* for a run that another process tells of */
};

/* Open the database; its schema must be of this program. */
bool loading_connect(struct loading *loading, const struct context *context,
                     struct err *err) MUST_USE;

/* Begin the run: of WISH the kind, the waiting and the replay count. */
bool loading_start(struct loading *loading, const struct run_settings *wish,
                   struct err *err) MUST_USE;

/*
 * The same beside others, for the run RUN_ID with RULESET_ID that another process began;
 * TURNS is borrowed.  loading_leave() instead of loading_end() then.
 */
bool loading_join(struct loading *loading, const struct run_settings *wish,
                  int32_t run_id, int32_t ruleset_id, struct turns *turns,
                  struct err *err) MUST_USE;
void loading_leave(struct loading *loading);

/*
 * Load file I of the input, which are loaded in their order.  True although it was
 * refused: then its report says so.  False ends the run; ERR names the file.
 */
bool loading_file(struct loading *loading, size_t i, struct err *err) MUST_USE;

/*
 * Likewise FILE, taken from a spool.  True and loading->left: nothing of it was kept,
 * for it grew while it was read, or ends too soon and may still grow.
 */
bool loading_spooled(struct loading *loading, size_t i, const struct spooled *file,
                     struct err *err) MUST_USE;

/*
 * Print what was done, close the run, free everything.  OK: all went well; else the
 * files that are done and the one it failed with are told.  The run's code; a failure's
 * is in ERR.
 */
enum exit_code loading_end(struct loading *loading, bool ok, struct err *err);

#endif

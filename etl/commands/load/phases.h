/*
 * phases.h - what a load does behind 100 per cent, on stderr: merging, counting, commit.
 *
 * The line of a phase is written over itself while it goes on, with its seconds, and
 * stays when it took a second or longer.
 */
#ifndef ETL_COMMANDS_LOAD_PHASES_H
#define ETL_COMMANDS_LOAD_PHASES_H

#include "db/db.h"
#include "record/file_report.h"

/* All zero shows nothing yet. */
struct phases {
    const struct report *report; /* of the file that is loaded; borrowed */
    enum phase phase;            /* that its line tells of */
};

/* Show the phases of REPORT, and how they go on while DB waits for its server. */
void phases_watch(struct phases *phases, struct db *db, struct report *report);

/* No more: the file is done. */
void phases_end(struct phases *phases, struct db *db, struct report *report);

#endif

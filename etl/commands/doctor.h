/*
 * doctor.h - what is wrong with an installation, finding by finding.
 *
 * A finding is a line: what was looked at, whether it is well, what was found, and what
 * to do when it is not.  Looking never ends at the first fault, and changes nothing.
 */
#ifndef ETL_COMMANDS_DOCTOR_H
#define ETL_COMMANDS_DOCTOR_H

#include "base/buf.h"
#include "commands/shared/command.h"

struct doctor {
    bool is_json;    /* findings are gathered in JSON, else they go to stdout */
    struct buf json; /* objects, with commas between them */
    size_t ill;      /* findings that are not well */
};

/* REMEDY is shown when the finding is NOT well; NULL: FINDING says all. */
void doctor_say(struct doctor *doctor, const char *check, bool is_well,
                const char *finding, const char *remedy);
void doctor_sayf(struct doctor *doctor, const char *check, bool is_well,
                 const char *remedy, const char *format, ...) PRINTF_LIKE(5, 6);

/* The spool folder, and the disks under it and under temporary files; SPOOL may be NULL.
 */
void doctor_spool(struct doctor *doctor, const char *spool);
void doctor_disk(struct doctor *doctor, const char *spool);

#endif

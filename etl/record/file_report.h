/*
 * file_report.h - what became of a file, number by number.
 *
 * The numbers must balance (etl/README.md): records = inserted + updated +
 * unchanged + duplicate + rejected, and lines = records + headers + blank
 * where a record is a line.  report_balances() is asked before every commit.
 */
#ifndef ETL_RECORD_FILE_REPORT_H
#define ETL_RECORD_FILE_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "record/outcome.h"
#include "record/reject.h"

enum verdict {
    VERDICT_LOADED,
    VERDICT_ALREADY_LOADED,
    VERDICT_REFUSED,
    VERDICT_ROLLED_BACK
};

const char *verdict_name(enum verdict verdict);

/* What a load does with a file, one after the other. */
enum phase { PHASE_READ, PHASE_MERGE, PHASE_STATISTICS, PHASE_COMMIT, PHASE_COUNT };

const char *phase_name(enum phase phase);

/* Who wants to know that a phase begins, or that none does any more. */
struct report;
struct phase_watch {
    void (*begins)(void *to, const struct report *report); /* NULL: nobody */
    void *to;
};

struct report {
    char *name; /* the file as the user gave it, but in valid UTF-8; owned */
    unsigned char sha256[DIGEST_BYTES]; /* of the decompressed bytes */
    bool has_sha256;
    enum verdict verdict;
    char *reason;             /* of a refusal or roll-back; owned, NULL */
    enum exit_code code;      /* what this file asks main to return */
    char *profile, *encoding; /* owned, NULL when never known */
    char *zone;     /* in which its times were read; NULL: they say their own; owned */
    bool has_lines; /* false: JSON on one line, a spanning record */
    uint64_t lines, headers, blank;
    uint64_t records, inserted, updated, unchanged, duplicate;
    uint64_t rejected[REJECT_COUNT];
    uint64_t calls, ambiguous_times;
    bool has_orphans;   /* a call has B-legs and lacks its A-leg; not printed */
    bool has_far_calls; /* legs of a call start over CALL_REACH apart; not printed */
    const struct taxonomy *taxonomy; /* of the two below; NULL before deciding */
    uint64_t by_category[CATEGORIES_MAX], calls_by_category[CATEGORIES_MAX];
    char **warnings; /* owned */
    size_t nwarnings;
    double seconds[PHASE_COUNT]; /* of the clock on the wall; readings are added up */
    enum phase phase;            /* the one that goes on since */
    double phase_began;          /* 0: none does */
    struct phase_watch watch;
};

void report_init(struct report *report, const char *name);
void report_free(struct report *report);

/* As after report_init(), but for seconds and watch: the file is read once more. */
void report_restart(struct report *report);

void report_warn(struct report *report, const char *format, ...) PRINTF_LIKE(2, 3);

/* PHASE begins, the one before ends; PHASE_COUNT: none begins. */
void report_phase(struct report *report, enum phase phase);

uint64_t report_rejected(const struct report *report);

/* False with ERR (EXIT_INTERNAL) when the numbers do not add up. */
bool report_balances(const struct report *report, struct err *err) MUST_USE;

/* What became of the rejects of the file NAME when its mended records were loaded. */
struct replayed {
    const char *name;
    uint64_t closed, open;
};

/* A file that was not taken, and why; owned. */
struct left {
    char *name, *why;
};

/* The whole run as one JSON document for stdout. */
struct run_report {
    int64_t run_id; /* 0: no database */
    const char *kind, *ruleset_id;
    enum exit_code exit;
    const struct report *file;
    size_t nfiles;
    const struct left *left; /* told where there are any */
    size_t nleft;
    const struct replayed *replayed; /* NULL: it was no replay */
};

/* The document as text; free() it. */
char *report_json(const struct run_report *run);

/* One file of that document, on one line; free() it. */
char *report_file(const struct report *report);

/* One file as members of an object, on one line, with its seconds; free() it. */
char *report_members(const struct report *report);

#endif

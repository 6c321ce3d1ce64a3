/*
 * ledger.h - cdr.file: which files were loaded, and with what counts.
 */
#ifndef ETL_LOADER_LEDGER_LEDGER_H
#define ETL_LOADER_LEDGER_LEDGER_H

#include "base/digest.h"
#include "db/db.h"
#include "record/file_report.h"

/* The zone in which a loaded file's times were read, and when its legs start (ms). */
struct ledger_zone {
    char zone[64]; /* "": its times say their own */
    int64_t first_at, last_at;
};

bool ledger_zone_of(struct db *db, const unsigned char sha256[static DIGEST_BYTES],
                    struct ledger_zone *zone, struct err *err) MUST_USE;

/* What the ledger says of a file besides its report. */
struct ledger_file {
    int32_t file_id, run_id;
    const char *name;
    unsigned char sha256[DIGEST_BYTES];
    int64_t first_at, last_at; /* ms; NO_TIME: it has no legs */
    bool has_gateway;
    const char *options;  /* how it was to be read, a JSON object; NULL: {} */
    struct slice caption; /* of CSV; kept when there are rejects */
};

/* Write the file's row, and one of cdr.file_keys with KEYS, few bytes; absent: none. */
bool ledger_write(struct db *db, const struct ledger_file *file,
                  const struct report *report, struct slice keys,
                  struct err *err) MUST_USE;

#endif

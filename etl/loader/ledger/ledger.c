/*
 * ledger.c - cdr.file.
 */
#include "loader/ledger/ledger.h"

#include "base/base.h"
#include "db/sql.h"
#include "record/instant.h"

bool ledger_zone_of(struct db *db, const unsigned char sha256[static DIGEST_BYTES],
                    struct ledger_zone *zone, struct err *err)
{
    char hex[2 * DIGEST_BYTES + 1];
    struct db_rows *rows;

    *zone = (struct ledger_zone){ .zone = "" };
    digest_hex(sha256, hex);
    rows = db_query(db, sql_load_file_zone, DB_ARGS(hex), err);
    if (rows == NULL)
        return false;
    if (db_rows_count(rows) > 0) {
        snprintf(zone->zone, sizeof zone->zone, SLICE_FMT,
                 SLICE_ARG(db_value(rows, 0, 0)));
        zone->first_at = db_int(rows, 0, 1);
        zone->last_at = db_int(rows, 0, 2);
    }
    db_rows_free(rows);
    return true;
}

static const char *time_text(int64_t ms, char text[static 25])
{
    if (ms == NO_TIME)
        return NULL;
    instant_iso(ms, text);
    return text;
}

/* BYTES as hex digits; NULL where there are none. */
static char *hex_text(struct slice bytes)
{
    char *hex = bytes.len > 0 ? xcalloc(bytes.len + 1, 2) : NULL;

    if (hex != NULL)
        text_hex(bytes.s, bytes.len, hex);
    return hex;
}

bool ledger_write(struct db *db, const struct ledger_file *file,
                  const struct report *report, struct slice keys, struct err *err)
{
    char sha256[2 * DIGEST_BYTES + 1], first[25], last[25];
    char *caption = report_rejected(report) > 0 ? hex_text(file->caption) : NULL;
    char *keys_hex = hex_text(keys), *told = report_file(report);

    digest_hex(file->sha256, sha256);

    bool ok = db_run(db, sql_load_file,
                     DB_ARGS(int_text(file->file_id).s, int_text(file->run_id).s,
                             file->name, sha256, told, time_text(file->first_at, first),
                             time_text(file->last_at, last),
                             file->has_gateway ? "t" : "f", caption, report->zone,
                             file->options, report->has_orphans ? "t" : "f",
                             report->has_far_calls ? "t" : "f", keys_hex),
                     NULL, err);

    free(told);
    free(caption);
    free(keys_hex);
    return ok;
}

/*
 * ledger.c - cdr.file.
 */
#include "loader/ledger/ledger.h"

#include <assert.h>
#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"
#include "leg/time/clock.h"

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

/* {"bad_time": 2, ...} of what was rejected at all. */
static void ledger_add_rejected(struct buf *out, const struct report *report)
{
    const char *between = "{";

    for (int code = 0; code < REJECT_COUNT; code++) {
        if (report->rejected[code] == 0)
            continue;
        buf_addf(out, "%s\"%s\":%" PRIu64, between, reject_name((enum reject_code)code),
                 report->rejected[code]);
        between = ",";
    }
    buf_add_text(out, *between == '{' ? "{}" : "}");
}

static void add_warnings(struct buf *out, const struct report *report)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < report->nwarnings; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        buf_add_json(out, slice_of(report->warnings[i]));
    }
    buf_add_char(out, ']');
}

enum { ARGS = 30, NUMBER = 24 };

/* The statement's arguments, and the space they stand in. */
struct ledger_args {
    const char *value[ARGS];
    size_t count;
    char number[ARGS][NUMBER];
    char hex[2 * DIGEST_BYTES + 1], first_at[25], last_at[25];
};

static void ledger_add(struct ledger_args *args, const char *value)
{
    assert(args->count < ARGS);
    args->value[args->count++] = value;
}

static void ledger_add_number(struct ledger_args *args, uint64_t number)
{
    char *text = args->number[args->count];

    snprintf(text, NUMBER, "%" PRIu64, number);
    ledger_add(args, text);
}

static void ledger_add_time(struct ledger_args *args, int64_t ms, char text[static 25])
{
    if (ms != NO_TIME)
        instant_iso(ms, text);
    ledger_add(args, ms != NO_TIME ? text : NULL);
}

static void ledger_add_lines(struct ledger_args *args, const struct report *report)
{
    const uint64_t number[] = { report->lines, report->headers, report->blank };

    for (size_t i = 0; i < COUNTOF(number); i++)
        if (report->has_lines)
            ledger_add_number(args, number[i]);
        else
            ledger_add(args, NULL);
}

static void ledger_add_counts(struct ledger_args *args, const struct report *report)
{
    const uint64_t number[] = { report->records,   report->inserted,
                                report->updated,   report->unchanged,
                                report->duplicate, report_rejected(report) };

    for (size_t i = 0; i < COUNTOF(number); i++)
        ledger_add_number(args, number[i]);
}

static const char *word_of(enum verdict verdict)
{
    if (verdict == VERDICT_LOADED)
        return "loaded";
    return verdict == VERDICT_ROLLED_BACK ? "rolled_back" : "refused";
}

static void ledger_add_file(struct ledger_args *args, const struct ledger_file *file,
                            const struct report *report)
{
    digest_hex(file->sha256, args->hex);
    ledger_add_number(args, (uint64_t)file->file_id);
    ledger_add_number(args, (uint64_t)file->run_id);
    ledger_add(args, file->name);
    ledger_add(args, args->hex);
    ledger_add(args, word_of(report->verdict));
    ledger_add(args, report->reason);
    ledger_add(args, report->profile);
    ledger_add(args, report->encoding);
    ledger_add_time(args, file->first_at, args->first_at);
    ledger_add_time(args, file->last_at, args->last_at);
    ledger_add(args, file->has_gateway ? "t" : "f");
}

bool ledger_write(struct db *db, const struct ledger_file *file,
                  const struct report *report, struct slice keys, struct err *err)
{
    struct ledger_args args = { .count = 0 };
    struct buf rejected = { 0 }, warnings = { 0 };
    char *caption = xcalloc(file->caption.len + 1, 2); /* in hex, like the next */
    char *keys_hex = xcalloc(keys.len + 1, 2);
    bool has_caption = file->caption.len > 0 && report_rejected(report) > 0;

    ledger_add_rejected(&rejected, report);
    add_warnings(&warnings, report);
    ledger_add_file(&args, file, report);
    ledger_add_lines(&args, report);
    ledger_add_counts(&args, report);
    ledger_add(&args, buf_cstr(&rejected));
    ledger_add_number(&args, report->calls);
    ledger_add_number(&args, report->ambiguous_times);
    ledger_add(&args, buf_cstr(&warnings));
    text_hex(file->caption.s, file->caption.len, caption);
    ledger_add(&args, has_caption ? caption : NULL);
    ledger_add(&args, report->zone);
    ledger_add(&args, file->options);
    ledger_add(&args, report->has_orphans ? "t" : "f");
    ledger_add(&args, report->has_far_calls ? "t" : "f");
    text_hex(keys.s, keys.len, keys_hex);
    ledger_add(&args, keys.len > 0 ? keys_hex : NULL);

    bool ok =
        db_run(db, sql_load_file, &(struct db_args){ args.count, args.value }, NULL, err);

    buf_free(&rejected);
    buf_free(&warnings);
    free(caption);
    free(keys_hex);
    return ok;
}

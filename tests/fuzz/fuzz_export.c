/*
 * Any bytes as a file of which nothing is known, from the container to the category:
 * a refusal with a message, or records that are all kept or rejected; and packed by
 * gzip it is the same file.
 */
#include <assert.h>

#include "base/base.h"
#include "base/log.h"
#include "flow.h"
#include "leg/time/clock.h"
#include "support/export.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What became of a file: how many, and a digest of which and where. */
struct told {
    struct err err;
    uint64_t records, kept, rejected;
    struct digest *digest;
    unsigned char sum[DIGEST_BYTES];
};

static bool keep(void *to, const struct row *row, struct err *err)
{
    struct told *told = to;
    const struct leg *leg = &row->leg;

    (void)err;
    assert(leg->started_at != NO_TIME);
    assert(row->outcome.taxonomy != NULL);
    told->kept++;
    digest_add(told->digest, &leg->key, sizeof leg->key);
    digest_add(told->digest, &leg->line_no, sizeof leg->line_no);
    digest_add(told->digest, &leg->started_at, sizeof leg->started_at);
    digest_add(told->digest, &row->outcome.category, sizeof row->outcome.category);
    digest_add_piece(told->digest, leg->extra);
    return true;
}

static bool reject(void *to, const struct reject *reject, struct err *err)
{
    struct told *told = to;

    (void)err;
    told->rejected++;
    digest_add(told->digest, &reject->line, sizeof reject->line);
    digest_add(told->digest, &reject->offset, sizeof reject->offset);
    digest_add_piece(told->digest, reject->text);
    return true;
}

static const struct rules *shipped_rules(void)
{
    static struct rules *rules;
    struct err err = { 0 };

    if (rules == NULL && (rules = rules_load("mappings", &err)) == NULL) {
        log_error(&err);
        abort();
    }
    return rules;
}

static struct zone *kyiv(void)
{
    static struct zone *zone;
    struct err err = { 0 };

    if (zone == NULL && (zone = zone_open("Europe/Kyiv", &err)) == NULL) {
        log_error(&err);
        abort();
    }
    return zone;
}

static void read_whole(struct reader *reader, struct told *told)
{
    struct report report;
    struct buf described = { 0 };

    report_init(&report, "fuzz");

    const struct flow flow = {
        .reader = reader,
        .rules = shipped_rules(),
        .report = &report,
        .adjacency = !reader_has_ids(reader),
        .to = told,
        .put = keep,
        .put_reject = reject,
    };
    bool ok = flow_run(&flow, &told->err);

    assert(ok == (told->err.code == EXIT_DONE));
    told->records = report.records;
    assert(told->records == told->kept + told->rejected);
    reader_describe(reader, &described);
    if (ok) {
        reader_report(reader, &report);
        assert(!report.has_lines ||
               report.lines == report.records + report.headers + report.blank);
    }
    buf_free(&described);
    report_free(&report);
}

static void tell(const char *path, struct told *told)
{
    const struct reader_options options = {
        .parse_options = { .zone = kyiv(), .day = NO_DAY, .now = INT64_C(1893456000000) }
    }; /* 2030 */

    *told = (struct told){ .digest = digest_new() };

    struct reader *reader = reader_open(path, export_profiles(), &options, &told->err);

    if (reader != NULL)
        read_whole(reader, told);
    assert(told->err.code == EXIT_DONE || told->err.code == EXIT_INPUT);
    assert(told->err.code == EXIT_DONE || *told->err.text != '\0');
    reader_close(reader);
    digest_finish(told->digest, told->sum);
    digest_free(told->digest);
}

/* Packed files are unpacked once, and what comes out is taken as it is. */
static bool is_packed(const uint8_t *data, size_t size)
{
    return size >= 2 && ((data[0] == 0x1f && data[1] == 0x8b) ||
                         (data[0] == 0x28 && data[1] == 0xb5) ||
                         (size >= 4 && data[1] == 0x2a && data[2] == 0x4d));
}

static const char *pack(const uint8_t *data, size_t size)
{
    struct buf bytes = { 0 };

    pack_gzip(&bytes, (struct slice){ (const char *)data, size });

    const char *path = export_file(bytes.s, bytes.len);

    buf_free(&bytes);
    return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct told plain, packed;

    tell(export_file(data, size), &plain);
    if (size == 0 || is_packed(data, size))
        return 0;
    tell(pack(data, size), &packed);
    assert(packed.err.code == plain.err.code);
    assert(packed.records == plain.records);
    assert(packed.kept == plain.kept);
    assert(memcmp(packed.sum, plain.sum, sizeof plain.sum) == 0);
    return 0;
}

/*
 * Rows of any bytes below a good caption line: each is a record or a reject, all
 * of them together the whole file; and what is split by hand is what libcsv says.
 * The first byte chooses the delimiter.
 */
#include <assert.h>

#include "base/base.h"
#include "readers/csv/csv_cells.h"
#include "support/export.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same_cells(struct slice line, char delimiter)
{
    struct cells by_hand, by_lib;
    struct buf whole = { 0 };

    buf_add_slice(&whole, line);
    buf_add_char(&whole, '\n');
    cells_init(&by_hand, delimiter, true);
    cells_init(&by_lib, delimiter, true);
    /* libcsv takes a carriage return for a blank around bare cells. */
    if (line.len > 0 && memchr(line.s, '\r', line.len) == NULL &&
        cells_split(&by_hand, line) &&
        cells_line(&by_lib, buf_slice(&whole), true, false) == CELLS_ROW) {
        assert(by_hand.count == by_lib.count);
        for (size_t i = 0; i < by_hand.count && i < by_hand.cap; i++)
            assert(slice_equal(by_hand.cell[i], by_lib.cell[i]));
    }
    cells_free(&by_hand);
    cells_free(&by_lib);
    buf_free(&whole);
}

static void check_record(const struct rec *rec, uint64_t *last)
{
    assert(rec->line > *last);
    *last = rec->line;
    for (int f = 0; f < FIELD_COUNT; f++)
        assert(rec->field[f].s == NULL || text_is_utf8(rec->field[f]));
    assert(rec->extra.s == NULL || text_is_utf8(rec->extra));
}

static void read_all(const char *path)
{
    const struct reader_options options = { .profile = "history",
                                            .encoding = "UTF-8",
                                            .parse_options = { .day = NO_DAY } };
    struct err err = { 0 };
    struct reader *reader = reader_open(path, export_profiles(), &options, &err);
    struct report report;
    struct rec rec;
    struct reject reject;
    enum reader_got got;
    uint64_t last = 1;

    assert(reader != NULL);
    report_init(&report, path);
    while ((got = reader_next(reader, &rec, &reject, &err)) < READER_END) {
        report.records++;
        if (got == READER_REC)
            check_record(&rec, &last);
    }
    assert((got == READER_FAILED) == (err.code != EXIT_DONE));
    if (got == READER_END) {
        reader_report(reader, &report);
        assert(report.has_sha256);
        assert(!report.has_lines ||
               report.lines == report.records + report.headers + report.blank);
    }
    report_free(&report);
    reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = ";,\t|";
    char delimiter = delimiters[size > 0 ? data[0] & 3 : 0];
    struct buf text = { 0 };

    buf_addf(&text, "id%ccreated_at%ccause%cfrom%cmine\n", delimiter, delimiter,
             delimiter, delimiter);
    if (size > 1)
        buf_add(&text, data + 1, size - 1);
    if (size > 1)
        same_cells(slice_before((struct slice){ (const char *)data + 1, size - 1 }, '\n'),
                   delimiter);
    read_all(export_file(text.s, text.len));
    buf_free(&text);
    return 0;
}

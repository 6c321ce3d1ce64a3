/* record/row, report, call_counter: rows as text, counts, calls. */
#include <criterion/criterion.h>
#include <jansson.h>

#include "base/base.h"
#include "leg/call_counter.h"
#include "support/taxonomy.h"

static struct row row_of(uint32_t call, uint32_t leg, char side, int category)
{
    struct row row = {
        .leg = { .side = side,
                 .started_at = 1717483428000,
                 .ended_at = NO_TIME,
                 .answered_at = NO_TIME,
                 .bridged_at = NO_TIME,
                 .duration = 5,
                 .bill_seconds = NO_SECONDS,
                 .talk_seconds = NO_SECONDS,
                 .pdd_seconds = NO_SECONDS,
                 .ring_seconds = NO_SECONDS,
                 .wait_seconds = NO_SECONDS,
                 .hold_seconds = NO_SECONDS,
                 .linked_by = side == 'b' ? LINK_ID : LINK_NONE },
        .outcome = { .taxonomy = &taxonomy,
                     .category = (uint8_t)category,
                     .early_media_seconds = NO_SECONDS,
                     .group = categories[category].group,
                     .rule_id = "test" },
    };

    memcpy(row.leg.call_key.b, &call, sizeof call);
    memcpy(row.leg.key.b, &leg, sizeof leg);
    return row;
}

/* More legs than fit into memory, spread so that no call stands together in any piece. */
Test(call_counter, counts_calls_beyond_its_memory)
{
    enum { CALLS = 100000 };
    struct call_counter *call_counter = call_counter_new();
    struct report report;
    struct err err = { 0 };

    report_init(&report, "many");
    for (uint32_t call = 0; call < CALLS; call++) {
        struct row row = row_of(call, call, 'a', UNDETERMINED);

        cr_assert(call_counter_add(call_counter, &row, &err), "%s", err.text);
    }
    for (uint32_t call = 0; call < CALLS; call++) {
        struct row row = row_of(call, call + CALLS, 'b', call % 4 == 0 ? ANSWERED : BUSY);

        row.outcome.answered = call % 4 == 0;
        cr_assert(call_counter_add(call_counter, &row, &err), "%s", err.text);
    }
    cr_assert(call_counter_finish(call_counter, &report, &err), "%s", err.text);
    cr_expect_eq(report.calls, CALLS);
    cr_expect_eq(report.inserted, 2 * CALLS);
    cr_expect_eq(report.calls_by_category[ANSWERED], CALLS / 4);
    cr_expect_eq(report.calls_by_category[BUSY], CALLS - CALLS / 4);
    cr_expect_eq(report.by_category[UNDETERMINED], CALLS);
    call_counter_free(call_counter);
    report_free(&report);
}

Test(call_counter, of_nothing_is_nothing)
{
    struct call_counter *call_counter = call_counter_new();
    struct report report;
    struct err err = { 0 };

    report_init(&report, "empty");
    cr_assert(call_counter_finish(call_counter, &report, &err), "%s", err.text);
    cr_expect_eq(report.calls, 0);
    cr_expect_eq(report.inserted, 0);
    call_counter_free(call_counter);
    report_free(&report);
}

Test(report, must_balance)
{
    struct report report;
    struct err err = { 0 };

    report_init(&report, "file");
    report.records = 10;
    report.inserted = 6;
    report.duplicate = 1;
    report.rejected[REJECT_BAD_TIME] = 2;
    report.rejected[REJECT_BAD_SHAPE] = 1;
    cr_expect(report_balances(&report, &err));
    report.inserted++; /* a rejected row that is also counted as inserted */
    cr_expect_not(report_balances(&report, &err));
    cr_expect_eq(err.code, EXIT_INTERNAL);
    report.inserted--;
    report.has_lines = true;
    report.lines = 13;
    report.headers = 2;
    err = (struct err){ 0 };
    cr_expect_not(report_balances(&report, &err), "a line is lost");
    report.blank = 1;
    err = (struct err){ 0 };
    cr_expect(report_balances(&report, &err), "%s", err.text);
    report_free(&report);
}

Test(report, is_one_json_document)
{
    struct report report;

    report_init(&report, "a \"b\".csv");
    report.taxonomy = &taxonomy;
    report.records = 3;
    report.inserted = 2;
    report.by_category[BUSY] = 2;
    report.rejected[REJECT_BAD_UUID] = 1;
    report_warn(&report, "column %d is odd", 7);

    struct run_report run = {
        .kind = "check", .ruleset_id = "abc", .file = &report, .nfiles = 1
    };
    char *text = report_json(&run);
    json_t *document = json_loads(text, 0, NULL);
    json_t *file = json_array_get(json_object_get(document, "files"), 0);

    cr_assert_not_null(file, "%s", text);
    cr_expect_str_eq(json_string_value(json_object_get(file, "name")), "a \"b\".csv");
    cr_expect_eq(json_integer_value(json_object_get(file, "records")), 3);
    cr_expect(json_is_null(json_object_get(file, "lines")), "not counted in lines");
    cr_expect_eq(json_integer_value(
                     json_object_get(json_object_get(file, "rejected"), "bad_uuid")),
                 1);
    cr_expect_eq(
        json_integer_value(json_object_get(json_object_get(file, "by_category"), "BUSY")),
        2);
    cr_expect_str_eq(
        json_string_value(json_array_get(json_object_get(file, "warnings"), 0)),
        "column 7 is odd");
    json_decref(document);
    free(text);
    report_free(&report);
}

/* Walk one line of RFC 4180: the cell at PLACE, unquoted. */
static void csv_cell(const char *line, size_t place, struct buf *cell)
{
    bool quoted = false;
    size_t at = 0;

    buf_reset(cell);
    for (const char *c = line; *c != '\0' && (quoted || *c != '\n'); c++) {
        if (*c == '"' && quoted && c[1] == '"')
            c++;
        else if (*c == '"') {
            quoted = !quoted;
            continue;
        } else if (*c == ',' && !quoted) {
            at++;
            continue;
        }
        if (at == place)
            buf_add_char(cell, *c);
    }
}

static size_t column_named(const char *name)
{
    size_t i = 0;

    while (i < row_column_count && strcmp(row_columns[i].name, name) != 0)
        i++;
    cr_assert_lt(i, row_column_count, "%s", name);
    return i;
}

Test(row, says_the_same_as_csv_and_as_json)
{
    const char *odd = "Ірина, \"Коваль\"\n; -- ' \\N";
    struct row row = row_of(1, 2, 'b', UNDETERMINED);
    struct buf csv = { 0 }, json = { 0 }, cell = { 0 };

    row.leg.agent = slice_of(odd);
    row.leg.sip_code = 486;
    row.leg.line_no = 7;
    row.outcome.alternatives = 1u << BUSY | 1u << ANSWERED;
    row.outcome.confidence = AMBIGUOUS;
    row.leg.extra = slice_of("{\"x\":\"1\"}");
    row_add_csv(&csv, &row);
    row_add_json(&json, &row);

    json_t *object = json_loadb(json.s, json.len, 0, NULL);

    cr_assert_not_null(object, "%s", buf_cstr(&json));
    cr_expect_eq(json_object_size(object), row_column_count);
    cr_expect_str_eq(json_string_value(json_object_get(object, "agent")), odd);
    csv_cell(buf_cstr(&csv), column_named("agent"), &cell);
    cr_expect_str_eq(buf_cstr(&cell), odd);
    cr_expect_eq(json_array_size(json_object_get(object, "alternatives")), 2);
    csv_cell(buf_cstr(&csv), column_named("alternatives"), &cell);
    cr_expect_str_eq(buf_cstr(&cell), "ANSWERED|BUSY");
    cr_expect_str_eq(json_string_value(json_object_get(object, "started_at")),
                     "2024-06-04T06:43:48.000Z");
    cr_expect(json_is_null(json_object_get(object, "ended_at")));
    cr_expect_eq(json_integer_value(json_object_get(object, "sip_code")), 486);
    json_decref(object);
    buf_free(&csv);
    buf_free(&json);
    buf_free(&cell);
}

/* loader/row_copy, row_read: every field through PostgreSQL and back. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "support/legs.h"

static struct db *db;

static void setup(void)
{
    db = legs_database(true);
}

static void teardown(void)
{
    legs_database_drop(db);
}

TestSuite(row, .init = setup, .fini = teardown);

static void fill_outcome(struct outcome *outcome)
{
    outcome->category = legs_category("BUSY");
    outcome->naive_category = legs_category("REJECTED");
    outcome->confidence = PROBABLE;
    outcome->alternatives = UINT64_C(1) << legs_category("REJECTED") |
                            UINT64_C(1) << legs_category("NO_ANSWER");
    outcome->group = "subscriber";
    outcome->provider = "vega";
    outcome->release = "remote_refusal";
    outcome->is_outbound = true;
    outcome->ended_by = "callee";
    outcome->q850_implied = 17;
    outcome->early_media_seconds = 2;
    outcome->rule_id = "vega.busy";
    outcome->answered = true;
}

/* Another value in every field, none of them empty. */
static struct row full_row(void)
{
    struct row row = legs_row(UINT64_C(0xfedcba9876), 0);
    struct leg *leg = &row.leg;

    leg->call_key = legs_key(2);
    leg->side = 'b';
    leg->linked_by = LINK_ADJACENCY;
    leg->started_at = INT64_C(946684799999); /* a millisecond before 2000 */
    leg->answered_at = INT64_C(946684800000);
    leg->bridged_at = INT64_C(946684800001);
    leg->ended_at = INT64_C(946684860123);
    leg->repeated_hour = true;
    leg->domain = slice_of("дзвінки.webitel");
    leg->direction = slice_of("inbound");
    leg->caller = slice_of("'; drop table cdr.leg; --");
    leg->destination = slice_of("\\N");
    leg->extension = slice_of("1001");
    leg->agent = slice_of("a\tb\nc");
    leg->queue = slice_of("queue");
    leg->queue_type = slice_of("queue type");
    leg->gateway = slice_of("Vega");
    leg->duration = INT32_MAX;
    leg->bill_seconds = 0;
    leg->talk_seconds = 3;
    leg->pdd_seconds = 8;
    leg->ring_seconds = 4;
    leg->wait_seconds = 5;
    leg->hold_seconds = 6;
    leg->hangup_cause = slice_of("CAUSE");
    leg->disposition = slice_of("disposition");
    leg->sip_code = 699;
    leg->q850 = 127;
    leg->hangup_by = slice_of("hangup by");
    leg->webitel_result = slice_of("result");
    leg->originate_disposition = slice_of("originate");
    leg->amd_result = slice_of("amd");
    leg->caller_e164 = slice_of("+380636159079");
    leg->destination_e164 = slice_of("+77012345678");
    leg->amd_cause = slice_of("amd cause");
    leg->announcement = slice_of("announcement");
    leg->sip_reason = slice_of("Q.850;cause=16");
    leg->transfer_disposition = slice_of("transfer");
    leg->schema_name = slice_of("schema");
    leg->is_consultation = true;
    leg->transfer_from = legs_key(3);
    leg->line_no = UINT64_C(5000000000);
    leg->extra = slice_of("{\"k\": \"v\\u0001\", \"network_addr\": \"10.0.0.1\"}");
    fill_outcome(&row.outcome);
    row.ruleset_id = 11;
    row.run_id = 12;
    row.file_id = 13;
    return row;
}

static void store(const struct row *row)
{
    struct err err = { 0 };
    struct buf out = { 0 }, sql = { 0 };
    struct row_copy *copy = row_copy_new();
    uint64_t rows;

    cr_assert(db_exec(db, "create temp table t (like cdr.leg including all)", &err));
    buf_addf(&sql, "copy t (%s) from stdin (format binary)", row_copy_columns(copy));
    row_copy_head(&out);
    row_copy_add(copy, &out, row);
    row_copy_tail(&out);
    cr_assert(db_copy_begin(db, buf_cstr(&sql), &err), "%s", err.text);
    cr_assert(db_copy_put(db, out.s, out.len, &err), "%s", err.text);
    cr_assert(db_copy_end(db, NULL, &rows, &err), "%s", err.text);
    cr_assert_eq(rows, 1);
    buf_free(&out);
    buf_free(&sql);
    row_copy_free(copy);
}

/* What the server shows of a column, next to what --rows ndjson would print. */
static void expect_column(const char *name, const char *want)
{
    struct buf query = { 0 };

    buf_addf(&query, "select %s::text from t", name);

    const char *got = legs_ask(db, buf_cstr(&query));

    if (want == NULL)
        cr_expect_null(got, "%s is %s", name, got);
    else
        cr_expect_str_eq(got, want, "%s is %s", name, got);
    buf_free(&query);
}

/* What the server must show of full_row(), column by column. */
static const char *const shown[][2] = {
    { "leg_key", "70000000-0000-4000-8000-00fedcba9876" },
    { "call_key", "70000000-0000-4000-8000-000000000002" },
    { "side", "b" },
    { "domain", "дзвінки.webitel" },
    { "direction", "inbound" },
    { "started_at at time zone 'UTC'", "1999-12-31 23:59:59.999" },
    { "answered_at at time zone 'UTC'", "2000-01-01 00:00:00" },
    { "bridged_at at time zone 'UTC'", "2000-01-01 00:00:00.001" },
    { "ended_at at time zone 'UTC'", "2000-01-01 00:01:00.123" },
    { "time_flag", "repeated_hour" },
    { "caller", "'; drop table cdr.leg; --" },
    { "destination", "\\N" },
    { "caller_e164", "+380636159079" },
    { "destination_e164", "+77012345678" },
    { "extension", "1001" },
    { "agent", "a\tb\nc" },
    { "queue", "queue" },
    { "queue_type", "queue type" },
    { "gateway", "Vega" },
    { "provider", "vega" },
    { "duration", "2147483647" },
    { "bill_seconds", "0" },
    { "talk_seconds", "3" },
    { "early_media_seconds", "2" },
    { "pdd_seconds", "8" },
    { "ring_seconds", "4" },
    { "wait_seconds", "5" },
    { "hold_seconds", "6" },
    { "hangup_cause", "CAUSE" },
    { "disposition", "disposition" },
    { "release", "remote_refusal" },
    { "sip_code", "699" },
    { "q850", "127" },
    { "q850_implied", "17" },
    { "hangup_by", "hangup by" },
    { "webitel_result", "result" },
    { "originate_disposition", "originate" },
    { "amd_result", "amd" },
    { "amd_cause", "amd cause" },
    { "announcement", "announcement" },
    { "sip_reason", "Q.850;cause=16" },
    { "transfer_disposition", "transfer" },
    { "transfer_from", "70000000-0000-4000-8000-000000000003" },
    { "schema_name", "schema" },
    { "is_outbound", "true" },
    { "answered", "true" },
    { "category", "BUSY" },
    { "confidence", "probable" },
    { "alternatives", "{NO_ANSWER,REJECTED}" },
    { "outcome_group", "subscriber" },
    { "ended_by", "callee" },
    { "linked_by", "adjacency" },
    { "rule_id", "vega.busy" },
    { "ruleset_id", "11" },
    { "naive_category", "REJECTED" },
    { "run_id", "12" },
    { "file_id", "13" },
    { "line_no", "5000000000" },
    { "extra ->> 'k'", "v\1" },
};

Test(row, every_column_arrives)
{
    struct row row = full_row();

    store(&row);
    cr_assert_eq(COUNTOF(shown), row_column_count);
    for (size_t i = 0; i < COUNTOF(shown); i++)
        expect_column(shown[i][0], shown[i][1]);
    cr_expect_neq(legs_count(db, "select evidence_hash from t"), 0);
}

Test(row, what_is_absent_is_null)
{
    struct row row = legs_row(1, 0);

    row.leg.domain = row.leg.direction = row.leg.caller = row.leg.destination =
        SLICE_NONE;
    row.leg.gateway = row.leg.hangup_cause = SLICE_NONE;
    row.leg.ended_at = NO_TIME;
    row.leg.duration = row.leg.bill_seconds = NO_SECONDS;
    row.leg.sip_code = NO_CODE;
    row.leg.line_no = 0;
    row.outcome.provider = row.outcome.release = row.outcome.rule_id = NULL;
    store(&row);
    for (size_t i = 0; i < row_column_count; i++)
        if (row_columns[i].kind != COLUMN_UUID && row_columns[i].kind != COLUMN_BOOL &&
            strcmp(row_columns[i].name, "started_at") != 0 &&
            strcmp(row_columns[i].name, "side") != 0 &&
            strstr(row_columns[i].name, "category") == NULL &&
            strcmp(row_columns[i].name, "confidence") != 0 &&
            strcmp(row_columns[i].name, "outcome_group") != 0)
            expect_column(row_columns[i].name,
                          row_columns[i].kind == COLUMN_TEXTS ? "{}" : NULL);
}

static void expect_slice(struct slice got, struct slice want, const char *what)
{
    cr_expect(slice_equal(got, want) && (got.s == NULL) == (want.s == NULL),
              "%s: " SLICE_FMT, what, SLICE_ARG(got));
}

static struct leg read_back(struct db_rows *rows)
{
    struct row_reader *reader = row_reader_new();
    struct slice *value = xcalloc(row_column_count, sizeof *value);
    struct leg leg;

    for (size_t i = 0; i < row_column_count; i++)
        value[i] = db_value(rows, 0, i);
    row_read(reader, value, db_value(rows, 0, row_column_count + 1), SLICE_NONE, &leg);
    free(value);
    row_reader_free(reader);
    return leg;
}

Test(row, a_stored_leg_reads_back_as_it_was)
{
    struct row row = full_row();
    struct err err = { 0 };

    store(&row);

    struct db_rows *rows =
        db_query_binary(db, "select t.*, t.extra ->> 'network_addr' from t", NULL, &err);

    cr_assert_not_null(rows, "%s", err.text);

    struct leg leg = read_back(rows);

    cr_expect(uuid_equal(&leg.key, &row.leg.key) &&
              uuid_equal(&leg.call_key, &row.leg.call_key));
    cr_expect_eq(leg.side, 'b');
    cr_expect_eq(leg.linked_by, LINK_ADJACENCY);
    cr_expect(leg.repeated_hour);
    cr_expect_eq(leg.started_at, row.leg.started_at);
    cr_expect_eq(leg.answered_at, row.leg.answered_at);
    cr_expect_eq(leg.bridged_at, row.leg.bridged_at);
    cr_expect_eq(leg.ended_at, row.leg.ended_at);
    cr_expect_eq(leg.duration, row.leg.duration);
    cr_expect(leg.is_consultation &&
              uuid_equal(&leg.transfer_from, &row.leg.transfer_from));
    cr_expect_eq(leg.bill_seconds, 0);
    cr_expect_eq(leg.pdd_seconds, 8);
    cr_expect_eq(leg.hold_seconds, 6);
    cr_expect_eq(leg.bridge_seconds, 2);
    cr_expect_eq(leg.sip_code, 699);
    cr_expect_eq(leg.q850, 127);
    cr_expect_eq(leg.line_no, row.leg.line_no);
    expect_slice(leg.domain, row.leg.domain, "domain");
    expect_slice(leg.schema_name, row.leg.schema_name, "schema_name");
    expect_slice(leg.transfer_disposition, row.leg.transfer_disposition, "transfer");
    expect_slice(leg.network_addr, slice_of("10.0.0.1"), "network_addr");
    cr_expect_eq(leg.extra.s[0], '{');
    db_rows_free(rows);
}

/* A leg that is put together and decided goes through struct leg: no column stays behind.
 */
Test(row, a_leg_that_is_read_is_written_again)
{
    struct row row = full_row();
    struct err err = { 0 };
    struct row_copy *copy = row_copy_new();
    struct buf out = { 0 };
    struct slice *value = xcalloc(row_column_count + 1, sizeof *value);

    store(&row);

    struct db_rows *rows =
        db_query_binary(db, "select t.*, t.extra ->> 'network_addr' from t", NULL, &err);

    cr_assert_not_null(rows, "%s", err.text);
    row.leg = read_back(rows);
    row_copy_add(copy, &out, &row);
    row_copy_split(buf_slice(&out), row_column_count + 1, value);
    for (size_t i = 0; i < row_column_count; i++) {
        size_t place = db_column(rows, row_columns[i].name);

        cr_expect(value[i].s != NULL, "%s is empty", row_columns[i].name);
        cr_expect(row_copy_equal(value[i], db_value(rows, 0, place)), "%s changes",
                  row_columns[i].name);
    }
    db_rows_free(rows);
    buf_free(&out);
    free(value);
    row_copy_free(copy);
}

/*
 * Of two versions the one that knows more is the better one.  Every column that a record
 * fills counts, but for those that both have or that decide before (ended_at, duration).
 */
Test(row, every_column_counts_as_known)
{
    static const char *const others[] = { "leg_key",    "call_key",  "side",
                                          "started_at", "time_flag", "ended_at",
                                          "duration" };
    const char *known = strstr(sql_merge_read_versions, "num_nonnulls(");
    struct buf list = { 0 };

    cr_assert_not_null(known);
    buf_add_text(&list, " ");
    for (const char *c = strchr(known, '(') + 1; *c != ')'; c++)
        if (*c != ' ' && *c != '\n')
            buf_addf(&list, *c == ',' ? " " : "%c", *c);
    buf_add_text(&list, " ");
    for (size_t i = 0; i < row_column_count; i++) {
        const char *column = row_columns[i].name;
        bool counts = row_copy_is_evidence(column);
        struct buf word = { 0 };

        for (size_t k = 0; k < COUNTOF(others); k++)
            counts = counts && strcmp(column, others[k]) != 0;
        buf_addf(&word, " t.%s ", column);
        cr_expect_eq(strstr(buf_cstr(&list), buf_cstr(&word)) != NULL, counts,
                     "%s in the list of read_versions (schema/statements/merge.sql)",
                     column);
        buf_free(&word);
    }
    buf_free(&list);
}

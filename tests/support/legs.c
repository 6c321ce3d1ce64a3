/*
 * legs.c - rows and databases for tests that know nothing of exports.
 */
#include "support/legs.h"

#include <criterion/criterion.h>
#include <unistd.h>

#include "base/base.h"
#include "db/init/cluster.h"
#include "db/init/schema.h"

const int64_t legs_morning = INT64_C(1781085600000);

static const struct category categories[] = {
    { .code = "ANSWERED",
      .group = "answered",
      .label_en = "Answered",
      .is_answered = true },
    { .code = "ANSWERED_MACHINE",
      .group = "answered",
      .label_en = "Answered by machine",
      .is_answered = true },
    { .code = "NO_ANSWER", .group = "subscriber", .label_en = "No answer" },
    { .code = "BUSY", .group = "subscriber", .label_en = "Busy" },
    { .code = "REJECTED",
      .group = "subscriber",
      .label_en = "Rejected by the called party" },
    { .code = "CALLER_CANCEL", .group = "caller", .label_en = "Cancelled by the caller" },
    { .code = "NETWORK_FAILURE",
      .group = "network",
      .label_en = "Network or protocol failure" },
    { .code = "LOCAL_UNAVAILABLE",
      .group = "system",
      .label_en = "Own gateway or endpoint unavailable",
      .is_local_failure = true },
    { .code = "TRANSFERRED", .group = "system", .label_en = "Leg moved" },
    { .code = "ANSWERED_ELSEWHERE",
      .group = "system",
      .label_en = "Answered on another leg",
      .is_elsewhere = true },
    { .code = "UNDETERMINED", .group = "unknown", .label_en = "Undetermined" },
};

/* How a category of that group counts: asr and abr, and ner. */
static const char *share_of(const struct category *category)
{
    if (category->is_answered)
        return "numerator";
    return category->is_elsewhere || category->is_local_failure ? "excluded"
                                                                : "denominator";
}

static const char *ner_share_of(const struct category *category)
{
    if (strcmp(category->group, "subscriber") == 0)
        return "numerator";
    return strcmp(category->group, "caller") == 0 ? "conditional" : share_of(category);
}

/* A member that lists the codes of SET; nothing where it is empty. */
static void add_without_answer(const struct taxonomy *taxonomy, category_set set,
                               struct buf *out)
{
    const char *between = "";

    if (set == 0)
        return;
    buf_add_text(out, "\"without_answer\":[");
    for (size_t i = 0; i < taxonomy->count; i++)
        if ((set >> i & 1) != 0) {
            buf_addf(out, "%s\"%s\"", between, taxonomy->category[i].code);
            between = ",";
        }
    buf_add_text(out, "],");
}

void legs_taxonomy_json(const struct taxonomy *taxonomy, struct buf *out)
{
    buf_addf(out, "{\"undetermined\":\"%s\",\"categories\":[",
             taxonomy->category[taxonomy->undetermined].code);
    for (size_t i = 0; i < taxonomy->count; i++) {
        const struct category *category = &taxonomy->category[i];
        const char *share = share_of(category);

        buf_addf(out, "%s{", i == 0 ? "" : ",");
        add_without_answer(taxonomy, category->without_answer, out);
        buf_addf(out,
                 "\"code\":\"%s\",\"group\":\"%s\",\"meaning\":\"-\",\"label\":"
                 "{\"en\":\"%s\",\"uk\":\"-\",\"ru\":\"-\"},\"answered\":%s,"
                 "\"local_failure\":%s,\"elsewhere\":%s,\"kpi\":{\"asr\":\"%s\","
                 "\"abr\":\"%s\",\"ner\":\"%s\",\"seer\":\"%s\"},\"retry\":"
                 "{\"advice\":\"no\"}}",
                 category->code, category->group, category->label_en,
                 category->is_answered ? "true" : "false",
                 category->is_local_failure ? "true" : "false",
                 category->is_elsewhere ? "true" : "false", share,
                 category->is_local_failure ? "denominator" : share,
                 ner_share_of(category), share);
    }
    buf_add_text(out, "]}");
    buf_cstr(out);
}

const struct taxonomy *legs_taxonomy(void)
{
    static struct taxonomy taxonomy = { .count = COUNTOF(categories),
                                        .category = categories,
                                        .undetermined = COUNTOF(categories) - 1 };
    static struct buf json;

    if (taxonomy.json == NULL) {
        legs_taxonomy_json(&taxonomy, &json);
        taxonomy.json = json.s;
    }
    return &taxonomy;
}

uint8_t legs_category(const char *code)
{
    for (size_t i = 0; i < COUNTOF(categories); i++)
        if (strcmp(categories[i].code, code) == 0)
            return (uint8_t)i;
    cr_assert_fail("no category %s", code);
    return 0;
}

struct uuid legs_key(uint64_t number)
{
    struct uuid key = { .b = { 0x70, 0, 0, 0, 0, 0, 0x40, 0, 0x80 } };

    for (int i = 15; i >= 9; i--, number >>= 8)
        key.b[i] = (unsigned char)number;
    return key;
}

struct cause {
    const char *cause, *category;
};

static const struct cause causes[] = {
    { "NORMAL_CLEARING", "ANSWERED" },
    { "USER_BUSY", "BUSY" },
    { "NO_ANSWER", "NO_ANSWER" },
    { "CALL_REJECTED", "REJECTED" },
    { "ORIGINATOR_CANCEL", "CALLER_CANCEL" },
    { "LOSE_RACE", "ANSWERED_ELSEWHERE" },
    { "GATEWAY_DOWN", "LOCAL_UNAVAILABLE" },
    { "BLIND_TRANSFER", "TRANSFERRED" },
};

static const char *category_of(struct slice cause)
{
    for (size_t i = 0; i < COUNTOF(causes); i++)
        if (slice_is(cause, causes[i].cause))
            return causes[i].category;
    return "NETWORK_FAILURE";
}

void legs_decide(const void *unused, const struct leg *leg, struct outcome *outcome)
{
    bool answered = leg->bill_seconds > 0 || leg->answered_at != NO_TIME;
    uint8_t by_cause = legs_category(category_of(leg->hangup_cause));
    bool moved = slice_is(leg->hangup_cause, "BLIND_TRANSFER");

    (void)unused;
    *outcome = (struct outcome){
        .taxonomy = legs_taxonomy(),
        .category = answered && !moved ? legs_category("ANSWERED") : by_cause,
        .confidence = CERTAIN,
        .naive_category = by_cause,
        .rule_id = "test.naive",
        .provider = slice_is(leg->gateway, "Vega") ? "vega" : NULL,
        .release = "none",
        .q850_implied = NO_CODE,
        .early_media_seconds = answered ? NO_SECONDS : leg->bridge_seconds,
        .answered = answered,
        .is_outbound = slice_is(leg->direction, "outbound"),
    };
    if (leg->sip_code == 480 && !answered) {
        outcome->category = legs_category("UNDETERMINED");
        outcome->confidence = AMBIGUOUS;
        outcome->alternatives = UINT64_C(1) << legs_category("BUSY") |
                                UINT64_C(1) << legs_category("NETWORK_FAILURE");
    }
    outcome->group = outcome->taxonomy->category[outcome->category].group;
}

struct row legs_row(uint64_t number, int64_t seconds)
{
    struct row row = { .leg = {
                           .key = legs_key(number),
                           .call_key = legs_key(number),
                           .has_id = true,
                           .side = 'a',
                           .started_at = legs_morning + seconds * MS_PER_S,
                           .answered_at = NO_TIME,
                           .bridged_at = NO_TIME,
                           .ended_at = legs_morning + (seconds + 60) * MS_PER_S,
                           .media_at = NO_TIME,
                           .rang_at = NO_TIME,
                           .domain = slice_of("site.webitel"),
                           .direction = slice_of("outbound"),
                           .caller = slice_of("380322327757"),
                           .destination = slice_of("380636159079"),
                           .gateway = slice_of("Vega"),
                           .duration = 60,
                           .bill_seconds = 50,
                           .talk_seconds = NO_SECONDS,
                           .bridge_seconds = NO_SECONDS,
                           .pdd_seconds = NO_SECONDS,
                           .ring_seconds = NO_SECONDS,
                           .wait_seconds = NO_SECONDS,
                           .hold_seconds = NO_SECONDS,
                           .hangup_cause = slice_of("NORMAL_CLEARING"),
                           .sip_code = 200,
                           .line_no = number,
                       } };

    legs_decide(NULL, &row.leg, &row.outcome);
    return row;
}

struct db *legs_database_again(void)
{
    struct err err = { 0 };
    char conninfo[64];

    snprintf(conninfo, sizeof conninfo, "dbname=cdretl_test_%d", (int)getpid());

    struct db *db = db_open(conninfo, &err);

    cr_assert_not_null(db, "%s", err.text);
    return db;
}

bool legs_on_citus(void)
{
    return getenv("ETL_TEST_CITUS") != NULL;
}

/* Where the server has Citus, legs are distributed before there are any. */
static struct db *distribute(struct db *db, bool init)
{
    struct err err = { 0 };
    struct buf out = { 0 };

    /* Its script leaves another search path behind. */
    cr_assert(db_exec(db, "create extension citus", &err), "%s", err.text);
    db_close(db);
    db = legs_database_again();
    if (init)
        cr_assert(
            schema_upgrade(db, &(struct cluster_wish){ true, 0 }, false, &out, &err),
            "%s", err.text);
    buf_free(&out);
    return db;
}

static const struct cluster_wish no_wish;

/* Each test has a database of its own: Criterion runs them side by side. */
struct db *legs_database(bool init)
{
    struct err err = { 0 };
    struct buf sql = { 0 }, out = { 0 };
    struct db *db = db_open(getenv("ETL_TEST_DB"), &err);

    cr_assert_not_null(db, "%s", err.text);
    buf_addf(&sql, "create database cdretl_test_%d template template0", (int)getpid());
    cr_assert(db_exec(db, buf_cstr(&sql), &err), "%s", err.text);
    db_close(db);
    db = legs_database_again();
    if (legs_on_citus())
        db = distribute(db, init);
    else if (init)
        cr_assert(schema_upgrade(db, &no_wish, false, &out, &err), "%s", err.text);
    buf_free(&sql);
    buf_free(&out);
    return db;
}

void legs_database_drop(struct db *db)
{
    struct err err = { 0 };
    struct buf sql = { 0 };

    legs_ask(NULL, NULL);
    db_close(db);
    db = db_open(getenv("ETL_TEST_DB"), &err);
    cr_assert_not_null(db, "%s", err.text);
    buf_addf(&sql, "drop database cdretl_test_%d with (force)", (int)getpid());
    cr_assert(db_exec(db, buf_cstr(&sql), &err), "%s", err.text);
    buf_free(&sql);
    db_close(db);
}

struct run *legs_run(struct db *db)
{
    struct run_settings settings = { .kind = "load",
                                     .ruleset_id = "0123456789abcdef",
                                     .decide = legs_decide,
                                     .taxonomy = legs_taxonomy() };
    struct err err = { 0 };
    struct run *run = run_start(db, &settings, &err);

    cr_assert_not_null(run, "%s", err.text);
    return run;
}

const char *legs_ask(struct db *db, const char *query)
{
    static struct db_rows *rows;
    struct err err = { 0 };

    db_rows_free(rows);
    rows = NULL;
    if (db == NULL)
        return NULL;
    rows = db_query(db, query, NULL, &err);
    cr_assert_not_null(rows, "%s: %s", query, err.text);
    cr_assert_gt(db_rows_count(rows), 0, "%s: no row", query);
    return db_value(rows, 0, 0).s;
}

int64_t legs_count(struct db *db, const char *query)
{
    const char *text = legs_ask(db, query);

    return text != NULL ? strtoll(text, NULL, 10) : -1;
}

void legs_expect_statistics(struct db *db)
{
    static const char difference[] =
        "with built as (select * from cdr.hours_between('1990-01-01Z', '2100-01-01Z') "
        "union all select x.* from cdr.days_between('-infinity', 'infinity') x "
        "join cdr.rolled_day d on d.starts_at = x.starts_at), "
        "stored as (table cdr.stat_hour union all table cdr.stat_day) "
        "select (select count(*) from (table stored except all table built) a)"
        " + (select count(*) from (table built except all table stored) b)";

    static const char units[] =
        "with stored as (select unit, hour, category, gateway, sum(n) n, sum(answered) "
        "a, "
        "sum(bill_seconds) b, sum(legs) l from cdr.stat_hour group by 1, 2, 3, 4), "
        "unit as (select 'call' as unit, started_at, category, gateway, answered, "
        "bill_seconds, legs from cdr.call union all select 'attempt', started_at, "
        "category, "
        "gateway, answered, bill_seconds, 1 from cdr.attempt), "
        "counted as (select unit, date_trunc('hour', started_at, 'UTC'), category, "
        "gateway, "
        "count(*), count(*) filter (where answered), coalesce(sum(bill_seconds) filter "
        "(where answered), 0), sum(legs) from unit group by 1, 2, 3, 4) "
        "select (select count(*) from (table stored except table counted) a)"
        " + (select count(*) from (table counted except table stored) b)";

    cr_expect_eq(legs_count(db, difference), 0, "stat_hour is not what counting gives");
    cr_expect_eq(legs_count(db, units), 0, "stat_hour is not a GROUP BY over the views");
}

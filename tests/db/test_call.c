/* cdr.call and cdr.attempt say what leg/call_rule says, leg by leg and call by call. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/call_rule.h"
#include "support/legs.h"

enum { CALLS = 3000, LEGS_MAX = 5 };

static size_t dice(uint64_t *state, uint64_t sides)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (size_t)((*state >> 11) % sides);
}

/* Below 40 seconds, or not known. */
static int32_t any_seconds(uint64_t *state)
{
    return dice(state, 3) == 0 ? NO_SECONDS : (int32_t)dice(state, 40);
}

static void any_figures(struct leg *leg, uint64_t *state)
{
    leg->duration = any_seconds(state);
    if (leg->bill_seconds > 0)
        leg->bill_seconds = (int32_t)dice(state, 40) + 1;
    else if (dice(state, 4) == 0)
        leg->bill_seconds = NO_SECONDS;
    leg->bridged_at = dice(state, 3) != 0
                          ? NO_TIME
                          : leg->started_at + (int64_t)dice(state, 30000) - 2000;
    leg->talk_seconds = dice(state, 4) == 0 ? 0 : any_seconds(state);
    leg->hold_seconds = any_seconds(state);
    leg->bridge_seconds = any_seconds(state);
    leg->pdd_seconds = any_seconds(state);
    leg->ring_seconds = any_seconds(state);
    leg->wait_seconds = any_seconds(state);
    leg->agent = dice(state, 2) == 0 ? slice_of("1001") : SLICE_NONE;
    leg->gateway = dice(state, 2) == 0 ? slice_of("Reserve") : SLICE_NONE;
}

static struct row any_leg(uint64_t number, int64_t seconds, uint64_t *state)
{
    static const char *const causes[] = { "NORMAL_CLEARING", "USER_BUSY",
                                          "NO_ANSWER",       "ORIGINATOR_CANCEL",
                                          "LOSE_RACE",       "GATEWAY_DOWN",
                                          "BLIND_TRANSFER" };
    static const char *const directions[] = { "inbound", "outbound", "internal" };
    struct row row = legs_row(number, seconds + (int64_t)dice(state, 3));
    struct leg *leg = &row.leg;

    leg->bill_seconds = dice(state, 3) == 0 ? 7 : 0;
    any_figures(leg, state);
    leg->ended_at = dice(state, 3) == 0 /* which may lie before the start */
                        ? NO_TIME
                        : leg->started_at + (int64_t)dice(state, 4) * 10400 - 10400;
    leg->hangup_cause = slice_of(causes[dice(state, COUNTOF(causes))]);
    leg->sip_code = dice(state, 5) == 0 ? 480 : NO_CODE;
    leg->direction = dice(state, 5) == 0
                         ? SLICE_NONE
                         : slice_of(directions[dice(state, COUNTOF(directions))]);
    leg->linked_by = LINK_NONE;
    return row;
}

/* An A-leg, mostly, and some B-legs; linked all by id or all by neighbourhood. */
static size_t any_call(struct row *rows, uint64_t call, uint64_t *state)
{
    size_t count = 1 + dice(state, LEGS_MAX);
    bool orphan = dice(state, 6) == 0;
    enum link link = dice(state, 5) == 0 ? LINK_ADJACENCY : LINK_ID;
    uint64_t first = call * 10;

    for (size_t i = 0; i < count; i++) {
        rows[i] = any_leg(first + i + 1, (int64_t)call * 20, state);
        if (i == 0 && !orphan) {
            rows[i].leg.is_consultation = dice(state, 20) == 0;
            rows[i].leg.transfer_from = legs_key(first);
            continue;
        }
        rows[i].leg.side = 'b';
        rows[i].leg.linked_by = orphan ? LINK_ID : link;
        rows[i].leg.call_key = legs_key(orphan ? first : first + 1);
    }
    for (size_t i = 0; i < count; i++)
        legs_decide(NULL, &rows[i].leg, &rows[i].outcome);
    return count;
}

static void add_seconds(struct buf *out, int32_t seconds)
{
    if (seconds == NO_SECONDS)
        buf_add_text(out, " -");
    else
        buf_addf(out, " %d", seconds);
}

static void add_figures(struct buf *out, const struct call *call)
{
    const int32_t seconds[] = { call->duration, call->bill,     call->talk,
                                call->hold,     call->handling, call->early_media,
                                call->pdd,      call->ring,     call->wait };
    static const char *const by[] = { "-", "flow", "leg" };

    buf_addf(out, " %s", by[call->answered_by]);
    for (size_t i = 0; i < COUNTOF(seconds); i++)
        add_seconds(out, seconds[i]);
    buf_add_char(out, '\n');
}

/* As SQL says it below: calls, and the legs among them that are attempts. */
static void add_expected(struct buf *calls, struct buf *attempts,
                         const struct taxonomy *taxonomy, const struct row *rows,
                         size_t count)
{
    struct call_leg leg[LEGS_MAX] = { 0 };
    char key[37], deciding[37];

    for (size_t i = 0; i < count; i++)
        leg[i] = callrule_leg(&rows[i].leg, &rows[i].outcome);

    struct call call = callrule_decide(taxonomy, leg, count);

    for (size_t i = 0; i < count; i++) {
        uuid_text(&rows[i].leg.key, key);
        if (callrule_is_attempt(&leg[i], call.b_leg != NO_LEG, true))
            buf_addf(attempts, "%s\n", key);
    }
    if (!call.is_counted)
        return;
    uuid_text(&rows[0].leg.call_key, key);
    uuid_text(&rows[call.deciding].leg.key, deciding);
    buf_addf(calls, "%s %s %s %d %s", key, taxonomy->category[call.category].code,
             confidence_name(call.confidence), __builtin_popcountll(call.alternatives),
             deciding);
    add_figures(calls, &call);
}

static void expect_lines(const char *got, const char *want)
{
    for (size_t line = 1; *got != '\0' || *want != '\0'; line++) {
        size_t len = strcspn(want, "\n");

        cr_assert(strncmp(got, want, len) == 0 && strcspn(got, "\n") == len,
                  "call %zu: SQL says %.*s, C says %.*s", line, (int)strcspn(got, "\n"),
                  got, (int)len, want);
        got += len + 1;
        want += len + 1;
    }
}

#define CALL                                                                             \
    "concat_ws(' ', call_key, category, confidence, cardinality(alternatives), "         \
    "deciding_leg_key, coalesce(answered_by, '-'), coalesce(duration::text, '-'), "      \
    "coalesce(bill_seconds::text, '-'), coalesce(talk_seconds::text, '-'), "             \
    "coalesce(hold_seconds::text, '-'), coalesce(handling_seconds::text, '-'), "         \
    "coalesce(early_media_seconds::text, '-'), coalesce(pdd_seconds::text, '-'), "       \
    "coalesce(ring_seconds::text, '-'), coalesce(wait_seconds::text, '-')) || E'\\n'"

static void expect_calls(struct db *db, struct run *run, const struct row *rows,
                         size_t count, const struct buf *want)
{
    struct report report = legs_load(run, "calls", rows, count);

    cr_expect_eq(report.inserted, count);
    report_free(&report);
    expect_lines(
        legs_ask(db, "select string_agg(" CALL ", '' order by call_key) from cdr.call"),
        want->s);
    expect_lines(legs_ask(db, "select string_agg(" CALL ", '' order by call_key) from "
                              "cdr.calls_between('2026-06-01Z', '2026-07-01Z')"),
                 want->s);
}

Test(call, sql_and_c_decide_alike)
{
    struct db *db = legs_database(true);
    struct run *run = legs_run(db);
    struct row *rows = xcalloc(CALLS * LEGS_MAX, sizeof *rows);
    struct buf want = { 0 }, attempts = { 0 };
    uint64_t state = 20201104;
    size_t count = 0;
    struct err err = { 0 };

    for (uint64_t call = 1; call <= CALLS; call++) {
        size_t legs = any_call(rows + count, call, &state);

        add_expected(&want, &attempts, legs_taxonomy(), rows + count, legs);
        count += legs;
    }
    buf_cstr(&want);
    expect_calls(db, run, rows, count, &want);
    expect_lines(legs_ask(db, "select string_agg(leg_key || E'\\n', '' order by leg_key) "
                              "from cdr.attempt"),
                 buf_cstr(&attempts));
    cr_expect(run_finish(run, EXIT_DONE, &err));
    buf_free(&attempts);
    buf_free(&want);
    free(rows);
    legs_database_drop(db);
}

enum { SITES = 6, SITE_CALLS = 400, SITE_CATEGORIES = 9 };

/* A site's own taxonomy: names that nobody knows, and flags as they come. */
struct site {
    struct category category[SITE_CATEGORIES];
    char code[SITE_CATEGORIES][16];
    struct taxonomy taxonomy;
    struct buf json;
};

static void site_make(struct site *site, uint64_t *state)
{
    static const char *const groups[] = { "answered", "subscriber", "caller",
                                          "network",  "system",     "unknown" };

    *site = (struct site){ .taxonomy = { .count = SITE_CATEGORIES,
                                         .category = site->category,
                                         .undetermined = SITE_CATEGORIES - 1 } };
    for (size_t i = 0; i < SITE_CATEGORIES; i++) {
        uint64_t group = dice(state, COUNTOF(groups));

        snprintf(site->code[i], sizeof site->code[i], "SITE_%c", (char)('A' + i));
        site->category[i] = (struct category){ .code = site->code[i],
                                               .group = groups[group],
                                               .label_en = site->code[i],
                                               .is_answered = dice(state, 4) == 0,
                                               .is_local_failure = dice(state, 4) == 0,
                                               .is_elsewhere = dice(state, 4) == 0 };
        if (dice(state, 3) == 0)
            site->category[i].without_answer =
                (category_set)dice(state, 1 << SITE_CATEGORIES);
    }
    site->category[dice(state, SITE_CATEGORIES)].is_answered = true;
    while (!site->category[site->taxonomy.answered].is_answered)
        site->taxonomy.answered++;
    legs_taxonomy_json(&site->taxonomy, &site->json);
    site->taxonomy.json = site->json.s;
}

/* Any category for any leg: the rule of a call must not care what they are called. */
static void site_decide(const struct site *site, struct row *rows, size_t count,
                        uint64_t *state)
{
    for (size_t i = 0; i < count; i++) {
        struct outcome *outcome = &rows[i].outcome;

        outcome->taxonomy = &site->taxonomy;
        outcome->category = (uint8_t)dice(state, SITE_CATEGORIES);
        outcome->naive_category = outcome->category;
        outcome->confidence = (enum confidence)dice(state, 2);
        outcome->alternatives = outcome->confidence == CERTAIN ? 0 : dice(state, 511);
        outcome->group = site->category[outcome->category].group;
        outcome->answered = dice(state, 3) == 0;
    }
}

static void site_check(uint64_t seed)
{
    struct db *db = legs_database(true);
    struct row *rows = xcalloc(SITE_CALLS * LEGS_MAX, sizeof *rows);
    struct site *site = xcalloc(1, sizeof *site);
    struct buf want = { 0 }, attempts = { 0 };
    uint64_t state = seed;
    size_t count = 0;
    struct err err = { 0 };

    site_make(site, &state);

    struct run_settings settings = { .kind = "load",
                                     .decide = legs_decide,
                                     .taxonomy = &site->taxonomy };
    struct run *run = run_start(db, &settings, &err);

    cr_assert_not_null(run, "%s", err.text);
    for (uint64_t call = 1; call <= SITE_CALLS; call++) {
        size_t legs = any_call(rows + count, call, &state);

        site_decide(site, rows + count, legs, &state);
        add_expected(&want, &attempts, &site->taxonomy, rows + count, legs);
        count += legs;
    }
    buf_cstr(&want);
    expect_calls(db, run, rows, count, &want);
    cr_expect(run_finish(run, EXIT_DONE, &err));
    buf_free(&attempts);
    buf_free(&want);
    buf_free(&site->json);
    free(site);
    free(rows);
    legs_database_drop(db);
}

Test(call, sql_and_c_ask_the_flags_of_any_taxonomy)
{
    for (uint64_t site = 1; site <= SITES; site++)
        site_check(site * 0x9e3779b97f4a7c15u);
}

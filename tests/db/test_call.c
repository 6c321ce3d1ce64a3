/* cdr.call says what record/callrule says, leg by leg and call by call. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/call_rule.h"
#include "support/legs.h"

enum { CALLS = 3000, LEGS_MAX = 5 };

static uint64_t dice(uint64_t *state, uint64_t sides)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (*state >> 11) % sides;
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
    leg->duration = (int32_t)dice(state, 3) * 10;
    leg->ended_at =
        dice(state, 3) == 0 ? NO_TIME : leg->started_at + (int64_t)dice(state, 3) * 10000;
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
        if (i == 0 && !orphan)
            continue;
        rows[i].leg.side = 'b';
        rows[i].leg.linked_by = orphan ? LINK_ID : link;
        rows[i].leg.call_key = legs_key(orphan ? first : first + 1);
    }
    for (size_t i = 0; i < count; i++)
        legs_decide(NULL, &rows[i].leg, &rows[i].outcome);
    return count;
}

/* "key category confidence alternatives deciding flow", as SQL says it below. */
static void add_expected(struct buf *out, const struct row *rows, size_t count)
{
    const struct taxonomy *taxonomy = legs_taxonomy();
    struct call_leg leg[LEGS_MAX];
    char call[37], deciding[37];

    for (size_t i = 0; i < count; i++)
        leg[i] = callrule_leg(&rows[i].leg, &rows[i].outcome);

    struct call_outcome outcome = callrule_decide(taxonomy, leg, count);

    uuid_text(&rows[0].leg.call_key, call);
    uuid_text(&rows[outcome.deciding].leg.key, deciding);
    buf_addf(out, "%s %s %s %d %s\n", call, taxonomy->category[outcome.category].code,
             confidence_name(outcome.confidence),
             __builtin_popcountll(outcome.alternatives), deciding);
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
    "call_key || ' ' || category || ' ' || confidence || ' ' || "                        \
    "cardinality(alternatives) || ' ' || deciding_leg_key || E'\\n'"

Test(call, sql_and_c_decide_alike)
{
    struct db *db = legs_database(true);
    struct run *run = legs_run(db);
    struct row *rows = xcalloc(CALLS * LEGS_MAX, sizeof *rows);
    struct buf want = { 0 };
    uint64_t state = 20201104;
    size_t count = 0;
    struct err err = { 0 };

    for (uint64_t call = 1; call <= CALLS; call++) {
        size_t legs = any_call(rows + count, call, &state);

        add_expected(&want, rows + count, legs);
        count += legs;
    }

    struct report report = legs_load(run, "calls", rows, count);

    cr_expect_eq(report.inserted, count);
    report_free(&report);
    expect_lines(
        legs_ask(db, "select string_agg(" CALL ", '' order by call_key) from cdr.call"),
        buf_cstr(&want));
    expect_lines(legs_ask(db, "select string_agg(" CALL ", '' order by call_key) from "
                              "cdr.calls_between('2026-06-01Z', '2026-07-01Z')"),
                 buf_cstr(&want));
    cr_expect(run_finish(run, EXIT_DONE, &err));
    buf_free(&want);
    free(rows);
    legs_database_drop(db);
}

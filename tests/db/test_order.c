/* loader/: whatever order overlapping exports come in, the end is the same. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/legs.h"

enum { LEGS = 8, FILES = 4, ROWS = 10, ORDERS = 5, FIELDS = 14 };

/* xorshift: the same histories every time, from the seed printed on failure. */
static uint64_t dice(uint64_t *state, uint64_t sides)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (*state >> 11) % sides;
}

static struct slice word(uint64_t *state)
{
    static const char *const words[] = { "alpha", "beta", "gamma" };

    return slice_of(words[dice(state, COUNTOF(words))]);
}

/* One field more that this export tells, or tells otherwise. */
static void vary(struct leg *leg, uint64_t *state)
{
    static const char *const causes[] = { "USER_BUSY", "NO_ANSWER", "LOSE_RACE",
                                          "ORIGINATOR_CANCEL", "GATEWAY_DOWN" };

    switch (dice(state, FIELDS)) {
    case 0:
        leg->ended_at = dice(state, 3) == 0 ? NO_TIME : leg->started_at + 60500;
        break;
    case 1:
        leg->started_at += (int64_t)dice(state, 3) * 1800007;
        break;
    case 2:
        leg->repeated_hour = true;
        leg->started_at -= 3600000;
        break;
    case 3:
        leg->duration = dice(state, 2) == 0 ? NO_SECONDS : leg->duration + 1;
        break;
    case 4:
        leg->bill_seconds = dice(state, 2) == 0 ? NO_SECONDS : 0;
        break;
    case 5:
        leg->gateway = dice(state, 2) == 0 ? SLICE_NONE : word(state);
        break;
    case 6:
        leg->hangup_cause = slice_of(causes[dice(state, COUNTOF(causes))]);
        break;
    case 7:
        leg->agent = word(state);
        break;
    case 8:
        leg->queue = word(state);
        break;
    case 9:
        leg->sip_code = dice(state, 2) == 0 ? NO_CODE : 480;
        break;
    case 10:
        leg->answered_at = leg->started_at + 5000 + (int64_t)dice(state, 2) * 5;
        break;
    case 11:
        leg->ring_seconds = (int32_t)dice(state, 20);
        break;
    case 12:
        leg->extra = slice_of(dice(state, 2) == 0 ? "{\"a\":1}" : "{\"b\": \"2\"}");
        break;
    default:
        leg->direction = dice(state, 2) == 0 ? SLICE_NONE : slice_of("inbound");
        break;
    }
}

/* Legs 1 and 5 are A-legs; the others belong to them, where the export says so. */
static struct row telling(uint64_t *state)
{
    uint64_t number = dice(state, LEGS) + 1;
    struct row row = legs_row(number, (int64_t)number * 700);

    if (number % 4 != 1 && dice(state, 3) != 0) {
        row.leg.side = 'b';
        row.leg.linked_by = dice(state, 4) == 0 ? LINK_ADJACENCY : LINK_ID;
        row.leg.call_key = legs_key(number < 5 ? 1 : 5);
    }
    for (uint64_t n = dice(state, 5); n > 0; n--)
        vary(&row.leg, state);
    return row;
}

struct history {
    struct row row[FILES][ROWS];
    size_t count[FILES];
};

/* Exports differ in what columns they have at all. */
static void make(struct history *history, uint64_t *state)
{
    for (size_t file = 0; file < FILES; file++) {
        bool gateways = dice(state, 3) != 0;

        history->count[file] = dice(state, ROWS) + 1;
        for (size_t i = 0; i < history->count[file]; i++) {
            struct row *row = &history->row[file][i];

            *row = telling(state);
            if (!gateways)
                row->leg.gateway = SLICE_NONE;
            legs_decide(NULL, &row->leg, &row->outcome);
        }
    }
}

static void shuffle(size_t *order, uint64_t *state)
{
    for (size_t i = FILES - 1; i > 0; i--) {
        size_t j = dice(state, i + 1), kept = order[i];

        order[i] = order[j];
        order[j] = kept;
    }
}

static const char digest[] =
    "with leg as ("
    "  select to_jsonb(l) - 'run_id' - 'file_id' - 'line_no' - 'ruleset_id'"
    "    || jsonb_build_object('gateways', f.has_gateway) as j"
    "  from cdr.leg l left join cdr.file f using (file_id)), "
    "version as (select to_jsonb(v) - 'run_id' - 'file_id' - 'line_no' - 'ruleset_id' as "
    "j"
    "  from cdr.leg_version v), "
    "call as (select to_jsonb(c) as j from cdr.call c), "
    "stat as (select to_jsonb(s) as j from cdr.stat_hour s) "
    "select md5(string_agg(j::text, '|' order by j::text)) from (select j from leg "
    "union all select j from version union all select j from call "
    "union all select j from stat) everything";

static void empty(struct db *db)
{
    struct err err = { 0 };

    cr_assert(db_exec(db,
                      "truncate cdr.leg, cdr.leg_version, cdr.stat_hour; "
                      "delete from cdr.file",
                      &err),
              "%s", err.text);
}

/* Load in ORDER; now and then a file comes twice, under another name. */
static char *play(struct db *db, struct run *run, const struct history *history,
                  const size_t *order, uint64_t *state)
{
    char name[64];

    empty(db);
    for (size_t i = 0; i < FILES; i++)
        for (size_t again = 0; again <= (dice(state, 4) == 0); again++) {
            size_t file = order[i];

            snprintf(name, sizeof name, "%zu/%zu", file, again);

            struct report report =
                legs_load(run, name, history->row[file], history->count[file]);

            report_free(&report);
        }
    cr_assert_eq(legs_count(db, "select count(*) - count(distinct leg_key) from cdr.leg"),
                 0);
    return xstrdup(legs_ask(db, digest));
}

static void try_history(struct db *db, struct run *run, uint64_t seed)
{
    struct history *history = xcalloc(1, sizeof *history);
    size_t order[FILES] = { 0, 1, 2, 3 };
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;

    make(history, &state);

    char *first = play(db, run, history, order, &state);

    for (int i = 1; i < ORDERS; i++) {
        shuffle(order, &state);

        char *other = play(db, run, history, order, &state);

        cr_assert_str_eq(first, other, "seed %ju: order %zu%zu%zu%zu ends differently",
                         (uintmax_t)seed, order[0], order[1], order[2], order[3]);
        free(other);
    }
    legs_expect_statistics(db);
    free(first);
    free(history);
}

/* CDRETL_HISTORIES=1000 plays the long programme. */
Test(order, histories_end_alike)
{
    const char *wanted = getenv("CDRETL_HISTORIES");
    uint64_t count = wanted != NULL ? strtoull(wanted, NULL, 10) : 12;
    struct db *db = legs_database(true);
    struct run *run = legs_run(db);
    struct err err = { 0 };

    for (uint64_t seed = 1; seed <= count; seed++)
        try_history(db, run, seed);
    cr_expect(run_finish(run, EXIT_DONE, &err));
    legs_database_drop(db);
}

/*
 * loader/: whatever order overlapping exports come in, however often, and whatever is
 * recomputed in between, the end is that of one load of everything.
 *
 * Rows of exports that no reader ever saw: any field may be told, or told otherwise.
 * CDRETL_HISTORIES=N plays N of them, CDRETL_SEED=N the one that failed.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/history.h"
#include "support/legs.h"

enum { LEGS = 8, ROWS = 10, FIELDS = 14, LATE = 13 * 3600 /* around midnight */ };

static struct slice word(uint64_t *state)
{
    static const char *const words[] = { "alpha", "beta", "gamma" };

    return slice_of(words[history_dice(state, COUNTOF(words))]);
}

/* One field more that this export tells, or tells otherwise. */
static void vary(struct leg *leg, uint64_t *state)
{
    static const char *const causes[] = { "USER_BUSY", "NO_ANSWER", "LOSE_RACE",
                                          "ORIGINATOR_CANCEL", "GATEWAY_DOWN" };

    switch (history_dice(state, FIELDS)) {
    case 0:
        leg->ended_at = history_dice(state, 3) == 0 ? NO_TIME : leg->started_at + 60500;
        break;
    case 1:
        leg->started_at += (int64_t)history_dice(state, 3) * 1800007;
        break;
    case 2:
        leg->repeated_hour = true;
        leg->started_at -= 3600000;
        break;
    case 3:
        leg->duration = history_dice(state, 2) == 0 ? NO_SECONDS : leg->duration + 1;
        break;
    case 4:
        leg->bill_seconds = history_dice(state, 2) == 0 ? NO_SECONDS : 0;
        break;
    case 5:
        leg->gateway = history_dice(state, 2) == 0 ? SLICE_NONE : word(state);
        break;
    case 6:
        leg->hangup_cause = slice_of(causes[history_dice(state, COUNTOF(causes))]);
        break;
    case 7:
        leg->agent = word(state);
        break;
    case 8:
        leg->queue = word(state);
        break;
    case 9:
        leg->sip_code = history_dice(state, 2) == 0 ? NO_CODE : 480;
        break;
    case 10:
        leg->answered_at = leg->started_at + 5000 + (int64_t)history_dice(state, 2) * 5;
        break;
    case 11:
        leg->ring_seconds = (int32_t)history_dice(state, 20);
        break;
    case 12:
        leg->extra = slice_of(history_dice(state, 2) == 0
                                  ? "{\"a\":1}"
                                  : "{\"b\": \"2\", \"network_addr\": \"10.0.0.1\"}");
        leg->network_addr = leg->extra.s[2] == 'b' ? slice_of("10.0.0.1") : SLICE_NONE;
        break;
    default:
        leg->direction = history_dice(state, 2) == 0 ? SLICE_NONE : slice_of("inbound");
        break;
    }
}

/* Legs 1 and 5 are A-legs; the others belong to them, where the export says so. */
static struct row telling(uint64_t *state)
{
    uint64_t number = history_dice(state, LEGS) + 1;
    struct row row = legs_row(number, LATE + (int64_t)number * 700);

    if (number % 4 != 1 && history_dice(state, 3) != 0) {
        row.leg.side = 'b';
        row.leg.linked_by = history_dice(state, 4) == 0 ? LINK_ADJACENCY : LINK_ID;
        row.leg.call_key = legs_key(number < 5 ? 1 : 5);
    }
    for (uint64_t n = history_dice(state, 5); n > 0; n--)
        vary(&row.leg, state);
    return row;
}

/* Busy is refused now, and a trunk has found its carrier. */
static void decide_otherwise(const void *rules, const struct leg *leg,
                             struct outcome *outcome)
{
    legs_decide(rules, leg, outcome);
    if (outcome->category == legs_category("BUSY"))
        outcome->category = legs_category("REJECTED");
    if (slice_is(leg->gateway, "alpha") || slice_is(leg->network_addr, "10.0.0.1"))
        outcome->provider = "alpha";
    outcome->rule_id = "test.otherwise";
}

/* Exports differ in what columns they have at all. */
static void make(struct history *history, uint64_t *state)
{
    bool mixed = history_dice(state, 2) == 0;

    history->nexports = 2 + history_dice(state, HISTORY_EXPORTS - 1);
    for (size_t i = 0; i < history->nexports; i++) {
        struct history_export *export = &history->export[i];
        bool gateways = !mixed || history_dice(state, 2) == 0;

        export->kind = "rows";
        export->count = history_dice(state, ROWS) + 1;
        for (size_t j = 0; j < export->count; j++) {
            export->row[j] = telling(state);
            legs_decide(NULL, &export->row[j].leg, &export->row[j].outcome);
            if (!gateways)
                export->row[j].leg.gateway = SLICE_NONE;
        }
    }
    history_steps(history, state, legs_morning - MS_PER_DAY, legs_morning + MS_PER_DAY);
}

Test(order, histories_end_alike)
{
    const struct history_rules rules[2] = {
        { legs_decide, NULL, "0123456789abcdef", legs_taxonomy(), NULL, NULL },
        { decide_otherwise, NULL, "fedcba9876543210", legs_taxonomy(), NULL, NULL },
    };

    histories_run(make, rules);
}

/*
 * The whole way, from exports as text: the same calls as CSV and as JSON, in overlapping
 * windows, with other columns, by those who know more and less, twice in a file, among
 * rejects, nameless and adjacent, gzipped, saved again, sorted the other way, two in one
 * command of the program with --jobs; loaded by either of two rule sets with
 * recomputations in between.  The end is that of one load of
 * everything by the second.
 *
 * CDRETL_HISTORIES=N plays N of them, CDRETL_SEED=N the one that failed.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <unistd.h>

#include "base/base.h"
#include "flow.h"
#include "leg/number/number_plan.h"
#include "support/evidence.h"
#include "support/history.h"
#include "support/legs.h"

enum column_name {
    ID,
    PARENT,
    STARTED,
    ANSWERED,
    BRIDGED,
    ENDED,
    DIRECTION,
    CALLER,
    DESTINATION,
    EXTENSION,
    USER,
    GATEWAY,
    QUEUE,
    BY,
    DURATION,
    WAIT,
    BILL,
    TALK,
    SIP,
    CAUSE,
    DISPOSITION,
    COLUMNS
};

enum dress { GRID, CSV, JSON, DRESSES };
enum { TEXT, TIME, SECONDS, CODE };

/* What each dress calls a column; NULL: it has none. */
static const struct {
    int kind;
    const char *name[DRESSES];
} columns[COLUMNS] = {
    [ID] = { TEXT, { NULL, "id", "\"id\":%s" } },
    [PARENT] = { TEXT, { NULL, "parent_id", "\"parent_id\":%s" } },
    [STARTED] = { TIME, { "Call start time", "created_at", "\"created_at\":%s" } },
    [ANSWERED] = { TIME, { NULL, "answered_at", "\"answered_at\":%s" } },
    [BRIDGED] = { TIME, { NULL, "bridged_at", "\"bridged_at\":%s" } },
    [ENDED] = { TIME, { NULL, "hangup_at", "\"hangup_at\":%s" } },
    [DIRECTION] = { TEXT, { "Direction", "direction", "\"direction\":%s" } },
    [CALLER] = { TEXT, { "Caller number", "from", "\"from\":{\"number\":%s}" } },
    [DESTINATION] = { TEXT,
                      { "Destination number", "destination", "\"destination\":%s" } },
    [EXTENSION] = { TEXT, { "Extension", "extension", "\"extension\":%s" } },
    [USER] = { TEXT, { NULL, "user", "\"user\":{\"name\":%s}" } },
    [GATEWAY] = { TEXT, { "gateway", "gateway", "\"gateway\":{\"name\":%s}" } },
    [QUEUE] = { TEXT, { "queue name", "queue", "\"queue\":{\"name\":%s}" } },
    [BY] = { TEXT, { NULL, "hangup_by", "\"hangup_by\":%s" } },
    [DURATION] = { SECONDS, { "Duration", "duration", "\"duration\":%s" } },
    [WAIT] = { SECONDS, { NULL, "wait_sec", "\"wait_sec\":%s" } },
    [BILL] = { SECONDS, { "Bill, sec", "bill_sec", "\"bill_sec\":%s" } },
    [TALK] = { SECONDS, { "talksec", "talk_sec", "\"talk_sec\":%s" } },
    [SIP] = { CODE,
              { "variables.proto_specific_hangup_cause", "sip_code",
                "\"sip_code\":%s" } },
    [CAUSE] = { TEXT, { "Hangup cause", "cause", "\"cause\":%s" } },
    [DISPOSITION] = { TEXT,
                      { "disposition", "hangup_disposition",
                        "\"hangup_disposition\":%s" } },
};

#define NONE INT64_MIN

/* A leg as it was. */
struct true_leg {
    char id[37], parent[37];
    const char *text[COLUMNS];
    int64_t number[COLUMNS];
    size_t call;
};

enum { CALLS = 4, FACTS = CALLS * 3 };

struct world {
    struct true_leg fact[FACTS];
    size_t count;
    int64_t first;
};

/* 2025: the hour that Kyiv's clock repeats, the end of a month, and any midnight. */
static const int64_t days[] = { INT64_C(1761438000000), INT64_C(1761954000000),
                                INT64_C(1749595800000) };
#define CLOCK_BACK INT64_C(1761440400000)

#define ONE_OF(list, state) ((list)[history_dice(state, COUNTOF(list))])

static void any_end(struct true_leg *fact, uint64_t *state)
{
    static const struct {
        const char *cause, *disposition;
        int64_t sip;
    } ends[] = {
        { "USER_BUSY", "recv_refuse", 486 },
        { "NO_ANSWER", "send_cancel", 487 },
        { "NO_USER_RESPONSE", "recv_refuse", 480 },
        { "ORIGINATOR_CANCEL", "recv_cancel", 487 },
        { "LOSE_RACE", "send_cancel", 487 },
        { "GATEWAY_DOWN", NULL, NONE },
        { "NORMAL_CLEARING", "recv_bye", 200 },
    };
    size_t end = history_dice(state, COUNTOF(ends));
    int64_t ring = (int64_t)history_dice(state, 40000);
    int64_t talk = end == COUNTOF(ends) - 1 ? (int64_t)history_dice(state, 90000) : 0;

    fact->text[CAUSE] = ends[end].cause;
    fact->text[DISPOSITION] = ends[end].disposition;
    fact->number[SIP] = ends[end].sip;
    fact->number[ENDED] = fact->number[STARTED] + ring + talk;
    fact->number[DURATION] = (ring + talk) / MS_PER_S;
    fact->number[WAIT] = ring / MS_PER_S;
    fact->number[BILL] = fact->number[TALK] = talk / MS_PER_S;
    if (talk > 0)
        fact->number[ANSWERED] = fact->number[BRIDGED] = fact->number[STARTED] + ring;
}

static void add_fact(struct world *world, uint64_t *state, size_t call, int64_t at,
                     const struct true_leg *parent)
{
    static const char *const gateways[] = { "Vega", "Intertelecom", "Reserve" };
    static const char *const queues[] = { "sales", NULL, NULL };
    static const char *const directions[] = { "outbound", "inbound", "internal" };
    struct true_leg *fact = &world->fact[world->count++];
    struct uuid key = legs_key(world->count);

    for (size_t i = 0; i < COLUMNS; i++)
        fact->number[i] = NONE;
    fact->call = call;
    uuid_text(&key, fact->id);
    fact->text[ID] = fact->id;
    fact->number[STARTED] = at;
    fact->text[CALLER] = call % 2 == 0 ? "380322327757" : "10004057";
    fact->text[DESTINATION] = call % 3 == 0 ? "380636159079" : "0980001883";
    fact->text[QUEUE] = ONE_OF(queues, state);
    fact->text[BY] = history_dice(state, 2) == 0 ? "A" : "B";
    any_end(fact, state);
    if (parent == NULL) {
        fact->text[DIRECTION] = ONE_OF(directions, state);
        fact->text[EXTENSION] = "1003";
        fact->text[USER] = "Olha";
    } else {
        memcpy(fact->parent, parent->id, sizeof fact->parent);
        fact->text[PARENT] = fact->parent;
        fact->text[GATEWAY] = ONE_OF(gateways, state);
    }
    if (parent != NULL && history_dice(state, 3) != 0)
        fact->number[DURATION] = parent->number[DURATION]; /* a grid shows them as one */
    if (parent == NULL && history_dice(state, 2) == 0)
        fact->text[GATEWAY] = ONE_OF(gateways, state);
}

static void make_world(struct world *world, uint64_t *state)
{
    world->first = ONE_OF(days, state);
    for (size_t call = 0; call < CALLS; call++) {
        int64_t at = world->first + (int64_t)history_dice(state, 90 * 60000);
        size_t parent = world->count, legs = history_dice(state, 3);

        add_fact(world, state, call, at, NULL);
        for (size_t i = 0; i < legs; i++)
            add_fact(world, state, call, at + (int64_t)history_dice(state, 2500),
                     &world->fact[parent]);
    }
}

static void add_time(struct buf *out, int64_t ms, bool as_json)
{
    int64_t wall = ms + (ms < CLOCK_BACK ? 3 : 2) * INT64_C(3600000);
    char iso[25];
    int year, month, day, hour, minute, second;

    if (as_json) {
        buf_addf(out, "\"%" PRId64 "\"", ms);
        return;
    }
    instant_iso(wall, iso);
    cr_assert_eq(
        sscanf(iso, "%d-%d-%dT%d:%d:%d", &year, &month, &day, &hour, &minute, &second),
        6);
    buf_addf(out, "%02d.%02d.%04d, %d:%02d:%02d", day, month, year, hour, minute, second);
}

static void add_value(struct buf *out, const struct true_leg *fact, size_t column,
                      enum dress dress)
{
    int64_t number = fact->number[column];
    bool is_text = columns[column].kind == TEXT;

    if (is_text ? fact->text[column] == NULL : number == NONE)
        buf_add_text(out, dress == JSON ? "null" : "");
    else if (columns[column].kind == TIME)
        add_time(out, number, dress == JSON);
    else if (is_text && dress == JSON)
        buf_add_json(out, slice_of(fact->text[column]));
    else if (is_text)
        buf_add_text(out, fact->text[column]);
    else if (columns[column].kind == CODE && dress == GRID)
        buf_addf(out, "sip:%" PRId64, number);
    else
        buf_addf(out, "%" PRId64, number);
}

/* One record of the columns that HAS has. */
static char *record(const struct true_leg *fact, const bool *has, enum dress dress)
{
    struct buf out = { 0 }, value = { 0 };
    const char *between = "";

    buf_add_text(&out, dress == JSON ? "{" : "");
    for (size_t i = 0; i < COLUMNS; i++) {
        if (!has[i])
            continue;
        buf_reset(&value);
        add_value(&value, fact, i, dress);
        buf_add_text(&out, between);
        if (dress == JSON) {
            const char *name = columns[i].name[JSON], *hole = strstr(name, "%s");

            buf_add(&out, name, (size_t)(hole - name));
            buf_add_slice(&out, buf_slice(&value));
            buf_add_text(&out, hole + strlen("%s"));
        } else {
            buf_add_slice(&out, buf_slice(&value));
        }
        between = dress == JSON ? "," : ";";
    }
    buf_add_text(&out, dress == JSON ? "}" : "");
    buf_free(&value);

    char *text = xstrdup(buf_cstr(&out));

    buf_free(&out);
    return text;
}

/* Who looked while the call went on knows less; who errs says otherwise. */
static struct true_leg as_told(const struct true_leg *fact, enum dress dress,
                               uint64_t *state)
{
    struct true_leg told = *fact;

    if (dress == GRID) {
        told.text[DIRECTION] = fact->text[PARENT] == NULL ? fact->text[DIRECTION] : NULL;
        told.text[EXTENSION] = fact->text[PARENT] == NULL ? fact->text[EXTENSION] : NULL;
        return told;
    }
    if (history_dice(state, 5) == 0) {
        told.number[ENDED] = told.number[SIP] = NONE;
        told.number[DURATION] = told.number[DURATION] / 2;
        told.text[DISPOSITION] = told.text[QUEUE] = NULL;
    }
    if (history_dice(state, 6) == 0)
        told.text[CAUSE] = "NORMAL_TEMPORARY_FAILURE";
    if (history_dice(state, 6) == 0)
        told.number[WAIT] += 1;
    return told;
}

static void add_record(struct history_export *export, char *text)
{
    if (export->count < HISTORY_RECORDS)
        export->text[export->count++] = text;
    else
        free(text);
}

static void choose_columns(bool *has, enum dress dress, uint64_t *state)
{
    static const enum column_name always[] = { ID,     STARTED,     DIRECTION, CALLER,
                                               CAUSE,  DESTINATION, DURATION,  BILL,
                                               PARENT, EXTENSION };

    for (size_t i = 0; i < COLUMNS; i++)
        has[i] = columns[i].name[dress] != NULL && history_dice(state, 4) != 0;
    for (size_t i = 0; i < COUNTOF(always); i++)
        has[always[i]] = columns[always[i]].name[dress] != NULL;
    if (dress == CSV)
        has[PARENT] = history_dice(state, 2) == 0;
}

static void make_export(struct history_export *export, const struct world *world,
                        uint64_t *state)
{
    static const char *const kinds[] = { "grid", "csv", "json" };
    static const enum dress dresses[] = { GRID, CSV, CSV, JSON, JSON };
    enum dress dress = ONE_OF(dresses, state);
    bool has[COLUMNS], is_seen[CALLS];

    choose_columns(has, dress, state);
    export->kind = kinds[dress];
    if (dress != JSON) {
        struct buf head = { 0 };

        for (size_t i = 0; i < COLUMNS; i++)
            if (has[i])
                buf_addf(&head, "%s%s", head.len > 0 ? ";" : "", columns[i].name[dress]);
        export->head = xstrdup(buf_cstr(&head));
        buf_free(&head);
    }
    for (size_t i = 0; i < CALLS; i++)
        is_seen[i] = history_dice(state, 3) != 0;
    for (size_t i = 0; i < world->count; i++) {
        const struct true_leg *fact = &world->fact[i];
        bool again = history_dice(state, 6) == 0; /* of a grid, that is one leg more */

        if (!is_seen[fact->call] || history_dice(state, 7) == 0)
            continue;
        for (int times = 0; times <= again; times++) {
            struct true_leg told = as_told(fact, dress, state);

            add_record(export, record(&told, has, dress));
        }
        if (history_dice(state, 12) == 0)
            add_record(export, xstrdup(dress == JSON ? "{\"id\":\"nobody\"}" : "x;y"));
    }
}

static void make(struct history *history, uint64_t *state)
{
    struct world world = { 0 };

    make_world(&world, state);
    history->nexports = 2 + history_dice(state, HISTORY_EXPORTS - 1);
    for (size_t i = 0; i < history->nexports; i++)
        make_export(&history->export[i], &world, state);
    history_steps(history, state, world.first, world.first + 90 * 60000);
}

static struct rules *load_rules(const char *folder)
{
    struct err err = { 0 };
    struct rules *rules = rules_load(folder, &err);

    cr_assert_not_null(rules, "%s", err.text);
    return rules;
}

static struct number_plan *load_plan(const char *folder)
{
    struct err err = { 0 };
    struct number_plan *plan = number_plan_load(folder, &err);

    cr_assert_not_null(plan, "%s", err.text);
    return plan;
}

Test(history, exports_end_alike)
{
    const char *otherwise = mappings_otherwise();
    struct rules *shipped = load_rules("mappings"), *others = load_rules(otherwise);
    struct number_plan *plan = load_plan("mappings"); /* both have the same */
    const struct history_rules rules[2] = {
        { flow_decide, shipped, rules_identity(shipped), rules_taxonomy(shipped),
          "mappings", plan },
        { flow_decide, others, rules_identity(others), rules_taxonomy(others), otherwise,
          plan },
    };

    histories_run(make, rules);
    rules_free(shipped);
    rules_free(others);
    number_plan_free(plan);
}

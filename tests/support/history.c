/*
 * history.c - made, told, made smaller.  Played in history_play.c.
 */
#include "support/history.h"

#include <assert.h>
#include <criterion/criterion.h>
#include <stdint.h>

#include "base/base.h"
#include "db/row/row_copy.h"
#include "leg/time/clock.h"
#include "support/legs.h"

enum { LOADS_MAX = 7, BEHIND = 3 /* fewer loads than these behind the last recompute */ };

size_t history_dice(uint64_t *state, uint64_t sides)
{
    assert(sides > 0);
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (size_t)((*state >> 11) % sides);
}

void history_free(struct history *history)
{
    if (history == NULL)
        return;
    for (size_t i = 0; i < HISTORY_EXPORTS; i++) {
        free(history->export[i].head);
        for (size_t j = 0; j < HISTORY_RECORDS; j++)
            free(history->export[i].text[j]);
    }
    free(history);
}

/* Every export at least once, in any order. */
static size_t any_order(const struct history *history, uint64_t *state, size_t *order)
{
    size_t count = history->nexports + history_dice(state, LOADS_MAX - history->nexports);

    for (size_t i = 0; i < count; i++)
        order[i] = i < history->nexports ? i : history_dice(state, history->nexports);
    for (size_t i = count - 1; i > 0; i--) {
        size_t j = history_dice(state, i + 1), kept = order[i];

        order[i] = order[j];
        order[j] = kept;
    }
    return count;
}

static void add_load(struct history *history, uint64_t *state, size_t export,
                     size_t rules)
{
    bool dressed = history_dice(state, 3) == 0, together = history_dice(state, 4) == 0;

    history->step[history->nsteps++] = (struct history_step){
        .export = export,
        .rules = rules,
        .dress = dressed ? 1 + history_dice(state, 3) : DRESS_PLAIN,
        .is_again = history_dice(state, 4) == 0,
        .jobs = together ? 1 + history_dice(state, 2) : 0,
        .beside = history_dice(state, history->nexports),
    };
}

/* One of the loads so far is taken back, or was already. */
static void add_unload(struct history *history, uint64_t *state, size_t rules)
{
    size_t at = history_dice(state, history->nsteps);

    while (history->step[at].is_recompute || history->step[at].is_unload)
        at = (at + 1) % history->nsteps; /* the step before this one is a load */
    history->step[history->nsteps] = history->step[at];
    history->step[history->nsteps].rules = rules;
    history->step[history->nsteps].jobs = 0;
    history->step[history->nsteps++].is_unload = true;
}

static void add_recompute(struct history *history, uint64_t *state, int64_t first,
                          int64_t last)
{
    struct history_step *step = &history->step[history->nsteps++];
    int64_t span = last - first;

    step->is_recompute = true;
    step->rules = history_dice(state, 2);
    step->from = first - MS_PER_DAY;
    step->to = last + MS_PER_DAY;
    if (history_dice(state, 2) == 0)
        step->from = first + (int64_t)history_dice(state, (uint64_t)span);
    if (history_dice(state, 2) == 0)
        step->to = last - (int64_t)history_dice(state, (uint64_t)span);
    if (step->from >= step->to)
        step->to = step->from + MS_PER_DAY;
    step->provider = history_dice(state, 4) == 0 ? "vega" : NULL;
    step->category = history_dice(state, 4) == 0 ? "BUSY" : NULL;
}

static void add_last(struct history *history, int64_t first, int64_t last)
{
    history->step[history->nsteps++] = (struct history_step){
        .is_recompute = true,
        .rules = 1,
        .from = first - 2 * MS_PER_DAY,
        .to = last + 2 * MS_PER_DAY,
        .is_last = true,
    };
}

void history_steps(struct history *history, uint64_t *state, int64_t first, int64_t last)
{
    size_t order[LOADS_MAX], count = any_order(history, state, order);
    size_t behind = history_dice(state, BEHIND);

    for (size_t i = 0; i < count; i++) {
        bool is_behind = i + behind >= count;

        if (i > 0 && !is_behind && history_dice(state, 3) == 0)
            add_recompute(history, state, first, last);
        if (i + behind == count)
            add_last(history, first, last);
        add_load(history, state, order[i], is_behind ? 1 : history_dice(state, 2));
        if (history_dice(state, 3) == 0)
            add_unload(history, state, is_behind ? 1 : history_dice(state, 2));
    }
    if (behind == 0)
        add_last(history, first, last);
}

/* What a row tells, without what is absent and what rules make of it. */
static void tell_row(struct buf *out, const struct row *row)
{
    struct buf json = { 0 };
    char name[64];
    bool told = false;

    row_add_json(&json, row);
    for (const char *at = buf_cstr(&json); *at != '\0';) {
        size_t len = strcspn(at, ",\n") + 1;

        if (sscanf(at, "%*[{]\"%63[^\"]\":", name) == 1 ||
            sscanf(at, "\"%63[^\"]\":", name) == 1)
            told = row_copy_is_evidence(name) &&
                   strncmp(strchr(at, ':'), ":null", strlen(":null")) != 0;
        if (told)
            buf_add(out, at, len - 1);
        if (told)
            buf_add_char(out, ' ');
        at += len;
    }
    buf_add_char(out, '\n');
    buf_free(&json);
}

static void tell_export(struct buf *out, const struct history_export *export)
{
    if (export->head != NULL)
        buf_addf(out, "    %s\n", export->head);
    for (size_t i = 0; i < export->count; i++) {
        if (export->is_out[i])
            continue;
        buf_add_text(out, "    ");
        if (export->text[i] == NULL)
            tell_row(out, &export->row[i]);
        else
            buf_addf(out, "%s\n", export->text[i]);
    }
}

/* A load or an unload, and the records of exports that were not told yet. */
static void tell_step(const struct history *history, const struct history_step *step,
                      bool *is_told, struct buf *out)
{
    static const char *const dress[] = { "", ", gzipped", ", saved again", ", reversed" };
    const size_t export[] = { step->export, step->beside };

    buf_addf(out, "  %s export %zu (%s%s)",
             step->is_unload  ? "unload"
             : step->is_again ? "load again"
                              : "load",
             step->export, history->export[step->export].kind, dress[step->dress]);
    if (step->jobs > 0)
        buf_addf(out, " and %zu (%s) with --jobs %zu", step->beside,
                 history->export[step->beside].kind, step->jobs);
    buf_addf(out, " by rules %zu\n", step->rules + 1);
    for (size_t i = 0; i < (step->jobs > 0 ? COUNTOF(export) : 1); i++) {
        if (!is_told[export[i]])
            tell_export(out, &history->export[export[i]]);
        is_told[export[i]] = true;
    }
}

void history_tell(const struct history *history, struct buf *out)
{
    bool is_told[HISTORY_EXPORTS] = { false };
    char from[25], to[25];

    for (size_t i = 0; i < history->nsteps; i++) {
        const struct history_step *step = &history->step[i];

        if (step->is_out)
            continue;
        if (step->is_recompute) {
            instant_iso(step->from, from);
            instant_iso(step->to, to);
            buf_addf(out, "  recompute by rules %zu from %s to %s%s%s%s%s\n",
                     step->rules + 1, from, to,
                     step->provider != NULL ? ", only of " : "",
                     step->provider != NULL ? step->provider : "",
                     step->category != NULL ? ", only what is " : "",
                     step->category != NULL ? step->category : "");
            continue;
        }
        tell_step(history, step, is_told, out);
    }
}

/* Does it still fail with *PART left out?  Then it stays out. */
static bool without(struct db *db, struct history *history, bool *part,
                    const struct history_rules rules[2], struct buf *why)
{
    struct buf now = { 0 };

    if (*part)
        return false;
    *part = true;
    if (history_play(db, history, rules, &now)) {
        *part = false;
    } else {
        buf_reset(why);
        buf_add_slice(why, buf_slice(&now));
    }
    buf_free(&now);
    return *part;
}

/* A plainer dress, or an export alone, tells the reader less to think about. */
static bool plainer(struct db *db, const struct history *history,
                    struct history_step *step, const struct history_rules rules[2])
{
    const struct history_step was = *step;
    struct buf now = { 0 };

    if (step->is_out || step->is_recompute ||
        (step->dress == DRESS_PLAIN && step->jobs == 0))
        return false;
    if (step->dress != DRESS_PLAIN)
        step->dress = DRESS_PLAIN;
    else
        step->jobs = 0;

    bool fails = !history_play(db, history, rules, &now);

    if (!fails)
        *step = was;
    buf_free(&now);
    return fails;
}

void history_shrink(struct db *db, struct history *history,
                    const struct history_rules rules[2], struct buf *why)
{
    bool smaller = true;

    while (smaller) {
        smaller = false;
        for (size_t i = 0; i < history->nsteps; i++)
            if (!history->step[i].is_last)
                smaller |= without(db, history, &history->step[i].is_out, rules, why) ||
                           plainer(db, history, &history->step[i], rules);
        for (size_t i = 0; i < history->nexports; i++)
            for (size_t j = 0; j < history->export[i].count; j++)
                smaller |=
                    without(db, history, &history->export[i].is_out[j], rules, why);
    }
}

/* Seeds, one after the other. */

enum { HISTORIES = 12, EVERY = 100 };

static uint64_t number_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text != NULL && *text != '\0' ? strtoull(text, NULL, 10) : otherwise;
}

static bool try_one(struct db *db, history_make_fn make,
                    const struct history_rules rules[2], uint64_t seed)
{
    struct history *history = xcalloc(1, sizeof *history);
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    struct buf why = { 0 }, told = { 0 };

    make(history, &state);

    bool ok = history_play(db, history, rules, &why);

    if (!ok) {
        history_shrink(db, history, rules, &why);
        history_tell(history, &told);
        buf_addf(&told, "%s", buf_cstr(&why));
        cr_expect(
            false,
            "history %ju (CDRETL_SEED=%ju plays it again), as small as it fails:\n%s",
            (uintmax_t)seed, (uintmax_t)seed, buf_cstr(&told));
    }
    history_free(history);
    buf_free(&why);
    buf_free(&told);
    return ok;
}

void histories_run(history_make_fn make, const struct history_rules rules[2])
{
    uint64_t seed = number_of("CDRETL_SEED", 0);
    uint64_t count = number_of("CDRETL_HISTORIES", HISTORIES);
    uint64_t first = number_of("CDRETL_FIRST", 1);
    struct db *db = legs_database(true);

    bool ok = seed == 0 || try_one(db, make, rules, seed);

    for (uint64_t i = 1; ok && seed == 0 && i <= count; i++) {
        ok = try_one(db, make, rules, first + i - 1);
        if (i % EVERY == 0)
            fprintf(stderr, "%ju histories of %ju\n", (uintmax_t)i, (uintmax_t)count);
    }
    legs_database_drop(db);
}

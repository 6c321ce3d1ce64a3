/*
 * call_counter.c - legs sorted by call, and each call decided when it is whole.
 */
#include "leg/call_counter.h"

#include "base/base.h"
#include "base/sorter.h"
#include "leg/call_rule.h"

struct entry {
    struct uuid call_key; /* first: see base/sorter.h */
    struct call_leg leg;
};

struct call_counter {
    struct sorter *sorter;
    const struct taxonomy *taxonomy;

    /* while it counts: the legs of the call that it is in */
    struct report *report;
    struct uuid call_key;
    struct call_leg *leg;
    size_t nlegs, room;
};

/* By call, then leg. */
static int by_call(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = memcmp(a->call_key.b, b->call_key.b, sizeof a->call_key.b);

    return order != 0 ? order : memcmp(a->leg.key.b, b->leg.key.b, sizeof a->leg.key.b);
}

struct call_counter *call_counter_new(void)
{
    struct call_counter *call_counter = xcalloc(1, sizeof *call_counter);

    call_counter->sorter = sorter_new(sizeof(struct entry), CALL_COUNTER_MEMORY, by_call);
    return call_counter;
}

void call_counter_free(struct call_counter *call_counter)
{
    if (call_counter == NULL)
        return;
    sorter_free(call_counter->sorter);
    free(call_counter->leg);
    free(call_counter);
}

bool call_counter_add(struct call_counter *call_counter, const struct row *row,
                      struct err *err)
{
    const struct entry entry = {
        .call_key = row->leg.call_key,
        .leg = callrule_leg(&row->leg, &row->outcome),
    };

    call_counter->taxonomy = row->outcome.taxonomy;
    return sorter_add(call_counter->sorter, &entry, err);
}

/* Does a leg of the call start so long after another that they are not looked for? */
static bool is_far_call(const struct call_counter *call_counter)
{
    int64_t first = call_counter->leg[0].started_at, last = first;

    for (size_t i = 1; i < call_counter->nlegs; i++) {
        int64_t start = call_counter->leg[i].started_at;

        first = start < first ? start : first;
        last = start > last ? start : last;
    }
    return last - first > CALL_REACH;
}

static void close_call(struct call_counter *call_counter)
{
    struct report *report = call_counter->report;

    if (call_counter->nlegs == 0)
        return;

    struct call call =
        callrule_outcome(call_counter->taxonomy, call_counter->leg, call_counter->nlegs);

    report->calls += call.is_counted;
    report->has_orphans |= call.a_leg == NO_LEG;
    report->has_far_calls |= is_far_call(call_counter);
    report->calls_by_category[call.category] += call.is_counted;
    call_counter->nlegs = 0;
}

static bool count_leg(void *to, const void *record, struct err *err)
{
    struct call_counter *call_counter = to;
    const struct entry *entry = record;

    (void)err;
    if (!uuid_equal(&call_counter->call_key, &entry->call_key))
        close_call(call_counter);
    if (call_counter->nlegs == call_counter->room) {
        call_counter->room = call_counter->room != 0 ? 2 * call_counter->room : 16;
        call_counter->leg =
            xrealloc(call_counter->leg, call_counter->room, sizeof *call_counter->leg);
    }
    call_counter->call_key = entry->call_key;
    call_counter->leg[call_counter->nlegs++] = entry->leg;
    call_counter->report->by_category[entry->leg.category]++;
    call_counter->report->inserted++;
    return true;
}

bool call_counter_finish(struct call_counter *call_counter, struct report *report,
                         struct err *err)
{
    call_counter->report = report;

    bool ok = sorter_finish(call_counter->sorter, count_leg, call_counter, err);

    close_call(call_counter);
    return ok;
}

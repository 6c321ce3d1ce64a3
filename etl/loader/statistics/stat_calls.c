/*
 * stat_calls.c - a hash of open calls, and a queue of them by age.
 */
#include "loader/statistics/stat_calls.h"

#include "base/base.h"
#include "base/table.h"

enum { SLOTS = 16384 };

struct open_call {
    struct uuid key;
    struct stat_leg *first, **last;
    size_t nlegs, slot;
    bool counts, has_a_leg;
    struct open_call *next_in_slot;
    struct open_call *next_begun;
};

struct stat_calls {
    struct stat_rule rule;
    struct open_call *slot[SLOTS];
    struct open_call *oldest, **newest;
    size_t nlegs, memory;
    uint64_t count;
    bool lacks_a_leg; /* a call did */
};

struct stat_calls *stat_calls_new(const struct stat_basis *basis,
                                  struct stat_groups *groups, int sign)
{
    struct stat_calls *calls = xcalloc(1, sizeof *calls);

    calls->rule = (struct stat_rule){ .basis = basis, .groups = groups, .sign = sign };
    calls->newest = &calls->oldest;
    return calls;
}

static void free_call(struct open_call *call)
{
    while (call->first != NULL) {
        struct stat_leg *leg = call->first;

        call->first = leg->next;
        free(leg);
    }
    free(call);
}

/* Take the oldest call out of hash and queue. */
static struct open_call *take_oldest(struct stat_calls *calls)
{
    struct open_call *call = calls->oldest;
    struct open_call **at = &calls->slot[call->slot];

    while (*at != call)
        at = &(*at)->next_in_slot;
    *at = call->next_in_slot;
    calls->oldest = call->next_begun;
    if (calls->oldest == NULL)
        calls->newest = &calls->oldest;
    return call;
}

void stat_calls_free(struct stat_calls *calls)
{
    if (calls == NULL)
        return;
    while (calls->oldest != NULL)
        free_call(take_oldest(calls));
    stat_rule_free(&calls->rule);
    free(calls);
}

static bool close_oldest(struct stat_calls *calls, struct err *err)
{
    struct open_call *call = take_oldest(calls);
    bool ok = !call->counts ||
              stat_rule_count(&calls->rule, call->first, call->nlegs, &calls->count, err);

    calls->lacks_a_leg |= !call->has_a_leg;
    for (const struct stat_leg *leg = call->first; leg != NULL; leg = leg->next)
        calls->memory -= leg->size;
    calls->nlegs -= call->nlegs;
    free_call(call);
    return ok;
}

static size_t slot_of(const struct uuid *key)
{
    uint64_t half[2];

    memcpy(half, key->b, sizeof half);
    return (size_t)(table_mix(half[0], half[1]) >> 32) % SLOTS;
}

/* The call of KEY, begun when there is none. */
static struct open_call *call_of(struct stat_calls *calls, const struct uuid *key)
{
    size_t slot = slot_of(key);
    struct open_call *call = calls->slot[slot];

    while (call != NULL && !uuid_equal(&call->key, key))
        call = call->next_in_slot;
    if (call != NULL)
        return call;
    call = xcalloc(1, sizeof *call);
    call->key = *key;
    call->last = &call->first;
    call->slot = slot;
    call->next_in_slot = calls->slot[slot];
    calls->slot[slot] = call;
    *calls->newest = call;
    calls->newest = &call->next_begun;
    return call;
}

bool stat_calls_add(struct stat_calls *calls, const struct row *row,
                    enum stat_gateway gateway, bool counts, struct err *err)
{
    struct open_call *call = call_of(calls, &row->leg.call_key);
    struct stat_leg *leg = stat_leg_new(row);

    leg->file_has_gateway = gateway;
    call->counts |= counts;
    call->has_a_leg |= uuid_equal(&row->leg.key, &row->leg.call_key);
    *call->last = leg;
    call->last = &leg->next;
    call->nlegs++;
    calls->nlegs++;
    calls->memory += leg->size;
    while (calls->nlegs > STAT_CALLS_LEGS || calls->memory > STAT_CALLS_MEMORY)
        if (!close_oldest(calls, err))
            return false;
    return true;
}

bool stat_calls_finish(struct stat_calls *calls, uint64_t *count, struct err *err)
{
    while (calls->oldest != NULL)
        if (!close_oldest(calls, err))
            return false;
    *count = calls->count;
    return true;
}

bool stat_calls_are_whole(const struct stat_calls *calls)
{
    return !calls->lacks_a_leg;
}

/*
 * stat_rule.c - keys and sums of calls and attempts.
 *
 * A key is the binary COPY form of the columns that a group is known by, and a byte
 * behind them, the mark.
 */
#include "loader/statistics/stat_rule.h"

#include <assert.h>
#include <endian.h>

#include "base/base.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"

enum { MARK_SURE = 0, MARK_IF_NO_GATEWAY = 1 };

/* What a call or an attempt is counted by. */
struct counted {
    const char *unit;
    int64_t started_at;
    struct slice domain, provider, gateway, direction, queue, hangup_cause, disposition;
    uint8_t category, naive_category;
    enum confidence confidence;
    int16_t sip_code;
    category_set alternatives;
    bool answered, by_agent;
    /* seconds, or NO_SECONDS */
    int32_t duration, bill, talk, early_media, pdd, ring, wait, hold, handling;
    size_t legs;
};

static struct slice text_copy(char **at, struct slice text)
{
    char *to = *at;

    if (text.len == 0)
        return SLICE_NONE;
    memcpy(to, text.s, text.len);
    *at += text.len;
    return (struct slice){ to, text.len };
}

struct stat_leg *stat_leg_new(const struct row *row)
{
    const struct leg *leg = &row->leg;
    struct slice provider = slice_of(row->outcome.provider);
    size_t size = sizeof(struct stat_leg) + leg->domain.len + leg->direction.len +
                  leg->queue.len + leg->gateway.len + provider.len +
                  leg->hangup_cause.len + leg->disposition.len;
    struct stat_leg *to = xcalloc(size, 1);
    char *at = (char *)(to + 1);

    to->leg = callrule_leg(leg, &row->outcome);
    to->domain = text_copy(&at, leg->domain);
    to->direction = text_copy(&at, leg->direction);
    to->queue = text_copy(&at, leg->queue);
    to->gateway = text_copy(&at, leg->gateway);
    to->provider = text_copy(&at, provider);
    to->hangup_cause = text_copy(&at, leg->hangup_cause);
    to->disposition = text_copy(&at, leg->disposition);
    to->sip_code = leg->sip_code;
    to->naive_category = row->outcome.naive_category;
    to->size = size;
    return to;
}

enum stat_gateway stat_gateway_of(struct slice has_gateway)
{
    if (has_gateway.s == NULL) /* no file: nothing tells of its other rows */
        return STAT_GATEWAY_YES;
    return row_value_int(has_gateway) != 0 ? STAT_GATEWAY_YES : STAT_GATEWAY_NO;
}

void stat_rule_free(struct stat_rule *rule)
{
    buf_free(&rule->key);
    free(rule->legs);
}

static void key_add_number(struct buf *key, size_t size, int64_t number)
{
    buf_add_be32(key, (uint32_t)size);
    if (size == sizeof(int16_t))
        buf_add_be16(key, (uint16_t)number);
    else
        buf_add_be64(key, (uint64_t)number);
}

static void key_of(struct buf *key, const struct stat_basis *basis,
                   const struct counted *counted, int mark)
{
    const struct category *category = basis->taxonomy->category;
    int64_t hour = counted->started_at - counted->started_at % MS_PER_HOUR;

    buf_reset(key);
    key_add_number(key, sizeof(int64_t), row_copy_time(hour));
    row_copy_add_value(key, slice_of(counted->unit));
    row_copy_add_value(key, counted->domain);
    row_copy_add_value(key, counted->provider);
    row_copy_add_value(key, counted->gateway);
    row_copy_add_value(key, counted->direction);
    row_copy_add_value(key, counted->queue);
    row_copy_add_value(key, slice_of(category[counted->category].code));
    row_copy_add_value(key, slice_of(confidence_name(counted->confidence)));
    row_copy_add_value(key, counted->hangup_cause);
    if (counted->sip_code != NO_CODE)
        key_add_number(key, sizeof(int16_t), counted->sip_code);
    else
        row_copy_add_value(key, SLICE_NONE);
    row_copy_add_value(key, counted->disposition);
    if (counted->confidence == AMBIGUOUS)
        row_copy_add_categories(key, basis->taxonomy, counted->alternatives);
    else
        row_copy_add_value(key, SLICE_NONE);
    row_copy_add_value(key, slice_of(category[counted->naive_category].code));
    buf_add_char(key, (char)mark);
}

/* Did the network do its part, at least and at most? */
static void count_delivered(const struct stat_basis *basis, const struct counted *counted,
                            bool rang, struct stat_sums *sums)
{
    struct delivered_sets sets = { basis->delivered, basis->delivered_if_rang };
    struct delivered_bounds bounds =
        delivered_bounds(sets, counted->answered, counted->category, counted->confidence,
                         counted->alternatives, rang);

    sums->sum[STAT_delivered_low] = bounds.low;
    sums->sum[STAT_delivered_high] = bounds.high;
}

/* SECONDS into SUM where they are known; returns whether they are. */
static bool add_seconds(struct stat_sums *sums, enum stat_sum sum, int32_t seconds)
{
    if (seconds != NO_SECONDS)
        sums->sum[sum] = seconds;
    return seconds != NO_SECONDS;
}

static void count_waiting(const struct stat_basis *basis, const struct counted *counted,
                          struct stat_sums *sums)
{
    int64_t *sum = sums->sum;

    sum[STAT_wait_n] = add_seconds(sums, STAT_wait_seconds, counted->wait);
    sum[STAT_by_agent] = counted->by_agent;
    if (counted->wait == NO_SECONDS)
        return;
    sum[STAT_served_in_time] = counted->by_agent && counted->wait <= basis->service;
    sum[STAT_left_soon] = !counted->by_agent && counted->wait <= basis->soon;
}

static struct stat_sums sums_of(const struct stat_basis *basis,
                                const struct counted *counted)
{
    struct stat_sums sums = { { 0 } };
    int64_t *sum = sums.sum;
    int32_t bill = counted->answered ? counted->bill : NO_SECONDS;
    bool rang =
        counted->ring > 0 || counted->early_media > 0 || counted->pdd != NO_SECONDS;

    sum[STAT_n] = 1;
    sum[STAT_answered] = counted->answered;
    count_delivered(basis, counted, rang, &sums);
    sum[STAT_short] = bill >= 1 && bill <= basis->short_call;
    sum[STAT_rang] = rang;
    add_seconds(&sums, STAT_duration, counted->duration);
    sum[STAT_bill_n] = add_seconds(&sums, STAT_bill_seconds, bill);
    add_seconds(&sums, STAT_talk_seconds, counted->talk);
    add_seconds(&sums, STAT_early_media_seconds, counted->early_media);
    sum[STAT_pdd_n] = add_seconds(&sums, STAT_pdd_seconds, counted->pdd);
    sum[STAT_ring_n] = add_seconds(&sums, STAT_ring_seconds, counted->ring);
    if (counted->duration != NO_SECONDS && bill != NO_SECONDS) {
        sum[STAT_setup_seconds] = counted->duration - bill;
        sum[STAT_setup_n] = 1;
    }
    count_waiting(basis, counted, &sums);
    add_seconds(&sums, STAT_hold_seconds, counted->hold);
    if (counted->by_agent)
        sum[STAT_handling_n] =
            add_seconds(&sums, STAT_handling_seconds, counted->handling);
    sum[STAT_legs] = (int64_t)counted->legs;
    return sums;
}

static bool add_group(struct stat_rule *rule, const struct counted *counted, int mark,
                      struct err *err)
{
    struct stat_sums sums = sums_of(rule->basis, counted);

    for (size_t i = 0; i < STAT_SUM_COUNT; i++)
        sums.sum[i] *= rule->sign;
    key_of(&rule->key, rule->basis, counted, mark);
    return stat_groups_add(rule->groups, buf_slice(&rule->key), &sums, err);
}

static struct slice either(struct slice a, struct slice b)
{
    return a.s != NULL ? a : b;
}

/* As exported; a leg that went out all the same is outbound. */
static struct slice direction_of(const struct stat_leg *leg)
{
    return leg->direction.s == NULL && leg->leg.is_outbound ? slice_of("outbound")
                                                            : leg->direction;
}

static const struct stat_leg *leg_at(const struct stat_leg *legs, int place)
{
    for (; place > 0; place--) {
        assert(legs != NULL);
        legs = legs->next;
    }
    return place == 0 ? legs : NULL;
}

static int64_t first_start(const struct stat_leg *legs)
{
    int64_t first = legs->leg.started_at;

    for (; legs != NULL; legs = legs->next)
        if (legs->leg.started_at < first)
            first = legs->leg.started_at;
    return first;
}

static bool count_call(struct stat_rule *rule, const struct stat_leg *legs, size_t count,
                       const struct call *call, struct err *err)
{
    static const struct stat_leg none;
    const struct stat_leg *deciding = leg_at(legs, call->deciding);
    const struct stat_leg *a = leg_at(legs, call->a_leg), *b = leg_at(legs, call->b_leg);
    bool by_b = deciding == b;
    int64_t started_at = a != NULL ? a->leg.started_at : first_start(legs);

    a = a != NULL ? a : &none;
    b = b != NULL ? b : &none;

    /* An employee's leg that decides names no trunk: the call came by the caller's. */
    bool has_trunk = by_b && (b->gateway.len != 0 || b->provider.len != 0);
    uint8_t naive_category = a != &none ? a->naive_category : b->naive_category;
    struct counted counted = {
        .unit = "call",
        .started_at = started_at,
        .domain = either(a->domain, b->domain),
        .provider = has_trunk ? b->provider : either(a->provider, b->provider),
        .gateway = has_trunk ? b->gateway : either(a->gateway, b->gateway),
        .direction = either(direction_of(a), b->direction),
        .queue = either(a->queue, b->queue),
        .hangup_cause = deciding->hangup_cause,
        .disposition = deciding->disposition,
        .sip_code = deciding->sip_code,
        .category = call->category,
        .confidence = call->confidence,
        .alternatives = call->alternatives,
        .naive_category = naive_category,
        .answered = call->answered,
        .by_agent = call->answered_by == ANSWERED_BY_LEG,
        .duration = call->duration,
        .bill = call->bill,
        .talk = call->talk,
        .early_media = call->early_media,
        .pdd = call->pdd,
        .ring = call->ring,
        .wait = call->wait,
        .hold = call->hold,
        .handling = call->handling,
        .legs = count,
    };

    return add_group(rule, &counted, MARK_SURE, err);
}

static bool count_attempt(struct stat_rule *rule, const struct stat_leg *leg, int mark,
                          struct err *err)
{
    const struct call_leg *own = &leg->leg;
    bool cut = own->duration != NO_SECONDS && own->bill > own->duration;
    struct counted counted = {
        .unit = "attempt",
        .started_at = own->started_at,
        .domain = leg->domain,
        .provider = leg->provider,
        .gateway = leg->gateway,
        .direction = direction_of(leg),
        .queue = leg->queue,
        .hangup_cause = leg->hangup_cause,
        .disposition = leg->disposition,
        .sip_code = leg->sip_code,
        .category = own->category,
        .confidence = (enum confidence)own->confidence,
        .alternatives = own->alternatives,
        .naive_category = leg->naive_category,
        .answered = own->answered,
        .by_agent = own->answered,
        .duration = own->duration,
        .bill = cut ? own->duration : own->bill,
        .talk = own->talk,
        .early_media = own->early_media,
        .pdd = own->pdd,
        .ring = own->ring,
        .wait = own->wait,
        .hold = own->hold,
        .handling = NO_SECONDS,
        .legs = 1,
    };

    return add_group(rule, &counted, mark, err);
}

static bool count_attempts(struct stat_rule *rule, const struct stat_leg *legs,
                           bool has_b_legs, struct err *err)
{
    for (; legs != NULL; legs = legs->next) {
        bool known = legs->file_has_gateway != STAT_GATEWAY_UNKNOWN;
        bool sure = callrule_is_attempt(&legs->leg, has_b_legs,
                                        legs->file_has_gateway != STAT_GATEWAY_NO);

        if ((sure || (!known && callrule_is_attempt(&legs->leg, has_b_legs, false))) &&
            !count_attempt(rule, legs, sure ? MARK_SURE : MARK_IF_NO_GATEWAY, err))
            return false;
    }
    return true;
}

bool stat_rule_count(struct stat_rule *rule, const struct stat_leg *legs, size_t count,
                     uint64_t *calls, struct err *err)
{
    size_t n = 0;

    assert(legs != NULL);
    if (rule->room < count) {
        rule->room = 2 * count;
        rule->legs = xrealloc(rule->legs, rule->room, sizeof *rule->legs);
    }
    for (const struct stat_leg *leg = legs; leg != NULL; leg = leg->next)
        rule->legs[n++] = leg->leg;

    struct call call = callrule_decide(rule->basis->taxonomy, rule->legs, n);

    bool is_counted = call.is_counted && !(call.a_leg == NO_LEG && legs->is_truncated);

    *calls += is_counted;
    return (!is_counted || count_call(rule, legs, n, &call, err)) &&
           count_attempts(rule, legs, call.b_leg != NO_LEG, err);
}

void stat_rule_columns(struct buf *out)
{
    buf_add_text(
        out, "unit, domain, provider, gateway, direction, queue, category, confidence, "
             "hangup_cause, sip_code, disposition, alternatives, naive_category");
#define X(name) buf_add_text(out, ", " #name);
    STAT_SUMS(X)
#undef X
    buf_add_text(out, ", basis");
}

struct slice stat_rule_key(struct slice key, bool *if_no_gateway)
{
    *if_no_gateway = key.s[key.len - 1] == MARK_IF_NO_GATEWAY;
    return (struct slice){ key.s, key.len - 1 };
}

struct slice stat_rule_category(struct slice key)
{
    enum { CATEGORY = 7 }; /* its place among the columns */
    uint32_t len;

    for (int column = 0;; column++) {
        memcpy(&len, key.s, sizeof len);
        len = be32toh(len);
        if (column == CATEGORY)
            return (struct slice){ key.s + sizeof len, len };
        key.s += sizeof len + (len == UINT32_MAX ? 0 : len); /* null has no bytes */
    }
}

int64_t stat_rule_time(struct slice key)
{
    uint64_t time;

    memcpy(&time, key.s + sizeof(uint32_t), sizeof time);
    return row_copy_ms((int64_t)be64toh(time));
}

void stat_rule_add_row(const struct stat_basis *basis, struct slice key,
                       const struct stat_sums *sums, struct buf *out)
{
    buf_add_be16(out, STAT_RULE_KEY + STAT_SUM_COUNT + 1);
    buf_add_slice(out, key);
    for (int i = 0; i < STAT_SUM_COUNT; i++)
        key_add_number(out, sizeof(int64_t), sums->sum[i]);
    key_add_number(out, sizeof(int64_t), basis->fingerprint);
}

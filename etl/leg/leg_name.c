/*
 * leg_name.c - packed once, digested once.
 */
#include "leg/leg_name.h"

#include <endian.h>

#include "base/base.h"
#include "base/buf.h"
#include "leg/duplicate_ordinal.h"

struct leg_names {
    struct keyed_digest *keyed;
    struct duplicate_ordinals *ordinals; /* NULL until a leg without an id comes */
    struct buf packed;
};

const unsigned char LEG_NAME_CHECK_KEY[LEG_NAME_KEY] = {
    'c', 'd', 'r', 'e', 't', 'l', ' ', 'c', 'h', 'e', 'c', 'k', ' ', 'k', 'e', 'y',
};

struct leg_names *leg_names_new(const unsigned char *key)
{
    struct leg_names *names = xcalloc(1, sizeof *names);

    names->keyed = keyed_digest_new(key != NULL ? key : LEG_NAME_CHECK_KEY);
    return names;
}

void leg_names_free(struct leg_names *names)
{
    if (names == NULL)
        return;
    keyed_digest_free(names->keyed);
    duplicate_ordinals_free(names->ordinals);
    buf_free(&names->packed);
    free(names);
}

static void pack_number(struct buf *packed, int64_t number)
{
    uint64_t little = htole64((uint64_t)number);

    buf_add(packed, &little, sizeof little);
}

static void pack_text(struct buf *packed, struct slice text)
{
    uint32_t little = htole32((uint32_t)text.len);

    buf_add(packed, &little, sizeof little);
    buf_add_slice(packed, text);
}

static struct uuid name_packed(struct leg_names *names)
{
    unsigned char sum[KEYED_DIGEST_BYTES];

    keyed_digest_sum(names->keyed, names->packed.s, names->packed.len, sum);
    return uuid_named(sum);
}

static struct uuid first_name(struct leg_names *names, const struct leg *leg)
{
    struct buf *packed = &names->packed;

    buf_reset(packed);
    pack_number(packed, leg->started_at);
    pack_number(packed, leg->duration);
    pack_number(packed, leg->bill_seconds);
    pack_number(packed, leg->talk_seconds);
    pack_number(packed, leg->sip_code);
    pack_text(packed, leg->caller);
    pack_text(packed, leg->destination);
    pack_text(packed, leg->direction);
    pack_text(packed, leg->extension);
    pack_text(packed, leg->hangup_cause);
    pack_text(packed, leg->disposition);
    return name_packed(names);
}

static struct uuid later_name(struct leg_names *names, const struct uuid *first,
                              uint64_t ordinal)
{
    buf_reset(&names->packed);
    buf_add(&names->packed, first->b, sizeof first->b);
    pack_number(&names->packed, (int64_t)ordinal);
    return name_packed(names);
}

struct uuid leg_name_of(struct leg_names *names, const struct leg *leg, uint64_t ordinal)
{
    struct uuid first = first_name(names, leg);

    return ordinal == 0 ? first : later_name(names, &first, ordinal);
}

void leg_name(struct leg_names *names, struct leg *leg)
{
    if (names->ordinals == NULL)
        names->ordinals = duplicate_ordinals_new();
    leg->key = first_name(names, leg);

    uint32_t ordinal = duplicate_ordinals_next(names->ordinals, &leg->key);

    if (ordinal != 0)
        leg->key = later_name(names, &leg->key, ordinal);
    if (leg->linked_by == LINK_NONE)
        leg->call_key = leg->key;
}

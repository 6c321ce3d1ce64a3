/*
 * provider.c - whose leg it is, by mappings/providers.json.
 *
 * The gateway's name decides where the export has one.  Without, the network
 * address of the far end does, then the number shown as caller: our number at
 * that carrier, so never on a call that came in.
 */
#include "base/base.h"
#include "leg/number/number_plan.h"
#include "rules/rules_impl.h"

static uint16_t recognise(const struct rules *rules, struct slice text, uint16_t number,
                          enum mark mark)
{
    const struct providers *all = &rules->providers;
    struct fact fact = { .present = true, .text = text };
    uint16_t found = rules->symbols.symbol[number].provider[mark];

    for (size_t i = 0; found == 0 && i < all->npatterns[mark]; i++)
        if (atom_holds(&all->pattern[mark][i].atom, &fact))
            found = all->pattern[mark][i].provider;
    return found;
}

/* As the export writes the number, else as it is written with its country. */
static uint16_t recognise_caller(const struct rules *rules, const struct leg *leg)
{
    struct slice e164 = leg->caller_e164;
    uint16_t found = recognise(rules, leg->caller,
                               symbols_find(&rules->symbols, leg->caller), MARK_CALLER);

    if (found != 0 || e164.len == 0)
        return found;
    e164 = slice_from(e164, 1);
    return recognise(rules, e164, symbols_find(&rules->symbols, e164), MARK_CALLER);
}

static uint16_t recognise_by_direction(const struct rules *rules, struct slice direction)
{
    const struct providers *all = &rules->providers;

    for (size_t i = 0; i < all->count; i++)
        if (all->provider[i].direction != NULL &&
            slice_is(direction, all->provider[i].direction))
            return (uint16_t)(i + 1);
    return 0;
}

const struct provider *provider_of_gateway(const struct rules *rules, struct slice name)
{
    uint16_t found =
        recognise(rules, name, symbols_find(&rules->symbols, name), MARK_GATEWAY);

    return found != 0 ? &rules->providers.provider[found - 1] : NULL;
}

const struct provider *provider_with_id(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->providers.count; i++)
        if (strcmp(rules->providers.provider[i].id, id) == 0)
            return &rules->providers.provider[i];
    return NULL;
}

static bool came_in(const struct leg *leg)
{
    return leg->side == 'a' && slice_is(leg->direction, "inbound");
}

const struct provider *provider_of(const struct rules *rules, const struct leg *leg,
                                   uint16_t gateway)
{
    struct slice address = leg->network_addr, caller = leg->caller;
    uint16_t found = 0;

    if (leg->gateway.s != NULL) {
        found = recognise(rules, leg->gateway, gateway, MARK_GATEWAY);
    } else {
        if (address.s != NULL)
            found = recognise(rules, address, symbols_find(&rules->symbols, address),
                              MARK_NETWORK);
        if (found == 0 && caller.s != NULL && !came_in(leg))
            found = recognise_caller(rules, leg);
        if (found == 0 && leg->direction.s != NULL)
            found = recognise_by_direction(rules, leg->direction);
    }
    return found != 0 ? &rules->providers.provider[found - 1] : NULL;
}

bool is_outbound(const struct rules *rules, const struct leg *leg)
{
    struct slice caller = leg->caller;

    if (leg->direction.len != 0)
        return slice_is(leg->direction, "outbound");
    if (leg->side != 'a' || caller.len == 0)
        return false;
    return (number_is_extension(caller) && leg->destination.len > LEG_EXTENSION_DIGITS) ||
           recognise(rules, caller, symbols_find(&rules->symbols, caller), MARK_CALLER) !=
               0;
}

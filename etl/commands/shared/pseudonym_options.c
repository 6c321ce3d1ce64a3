/*
 * pseudonym_options.c - the options that make pseudonyms of numbers.
 */
#include "commands/shared/pseudonym_options.h"

#include "base/base.h"

enum { SWITCH, KEY, KEEP }; /* the rows, behind FIRST */

const char *own_number_carrier(const struct rules *rules, const char *number)
{
    struct leg leg = { .side = 'b',
                       .started_at = 0,
                       .answered_at = NO_TIME,
                       .bridged_at = NO_TIME,
                       .ended_at = NO_TIME,
                       .media_at = NO_TIME,
                       .rang_at = NO_TIME,
                       .direction = slice_of("outbound"),
                       .caller = slice_of(number) };
    struct outcome outcome;

    rules_decide(rules, &leg, &outcome);
    return outcome.provider;
}

static bool is_ours(const void *rules, const char *digits)
{
    return own_number_carrier(rules, digits) != NULL;
}

bool pseudonym_options(const struct args *args, size_t first, const struct rules *rules,
                       struct pseudonym **pseudonym, struct err *err)
{
    int64_t keep = 0;

    *pseudonym = NULL;
    if (args->option[first + SWITCH] == NULL)
        return true;
    if (!options_number("keep-prefix", args->option[first + KEEP], 0,
                        PSEUDONYM_PREFIX_MAX, &keep, err))
        return false;
    *pseudonym = pseudonym_open(args->option[first + KEY], (uint32_t)keep, err);
    if (*pseudonym != NULL)
        pseudonym_spare(*pseudonym, is_ours, rules);
    return *pseudonym != NULL;
}

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
    const char *text = args->option[first + KEEP];
    int64_t keep = 0;

    *pseudonym = NULL;
    if (args->option[first + SWITCH] == NULL)
        return true;
    if (text != NULL &&
        (!slice_int(slice_of(text), &keep) || keep < 0 || keep > PSEUDONYM_PREFIX_MAX))
        return err_set(err, EXIT_USAGE,
                       "--keep-prefix is a number from 0 to %d, not \"%s\"",
                       PSEUDONYM_PREFIX_MAX, text);
    *pseudonym = pseudonym_open(args->option[first + KEY], (uint32_t)keep, err);
    if (*pseudonym != NULL)
        pseudonym_spare(*pseudonym, is_ours, rules);
    return *pseudonym != NULL;
}

/*
 * pseudonym_options.c - the options that make pseudonyms of numbers.
 */
#include "commands/shared/pseudonym_options.h"

#include "base/base.h"
#include "commands/shared/own_number.h"

enum { SWITCH, KEY, KEEP }; /* the rows, behind FIRST */

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

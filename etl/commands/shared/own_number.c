/*
 * own_number.c - which numbers are ours.
 */
#include "commands/shared/own_number.h"

#include "base/base.h"

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

/*
 * fuzz_clock.c - any text as a time: refused, or an instant that reads back.
 *
 * The first byte chooses the order of dates.
 */
#include <assert.h>
#include <stdlib.h>

#include "leg/time/clock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read as MS must be read again from how we write it. */
static void read_back(int64_t ms)
{
    char iso[25];
    int64_t again = 0;

    instant_iso(ms, iso);
    enum clock_got got = clock_read(slice_of(iso), DATE_GUESSED, &again);
    assert(got == CLOCK_INSTANT && again == ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t year_1 = -62135596800000, year_9999 = 253402300799999;
    static struct zone *zone;
    struct err err = { 0 };
    int64_t ms = 0, earlier = 0, later = 0;

    if (zone == NULL && (zone = zone_open("Europe/Kyiv", &err)) == NULL)
        abort();
    if (size == 0)
        return 0;

    struct slice text = { (const char *)data + 1, size - 1 };

    switch (clock_read(text, (enum date_order)(data[0] % 4), &ms)) {
    case CLOCK_INSTANT:
    case CLOCK_DAY_ONLY:
        if (ms >= year_1 && ms <= year_9999)
            read_back(ms);
        break;
    case CLOCK_WALL:
        if (zone_instants(zone, ms, &earlier, &later) != WALL_SKIPPED)
            assert(earlier <= later && later - earlier <= MS_PER_DAY);
        break;
    case CLOCK_TIME_ONLY:
        assert(ms >= 0 && ms < MS_PER_DAY);
        break;
    case CLOCK_NEVER:
    case CLOCK_BAD:
        break;
    }
    (void)clock_is_minutes(text);
    return 0;
}

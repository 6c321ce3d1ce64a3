/*
 * instant.c - an instant as ISO 8601 writes it.
 */
#include "record/instant.h"

#include <stdio.h>
#include <time.h>

void instant_iso(int64_t ms, char text[static 25])
{
    time_t seconds = (time_t)(ms / MS_PER_S - (ms % MS_PER_S < 0));
    int millis = (int)(ms - (int64_t)seconds * MS_PER_S);
    struct tm tm;

    gmtime_r(&seconds, &tm);
    snprintf(text, 25, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ",
             (unsigned)(tm.tm_year + 1900) % 10000, (unsigned)(tm.tm_mon + 1) % 100,
             (unsigned)tm.tm_mday % 100, (unsigned)tm.tm_hour % 100,
             (unsigned)tm.tm_min % 100, (unsigned)tm.tm_sec % 100,
             (unsigned)millis % 1000);
}

struct period_text period_text(int64_t from, int64_t to)
{
    struct period_text text = { "", "" };

    instant_iso(from, text.from);
    instant_iso(to, text.to);
    return text;
}

/*
 * phases.c - lines of phases.
 */
#include "commands/load/phases.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/unicode.h"
#include "commands/shared/progress.h"

static const double STAYS_S = 1; /* a shorter phase is nobody's question */

static void show(const struct phases *phases, const char *what, double seconds)
{
    char *shown = text_shown(phases->report->name);

    fprintf(stderr, "\r%s: %s", shown, what);
    if (seconds >= STAYS_S)
        fprintf(stderr, ", %.0f s", seconds);
    fputs("\033[K", stderr);
    free(shown);
}

static void phases_show(const struct phases *phases, double seconds)
{
    static const char *const doing[PHASE_COUNT] = {
        [PHASE_MERGE] = "merging",
        [PHASE_STATISTICS] = "counting statistics",
        [PHASE_COMMIT] = "committing",
    };

    if (phases->phase < PHASE_COUNT && doing[phases->phase] != NULL)
        show(phases, doing[phases->phase], seconds);
}

/* The phase that ends leaves its line when it took its time. */
static void phases_leave(const struct phases *phases)
{
    static const char *const done[PHASE_COUNT] = {
        [PHASE_MERGE] = "merged",
        [PHASE_STATISTICS] = "statistics counted",
        [PHASE_COMMIT] = "committed",
    };
    double seconds = phases->report->seconds[phases->phase];
    char rows[48];

    if (seconds < STAYS_S)
        return;
    (void)snprintf(rows, sizeof rows, "%" PRIu64 " rows read", phases->report->records);
    show(phases, phases->phase == PHASE_READ ? rows : done[phases->phase], seconds);
    fputc('\n', stderr);
}

static void phases_begin(void *to, const struct report *report)
{
    struct phases *phases = to;

    if (phases->phase < PHASE_COUNT)
        phases_leave(phases);
    phases->phase = report->phase;
    if (report->phase < PHASE_COUNT)
        phases_show(phases, 0);
    else
        progress_wipe();
}

static void phases_wait(void *to)
{
    const struct phases *phases = to;

    phases_show(phases, seconds_now() - phases->report->phase_began);
}

void phases_watch(struct phases *phases, struct db *db, struct report *report)
{
    *phases = (struct phases){ .report = report, .phase = PHASE_COUNT };
    report->watch = (struct phase_watch){ phases_begin, phases };
    db_on_wait(db, phases_wait, phases);
}

void phases_end(struct phases *phases, struct db *db, struct report *report)
{
    db_on_wait(db, NULL, NULL);
    report->watch = (struct phase_watch){ 0 };
    *phases = (struct phases){ 0 };
}

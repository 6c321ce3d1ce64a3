/*
 * progress.c - one line on stderr, written over itself.
 */
#include "commands/shared/progress.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/unicode.h"

static const double AGAIN_S = 0.2; /* as often as an eye can follow */

void progress_begin(struct progress *progress)
{
    progress->began = progress->shown = seconds_now();
}

bool progress_is_due(struct progress *progress)
{
    double now = seconds_now();

    if (progress->began == 0)
        progress_begin(progress);
    if (now - progress->shown < AGAIN_S)
        return false;
    progress->shown = now;
    return true;
}

void progress_show(const struct progress *progress, const char *what, uint64_t count,
                   const char *unit, uint64_t done, uint64_t todo)
{
    double seconds = progress->shown - progress->began;
    char *shown = text_shown(what);

    fprintf(stderr, "\r%s: %" PRIu64 " %s, %.0f %s/s", shown, count, unit,
            (double)count / seconds, unit);
    free(shown);
    if (done > 0 && todo > 0)
        fprintf(stderr, ", %.0f %%, %.0f s left", 100.0 * (double)done / (double)todo,
                seconds * ((double)todo / (double)done - 1));
    fputs("\033[K", stderr);
}

void progress_wipe(void)
{
    fputs("\r\033[K", stderr);
}

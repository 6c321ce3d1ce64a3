/* commands/shared/progress.h: how much, how fast, how long yet. */
#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "base/base.h"
#include "commands/shared/progress.h"

/* Two seconds after it began. */
static const struct progress two_seconds = { .began = 10, .shown = 12 };

Test(progress, tells_speed_share_and_time_left, .init = cr_redirect_stderr)
{
    progress_show(&two_seconds, "june.csv", 1000, "rows", 25, 100);
    (void)fflush(stderr);
    cr_assert_stderr_eq_str("\rjune.csv: 1000 rows, 500 rows/s, 25 %, 6 s left\033[K");
}

/* A pipe has no size, and nothing is behind us yet. */
Test(progress, knows_no_share_of_the_unknown, .init = cr_redirect_stderr)
{
    progress_show(&two_seconds, "-", 7, "rows", 25, 0);
    progress_show(&two_seconds, "2026-06-01", 8, "legs", 0, 30);
    (void)fflush(stderr);
    cr_assert_stderr_eq_str("\r-: 7 rows, 4 rows/s\033[K"
                            "\r2026-06-01: 8 legs, 4 legs/s\033[K");
}

Test(progress, is_not_due_as_it_begins)
{
    struct progress progress = { 0 };

    cr_assert_not(progress_is_due(&progress));
    cr_assert_gt(progress.began, 0);
    progress.shown -= 1;
    cr_assert(progress_is_due(&progress));
}

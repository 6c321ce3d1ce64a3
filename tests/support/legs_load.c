/*
 * legs_load.c - rows as if they were a file.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "loader/merge/leg_counter.h"
#include "support/legs.h"

static bool put_rows(struct load *load, struct leg_counter *counter,
                     const struct row *rows, size_t count, bool is_counting,
                     struct err *err)
{
    bool ok = true;

    leg_counter_begin(counter);
    for (size_t i = 0; ok && i < count; i++) {
        struct row row = rows[i];

        load_ids(load, &row.ruleset_id, &row.run_id, &row.file_id);
        ok = leg_counter_add(counter, &row, err) &&
             (is_counting || load_put(load, &row, err));
    }
    return ok && leg_counter_end(counter, err);
}

static enum load_got read_once(struct load *load, struct leg_counter *counter,
                               const struct row *rows, size_t count, struct err *err)
{
    bool ok =
        load_begin_pass(load, err) && put_rows(load, counter, rows, count, false, err);

    return load_end_pass(load, ok, leg_counter_repeats(counter), err);
}

struct report legs_load(struct run *run, const char *name, const struct row *rows,
                        size_t count)
{
    unsigned char sum[DIGEST_BYTES];
    struct digest *digest = digest_new();
    struct report report;
    struct err err = { 0 };
    enum load_got got;

    digest_add(digest, name, strlen(name));
    digest_finish(digest, sum);
    digest_free(digest);

    struct load *load = load_open(run, name, sum, &err);

    struct leg_counter *counter = leg_counter_new(legs_decide, NULL);

    cr_assert_not_null(load, "%s", err.text);
    cr_assert_not(load_is_known(load));
    report_init(&report, name);
    report.records = count;
    report.taxonomy = legs_taxonomy();
    while ((got = read_once(load, counter, rows, count, &err)) == LOAD_AGAIN)
        ;
    cr_assert(got == LOAD_DONE && (!leg_counter_wants_again(counter) ||
                                   put_rows(load, counter, rows, count, true, &err)),
              "%s", err.text);
    cr_assert(leg_counter_finish(counter, &report, &err), "%s", err.text);
    leg_counter_free(counter);
    cr_assert(load_finish(load, &report, &err), "%s", err.text);
    load_close(load);
    return report;
}

void legs_expect_counts(struct run *run, const char *name, const struct row *rows,
                        size_t count, const uint64_t want[static 4])
{
    struct report report = legs_load(run, name, rows, count);

    cr_expect_eq(report.inserted, want[0], "%s: inserted %ju", name, report.inserted);
    cr_expect_eq(report.updated, want[1], "%s: updated %ju", name, report.updated);
    cr_expect_eq(report.unchanged, want[2], "%s: unchanged %ju", name, report.unchanged);
    cr_expect_eq(report.duplicate, want[3], "%s: duplicate %ju", name, report.duplicate);
    report_free(&report);
}

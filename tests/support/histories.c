/*
 * histories.c - seeds, one after the other.
 */
#include "support/histories.h"

#include <criterion/criterion.h>
#include <stdint.h>

#include "base/base.h"
#include "support/legs.h"

enum { HISTORIES = 12, EVERY = 100 };

static uint64_t number_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text != NULL && *text != '\0' ? strtoull(text, NULL, 10) : otherwise;
}

static bool try_one(struct db *db, history_make_fn make,
                    const struct history_rules rules[2], uint64_t seed)
{
    struct history *history = xcalloc(1, sizeof *history);
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    struct buf why = { 0 }, told = { 0 };

    make(history, &state);

    bool ok = history_play(db, history, rules, &why);

    if (!ok) {
        history_shrink(db, history, rules, &why);
        history_tell(history, &told);
        buf_addf(&told, "%s", buf_cstr(&why));
        cr_expect(
            false,
            "history %ju (CDRETL_SEED=%ju plays it again), as small as it fails:\n%s",
            (uintmax_t)seed, (uintmax_t)seed, buf_cstr(&told));
    }
    history_free(history);
    buf_free(&why);
    buf_free(&told);
    return ok;
}

void histories_run(history_make_fn make, const struct history_rules rules[2])
{
    uint64_t seed = number_of("CDRETL_SEED", 0);
    uint64_t count = number_of("CDRETL_HISTORIES", HISTORIES);
    struct db *db = legs_database(true);

    bool ok = seed == 0 || try_one(db, make, rules, seed);

    for (uint64_t i = 1; ok && seed == 0 && i <= count; i++) {
        ok = try_one(db, make, rules, i);
        if (i % EVERY == 0)
            fprintf(stderr, "%ju histories of %ju\n", (uintmax_t)i, (uintmax_t)count);
    }
    legs_database_drop(db);
}

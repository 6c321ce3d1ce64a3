/*
 * A decision table of any bytes is taken or refused with a message; what is taken
 * decides every leg.
 */
#include <assert.h>

#include "base/base.h"
#include "rules/rules_impl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void decide_some(const struct rules *rules)
{
    static const char *const causes[] = { NULL, "USER_BUSY", "NORMAL_CLEARING",
                                          "nonsense" };

    for (size_t i = 0; i < COUNTOF(causes); i++) {
        struct leg leg = { .side = 'b',
                           .answered_at = NO_TIME,
                           .media_at = NO_TIME,
                           .ended_at = NO_TIME,
                           .bridge_seconds = NO_SECONDS,
                           .ring_seconds = NO_SECONDS,
                           .hangup_cause = slice_of(causes[i]),
                           .disposition = slice_of("recv_refuse"),
                           .sip_code = (int16_t)(480 + i) };
        struct outcome outcome;
        struct buf out = { 0 };

        rules_decide(rules, &leg, &outcome);
        assert(outcome.rule < rules_count(rules));
        rules_explain(rules, &leg, &(struct explanation){ 0 }, &out);
        buf_free(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = { 0 };
    struct rules *rules = rules_facts("mappings", NULL, &err);

    if (rules == NULL) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }

    bool ok = rules_add_table(rules, "rules/fuzz.json",
                              (struct slice){ (const char *)data, size }, &err) &&
              rules_complete(rules, &err);

    assert(ok == (err.code == EXIT_DONE));
    assert(ok || *err.text != '\0');
    if (ok) {
        struct buf out = { 0 };

        (void)rules_lint(rules, &out);
        decide_some(rules);
        buf_free(&out);
    }
    rules_free(rules);
    return 0;
}

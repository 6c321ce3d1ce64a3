/*
 * rules_suggest.c - `rules suggest`: where a rule of a carrier's own would be worth most,
 * over exports or over stored legs.
 */
#include <inttypes.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/rules/rules_command.h"

struct suggestion {
    const struct rules *rules;
    const char *provider; /* only its legs; NULL: all */
    struct counter kinds;
    struct buf key;
    uint64_t legs, open;
    bool is_full;
};

enum { KINDS_MAX = 20000 }; /* exports can hold anything */

/* Legs of a trunk that only general rules decide, and not for sure. */
static bool suggest_leg(void *to, const struct row *row, struct err *err)
{
    struct suggestion *suggestion = to;
    const struct outcome *outcome = &row->outcome;
    const struct leg *leg = &row->leg;

    (void)err;
    if (suggestion->provider != NULL &&
        (outcome->provider == NULL ||
         strcmp(outcome->provider, suggestion->provider) != 0))
        return true;
    suggestion->legs++;
    if (outcome->confidence == CERTAIN || outcome->answered ||
        (leg->gateway.s == NULL && outcome->provider == NULL) ||
        rules_is_specific(suggestion->rules, outcome->rule))
        return true;
    suggestion->open++;
    suggestion->is_full = suggestion->is_full || suggestion->kinds.count == KINDS_MAX;
    if (suggestion->is_full)
        return true;
    buf_reset(&suggestion->key);
    rules_add_cell(&suggestion->key,
                   leg->gateway.s != NULL ? leg->gateway : slice_of(outcome->provider));
    buf_add_char(&suggestion->key, '	');
    rules_add_evidence(&suggestion->key, leg, outcome);
    buf_add_char(&suggestion->key, '	');
    rules_add_outcome(&suggestion->key, outcome);
    buf_addf(&suggestion->key, "\t%s", outcome->rule_id);
    counter_add(&suggestion->kinds, buf_slice(&suggestion->key), SLICE_NONE);
    return true;
}

static void suggest_print(struct suggestion *suggestion, size_t limit,
                          enum rules_format format)
{
    static const char *const head[] = { "legs",     "gateway", "release", "hangup cause",
                                        "sip code", "q850",    "now",     "by" };
    static const char *const keys[] = { "legs",     "gateway", "release", "hangup_cause",
                                        "sip_code", "q850",    "outcome", "rule_id" };
    static const struct counter_table table = { head, keys, COUNTOF(keys),
                                                "rtlt4rr5tt3" };

    counter_sort(&suggestion->kinds);
    if (format == RULES_AS_JSON)
        printf("{\"legs\":%" PRIu64 ",\"open\":%" PRIu64 ",\"kinds\":", suggestion->legs,
               suggestion->open);
    if (suggestion->kinds.count > 0 || format != RULES_AS_TABLE)
        rules_show_counter(&suggestion->kinds, &table, limit, format);
    if (format == RULES_AS_JSON)
        puts("}");
    if (format == RULES_AS_TABLE)
        printf("%" PRIu64 " of %" PRIu64 " legs went over a trunk and are decided by "
               "general rules, not for sure; a rule of the provider's own would be "
               "worth most at the top\n",
               suggestion->open, suggestion->legs);
    if (suggestion->is_full)
        log_warn("there are more than %d kinds; those that came late are left out",
                 KINDS_MAX);
}

enum exit_code rules_command_suggest(const struct context *context,
                                     const struct args *args, struct err *err)
{
    struct suggestion suggestion = { .provider = args->option[RULES_PROVIDER] };
    bool stored = period_is_given(args->option + RULES_PERIOD);
    struct rules_source source = { 0 };
    size_t limit = 0;

    if (rules_read_limit(args, &limit, err) && rules_check_format(context, args, err) &&
        rules_source_open(&source, context, args, stored, err) &&
        rules_check_provider(source.input.rules, suggestion.provider, err)) {
        suggestion.rules = source.input.rules;
        if (rules_source_each(&source, &suggestion, suggest_leg, NULL, err))
            suggest_print(&suggestion, limit, rules_format(context, args));
    }
    rules_source_close(&source);
    counter_free(&suggestion.kinds);
    buf_free(&suggestion.key);
    return err->code;
}

/*
 * explain_leg.c - why a stored leg has its outcome: the rules asked again, with
 * the evidence that the database keeps.
 */
#include "commands/explain_leg.h"

#include "base/base.h"
#include "commands/shared/leg_query.h"
#include "db/row/row_read.h"

struct asked {
    const struct rules *rules;
    const struct explanation *how;
    bool found;
};

static void print_stored(const struct rules *rules, const struct leg *leg,
                         const struct slice *value)
{
    struct slice category = value[row_column_named("category")];
    struct slice confidence = value[row_column_named("confidence")];
    struct outcome now;

    rules_decide(rules, leg, &now);

    bool same = slice_is(category, now.taxonomy->category[now.category].code) &&
                slice_is(confidence, confidence_name(now.confidence));

    printf("stored\n  " SLICE_FMT " " SLICE_FMT " by rule " SLICE_FMT "%s\n",
           SLICE_ARG(category), SLICE_ARG(confidence),
           SLICE_ARG(value[row_column_named("rule_id")]),
           same ? "" : "; recompute would change it");
}

static void explain_leg_print_explanation(void *to, const struct leg *leg,
                                          const struct slice *value)
{
    struct asked *asked = to;
    struct buf out = { 0 };

    rules_explain(asked->rules, leg, asked->how, &out);
    fputs(buf_cstr(&out), stdout);
    if (!asked->how->json)
        print_stored(asked->rules, leg, value);
    buf_free(&out);
    asked->found = true;
}

bool explain_stored(const struct rules *rules, const char *conninfo, const char *key,
                    const struct explanation *how, struct err *err)
{
    struct asked asked = { .rules = rules, .how = how };
    struct uuid uuid;
    char text[37];

    if (!uuid_read(slice_of(key), &uuid))
        return err_set(err, EXIT_USAGE, "--leg is a leg_key, a uuid, not \"%s\"", key);
    uuid_text(&uuid, text);

    struct db *db = db_open(conninfo, err);
    bool ok = db != NULL &&
              leg_query_by_key(db, text, explain_leg_print_explanation, &asked, err);

    db_close(db);
    if (ok && !asked.found)
        return err_set(err, EXIT_INPUT, "the database holds no leg %s", text);
    return ok;
}

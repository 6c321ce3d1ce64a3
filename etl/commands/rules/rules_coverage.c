/*
 * rules_coverage.c - `rules coverage`: which rules decided how many legs of a period, by
 * carrier, and which none.
 *
 * Of stored legs it counts what decided them then; legs of exports are decided now.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "commands/shared/database.h"
#include "db/sql.h"

struct coverage {
    const struct rules *rules;
    const char *provider; /* only its legs; NULL: all */
    struct counter fired; /* carrier and rule, with a tab between */
    struct buf key;
};

static const char no_carrier[] = "(none)";

static void coverage_add(struct coverage *coverage, const char *carrier,
                         const char *rule_id, uint64_t legs)
{
    buf_reset(&coverage->key);
    buf_addf(&coverage->key, "%s\t%s", carrier != NULL ? carrier : no_carrier, rule_id);
    counter_add_times(&coverage->fired, buf_slice(&coverage->key), SLICE_NONE, legs);
}

static bool coverage_put(void *to, const struct row *row, struct err *err)
{
    struct coverage *coverage = to;
    const char *carrier = row->outcome.provider;

    (void)err;
    if (coverage->provider == NULL ||
        (carrier != NULL && strcmp(carrier, coverage->provider) == 0))
        coverage_add(coverage, carrier, row->outcome.rule_id, 1);
    return true;
}

static bool coverage_ask(struct coverage *coverage, struct db *db,
                         const struct period *period, struct err *err)
{
    struct db_rows *rows =
        db_query(db, sql_stats_coverage,
                 DB_ARGS(period->from_at, period->to_at, coverage->provider), err);

    for (size_t i = 0; rows != NULL && i < db_rows_count(rows); i++)
        coverage_add(coverage, db_value(rows, i, db_column(rows, "provider")).s,
                     db_value(rows, i, db_column(rows, "rule_id")).s,
                     (uint64_t)db_int(rows, i, db_column(rows, "legs")));
    db_rows_free(rows);
    return rows != NULL;
}

static bool coverage_over_stored(struct coverage *coverage,
                                 const struct rules_source *source, struct err *err)
{
    struct period period;
    struct db *db = database_open_reader(source->context, err);
    bool ok = db != NULL &&
              period_read(db, source->period, source->context->tz, &period, err) &&
              period_warn_empty(db, &period, err) &&
              coverage_ask(coverage, db, &period, err);

    db_close(db);
    return ok;
}

/* --- what is shown --- */

static size_t rule_named(const struct rules *rules, const char *id)
{
    size_t i = 0;

    while (i < rules_count(rules) && strcmp(rules_id(rules, i), id) != 0)
        i++;
    return i;
}

/* Legs of the carrier that the row of the counter is about. */
static uint64_t legs_of_carrier(const struct counter *fired, const char *carrier,
                                size_t len)
{
    uint64_t legs = 0;

    for (size_t i = 0; i < fired->count; i++)
        if (strncmp(fired->row[i].text, carrier, len + 1) == 0)
            legs += fired->row[i].count;
    return legs;
}

/* The rows as they are shown: carrier, its share, rule, table. */
static void coverage_rows(const struct coverage *coverage, struct counter *shown,
                          bool *hit)
{
    struct buf text = { 0 };

    for (size_t i = 0; i < coverage->fired.count; i++) {
        const struct counter_row *row = &coverage->fired.row[i];
        size_t len = strcspn(row->text, "\t");
        const char *rule_id = row->text + len + 1;
        size_t rule = rule_named(coverage->rules, rule_id);
        uint64_t all = legs_of_carrier(&coverage->fired, row->text, len);
        bool is_known = rule < rules_count(coverage->rules);

        if (is_known)
            hit[rule] = true;
        buf_reset(&text);
        buf_addf(&text, "%.*s\t%.1f\t%s\t%s", (int)len, row->text,
                 100.0 * (double)row->count / (double)all, rule_id,
                 is_known ? rules_table(coverage->rules, rule) : "(not of this set)");
        counter_add_times(shown, buf_slice(&text), SLICE_NONE, row->count);
    }
    buf_free(&text);
}

static const char *const coverage_head[] = { "legs", "carrier", "% of its", "rule",
                                             "table" };
static const char *const coverage_keys[] = { "legs", "carrier", "share", "rule_id",
                                             "table" };
static const struct counter_table coverage_table = { coverage_head, coverage_keys,
                                                     COUNTOF(coverage_keys), "rlrlt3" };

static void never_print(const struct coverage *coverage, const bool *hit)
{
    const struct rules *rules = coverage->rules;
    size_t never = 0, all = 0;

    for (size_t i = 0; i < rules_count(rules); i++) {
        bool concerns = rules_concern(rules, i, coverage->provider);

        all += concerns;
        never += concerns && !hit[i];
    }
    printf("%zu of %zu rules decided a leg%s\n", all - never, all,
           never > 0 ? "; none was decided by" : "");
    for (size_t i = 0; i < rules_count(rules); i++)
        if (!hit[i] && rules_concern(rules, i, coverage->provider))
            printf("  %-24s %s\n", rules_table(rules, i), rules_id(rules, i));
}

static void never_add_json(const struct coverage *coverage, const bool *hit,
                           struct buf *out)
{
    const struct rules *rules = coverage->rules;
    const char *between = "";

    for (size_t i = 0; i < rules_count(rules); i++) {
        if (hit[i] || !rules_concern(rules, i, coverage->provider))
            continue;
        buf_addf(out, "%s{\"rule_id\":", between);
        buf_add_json(out, slice_of(rules_id(rules, i)));
        buf_add_text(out, ",\"table\":");
        buf_add_json(out, slice_of(rules_table(rules, i)));
        buf_add_char(out, '}');
        between = ",";
    }
}

/* Rules that decided nothing, as rows of CSV. */
static void never_print_csv(const struct coverage *coverage, const bool *hit)
{
    const struct rules *rules = coverage->rules;
    struct counter never = { 0 };
    struct buf text = { 0 };

    for (size_t i = 0; i < rules_count(rules); i++) {
        if (hit[i] || !rules_concern(rules, i, coverage->provider))
            continue;
        buf_reset(&text);
        buf_addf(&text, "\t\t%s\t%s", rules_id(rules, i), rules_table(rules, i));
        counter_add_times(&never, buf_slice(&text), SLICE_NONE, 0);
    }
    rules_show_counter(&never, &coverage_table, SIZE_MAX, RULES_AS_CSV_ROWS);
    counter_free(&never);
    buf_free(&text);
}

static void coverage_print(struct coverage *coverage, const struct context *context,
                           const struct args *args, size_t limit)
{
    bool *hit = xcalloc(rules_count(coverage->rules) + 1, sizeof *hit);
    enum rules_format format = rules_format(context, args);
    struct counter shown = { 0 };
    struct buf never = { 0 };

    coverage_rows(coverage, &shown, hit);
    counter_sort(&shown);
    if (format == RULES_AS_JSON)
        fputs("{\"fired\":", stdout);
    if (shown.count > 0 || format != RULES_AS_TABLE)
        rules_show_counter(&shown, &coverage_table, limit, format);
    if (format == RULES_AS_JSON) {
        never_add_json(coverage, hit, &never);
        printf(",\"never\":[%s]}\n", buf_cstr(&never));
    } else if (format == RULES_AS_CSV) {
        never_print_csv(coverage, hit);
    } else {
        never_print(coverage, hit);
    }
    counter_free(&shown);
    buf_free(&never);
    free(hit);
}

enum exit_code rules_command_coverage(const struct context *context,
                                      const struct args *args, struct err *err)
{
    struct coverage coverage = { .provider = args->option[RULES_PROVIDER] };
    bool stored = args->nwords == 0 || period_is_given(args->option + RULES_PERIOD);
    struct rules_source source = { .input.untested_rules = true };
    size_t limit = SIZE_MAX;

    if ((args->option[RULES_LIMIT] != NULL && !rules_read_limit(args, &limit, err)) ||
        !rules_check_format(context, args, err))
        return err->code;
    if (rules_source_open(&source, context, args, stored, err) &&
        rules_check_provider(source.input.rules, coverage.provider, err)) {
        coverage.rules = source.input.rules;
        if (stored ? coverage_over_stored(&coverage, &source, err)
                   : rules_source_each(&source, &coverage, coverage_put, NULL, err))
            coverage_print(&coverage, context, args, limit);
    }
    rules_source_close(&source);
    counter_free(&coverage.fired);
    buf_free(&coverage.key);
    return err->code;
}

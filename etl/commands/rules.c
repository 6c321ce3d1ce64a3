/*
 * rules.c - the mapping folder from outside: check it, read it, and by way of
 * its neighbours rules_test.c and rules_files.c, try it and compare it.
 */
#include "base/base.h"
#include "commands/rules_command.h"
#include "leg/number/number_plan.h"
#include "leg/number/prefix_list.h"

static const struct option_row options[] = {
    INTAKE_OPTIONS,
    [RULES_CASES] = { "cases", "FILE",
                      "test: run these cases (repeatable) instead of "
                      "the mapping's" },
    [RULES_PROVIDER] = { "provider", "ID", "list: only what concerns this provider" },
    [RULES_LIMIT] = { "limit", "N", "diff, suggest: at most N lines (30)" },
    PERIOD_ROWS(RULES_PERIOD),
};

/* Findings, one a line, as a JSON document. */
static void print_findings_json(const struct rules *rules, const struct buf *found)
{
    struct buf out = { 0 };

    buf_addf(&out, "{\"ruleset_id\":\"%s\",\"rules\":%zu,\"findings\":[",
             rules_identity(rules), rules_count(rules));
    rules_add_json_lines(&out, found);
    buf_add_text(&out, "]}");
    puts(buf_cstr(&out));
    buf_free(&out);
}

/* The folder whole: rules, profiles of exports, numbers, and how they begin. */
static struct rules *load_folder(const char *dir, struct err *err)
{
    struct profiles *profiles = profiles_load(dir, err);
    struct number_plan *numbers = profiles != NULL ? number_plan_load(dir, err) : NULL;
    struct buf prefixes = { 0 };
    struct rules *rules = numbers != NULL && prefix_list_load(dir, &prefixes, err)
                              ? rules_load(dir, err)
                              : NULL;

    buf_free(&prefixes);
    profiles_free(profiles);
    number_plan_free(numbers);
    return rules;
}

static enum exit_code lint(const struct context *context, const struct args *args,
                           struct err *err)
{
    struct rules *rules = load_folder(context->mappings, err);
    struct buf found = { 0 };

    (void)args;
    if (rules == NULL)
        return err->code;

    size_t count = rules_lint(rules, &found);

    if (context->json) {
        print_findings_json(rules, &found);
    } else {
        fputs(buf_cstr(&found), stdout);
        printf("%s: %zu rules, rule set %.12s, %zu finding%s\n", context->mappings,
               rules_count(rules), rules_identity(rules), count, count == 1 ? "" : "s");
    }
    if (count > 0)
        err_set(err, EXIT_MAPPING, "rules lint has %zu finding%s", count,
                count == 1 ? "" : "s");
    buf_free(&found);
    rules_free(rules);
    return err->code;
}

static enum exit_code rules_list_command(const struct context *context,
                                         const struct args *args, struct err *err)
{
    const char *provider = args->option[RULES_PROVIDER];
    struct rules *rules = rules_load(context->mappings, err);
    struct buf out = { 0 };

    if (provider == NULL && args->nwords > 0)
        provider = args->word[0];
    if (rules != NULL && rules_list(rules, provider, &out, err))
        fputs(buf_cstr(&out), stdout);
    buf_free(&out);
    rules_free(rules);
    return err->code;
}

static const struct subcommand subcommands[] = {
    { "lint", true, lint },
    { "test", true, rules_command_test },
    { "list", false, rules_list_command },
    { "diff", false, rules_command_diff },
    { "suggest", false, rules_command_suggest },
    { "new", false, rules_command_new },
};

static enum exit_code rules_command(const struct context *context,
                                    const struct args *args, struct err *err)
{
    return subcommand_run(subcommands, COUNTOF(subcommands),
                          "rules does lint, test, list, diff, suggest or new", context,
                          args, err);
}

const struct command command_rules = {
    .name = "rules",
    .synopsis = "lint | test | list [PROVIDER] | diff DIR [FILE... | --from T --to T] | "
                "suggest FILE... | new DIR",
    .summary = "Checks, tests, prints and compares the decision rules",
    .options = options,
    .noptions = COUNTOF(options),
    .has_json = true,
    .run = rules_command,
};

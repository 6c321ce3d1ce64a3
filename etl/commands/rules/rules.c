/*
 * rules.c - the mapping folder from outside: check it, read it, and by way of
 * its neighbours rules_test.c and rules_files.c, try it and compare it.
 */
#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "doc/doc.h"
#include "leg/number/number_plan.h"
#include "leg/number/prefix_list.h"

static const struct option_row options[] = {
    INTAKE_OPTIONS,
    [RULES_CASES] = { "cases", "FILE",
                      "test: run these cases (repeatable) instead of "
                      "the mapping's" },
    [RULES_PROVIDER] = { "provider", "ID",
                         "list, diff, suggest, coverage: only what concerns it" },
    [RULES_LIMIT] = { "limit", "N", "diff, suggest, compare: at most N lines (30)" },
    [RULES_LEG] = { "leg", "KEY", "cases: the stored leg of this leg_key (repeatable)" },
    [RULES_OUT] = { "out", "FILE", "cases, table, page: write to this file" },
    [RULES_READ] = { "read", "FILE", "table: this sheet as JSON" },
    [RULES_CSV] = { "csv", NULL, "coverage, compare, suggest: as CSV" },
    [RULES_FORMAT] = { "format", "html|md", "page: else by the name of --out" },
    [RULES_GATEWAY] = { "gateway", "NAME", "new carrier: its trunk (repeatable)" },
    PERIOD_ROWS(RULES_PERIOD),
};

/* Findings, one a line, as a JSON document. */
static void print_findings_json(const struct rules *rules, const struct buf *found)
{
    struct buf out = { 0 };

    buf_addf(&out, "{\"ruleset_id\":\"%s\",\"rules\":%zu,\"findings\":[",
             rules != NULL ? rules_identity(rules) : "",
             rules != NULL ? rules_count(rules) : 0);
    buf_add_json_lines(&out, found);
    buf_add_text(&out, "]}");
    puts(buf_cstr(&out));
    buf_free(&out);
}

/* What ERR says is one finding more; ERR is empty again. */
static void note_fault(struct buf *found, size_t *count, struct err *err)
{
    if (err->code == EXIT_DONE)
        return;
    buf_addf(found, "%s\n", err->text);
    ++*count;
    *err = (struct err){ 0 };
}

/*
 * The folder as a load would take it: rules, profiles of exports, and numbers.  Faults go
 * to FOUND, all of them.  NULL: there are no rules to look at.
 */
static struct rules *load_folder(const char *dir, struct buf *found, size_t *count,
                                 struct err *err)
{
    struct rules *rules = rules_load_all(dir, found, count, err);
    struct doc_faults faults = { .out = found };

    note_fault(found, count, err);
    if (!profiles_check(dir, &faults, err))
        note_fault(found, count, err);
    if (!number_plan_check(dir, &faults, err))
        note_fault(found, count, err);
    if (!prefix_list_check(dir, &faults, err))
        note_fault(found, count, err);
    *count += faults.count;
    return rules;
}

/* Where they are in the way of nothing else, what merely looks wrong. */
static size_t lint_all(const struct rules *rules, size_t faults, struct buf *found)
{
    size_t count = rules_lint_folders(rules, found) + rules_lint_cases(rules, found);

    return count + (faults == 0 ? rules_lint(rules, found) : 0);
}

/* One finding is said; of several, how many. */
static void say_findings(const struct buf *found, size_t count, struct err *err)
{
    struct slice first = slice_before(buf_slice(found), '\n');

    if (count == 1)
        err_set(err, EXIT_MAPPING, SLICE_FMT, SLICE_ARG(first));
    else if (count > 1)
        err_set(err, EXIT_MAPPING, "%zu findings; the first: " SLICE_FMT, count,
                SLICE_ARG(first));
}

static enum exit_code lint(const struct context *context, const struct args *args,
                           struct err *err)
{
    struct buf found = { 0 };
    size_t count = 0;
    struct rules *rules = load_folder(context->mappings, &found, &count, err);

    (void)args;
    if (rules != NULL)
        count += lint_all(rules, count, &found);
    if (context->json)
        print_findings_json(rules, &found);
    else
        fputs(buf_cstr(&found), stdout);
    if (!context->json && rules != NULL)
        printf("%s: %zu rules, rule set %.12s, %zu finding%s\n", context->mappings,
               rules_count(rules), rules_identity(rules), count, count == 1 ? "" : "s");
    say_findings(&found, count, err);
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
    { "cases", true, rules_command_cases },
    { "list", false, rules_list_command },
    { "table", false, rules_command_table },
    { "page", false, rules_command_page },
    { "diff", false, rules_command_diff },
    { "suggest", true, rules_command_suggest },
    { "coverage", true, rules_command_coverage },
    { "compare", true, rules_command_compare },
    { "new", false, rules_command_new },
    { "history", true, rules_command_history },
    { "restore", false, rules_command_restore },
};

/* Options that a subcommand takes: a bit each, by place in the table above. */
#define BIT(option) (UINT64_C(1) << (option))
#define INPUT       (BIT(INTAKE_COUNT) - 1)
#define PERIOD      ((BIT(PERIOD_OPTIONS) - 1) << RULES_PERIOD)
#define LEGS        (INPUT | PERIOD | BIT(RULES_LIMIT))

_Static_assert(RULES_COUNT <= 64, "there are bits enough");

static const uint64_t takes[] = {
    0,
    BIT(RULES_CASES),
    INPUT | BIT(RULES_LEG) | BIT(RULES_OUT),
    BIT(RULES_PROVIDER),
    BIT(RULES_OUT) | BIT(RULES_READ),
    BIT(RULES_OUT) | BIT(RULES_FORMAT),
    LEGS | BIT(RULES_PROVIDER),
    LEGS | BIT(RULES_PROVIDER) | BIT(RULES_CSV),
    LEGS | BIT(RULES_PROVIDER) | BIT(RULES_CSV),
    LEGS | BIT(RULES_CSV),
    INPUT | PERIOD | BIT(RULES_GATEWAY),
    0,
    0,
};

_Static_assert(COUNTOF(takes) == COUNTOF(subcommands), "options of each subcommand");

/* What is given on the command line and would be passed over is refused. */
static bool rules_check_options(const struct args *args, size_t subcommand,
                                struct err *err)
{
    for (size_t i = 0; i < args->ngiven; i++) {
        size_t option = args->given[i].option;

        if (option < COUNTOF(options) && !args->given[i].by_environment &&
            (BIT(option) & takes[subcommand]) == 0)
            return err_set(err, EXIT_USAGE, "rules %s takes no --%s",
                           subcommands[subcommand].name, options[option].name);
    }
    return options_choice(&options[RULES_FORMAT], args->option[RULES_FORMAT], NULL, err);
}

static enum exit_code rules_command(const struct context *context,
                                    const struct args *args, struct err *err)
{
    for (size_t i = 0; args->nwords > 0 && i < COUNTOF(subcommands); i++)
        if (strcmp(args->word[0], subcommands[i].name) == 0 &&
            !rules_check_options(args, i, err))
            return err->code;
    return subcommand_run(
        subcommands, COUNTOF(subcommands),
        "rules does lint, test, cases, list, table, page, diff, suggest, "
        "coverage, compare, new, history or restore",
        context, args, err);
}

const struct command command_rules = {
    .name = "rules",
    .synopsis =
        "lint | test | cases FILE:LINE... | list [PROVIDER] | table NAME | page PROVIDER "
        "| "
        "diff DIR [FILE... | --from T --to T] | "
        "suggest [FILE... | --from T --to T] | coverage [FILE... | --from T --to T] | "
        "compare A B [FILE... | --from T --to T] | "
        "new DIR, or carrier NAME --from FILE | history | restore SET DIR",
    .summary = "Checks, tests, prints and compares the decision rules",
    .options = options,
    .noptions = COUNTOF(options),
    .has_json = true,
    .run = rules_command,
};

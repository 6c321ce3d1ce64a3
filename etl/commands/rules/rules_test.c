/*
 * rules_test.c - `rules test`: what the rules say against what people expect.
 */

#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "rules/cases/cases.h"

struct testing {
    const struct rules *rules;
    struct case_list list;       /* the folders' own, or files of the user's choice */
    struct cases_result *result; /* a file; owned */
    bool from_outside; /* files of the user's choice: every disputed case is shown */
    struct buf out;    /* a line a case that came out otherwise */
    uint64_t *hits;    /* a rule; owned */
};

static void add_file(struct testing *testing, const char *path)
{
    struct case_list *list = &testing->list;

    list->file = xrealloc(list->file, list->count + 1, sizeof *list->file);
    list->file[list->count++] = (struct case_path){ .path = xstrdup(path) };
}

static bool find_files(struct testing *testing, const struct args *args, struct err *err)
{
    for (size_t i = 0; i < args->ngiven; i++)
        if (args->given[i].option == RULES_CASES)
            add_file(testing, args->given[i].value);
    for (size_t i = 0; i < args->nwords; i++)
        add_file(testing, args->word[i]);
    testing->from_outside = testing->list.count > 0;
    return testing->from_outside || case_list_load(testing->rules, &testing->list, err);
}

static size_t failures(const struct cases_result *result)
{
    return result->cases - result->disputed - result->passed + result->linked -
           result->linked_passed;
}

/* How rules_test() ends its lines about disputed cases. */
static const char otherwise[] = "(disputed)", alike[] = "(disputed, alike)";

/* The lines of OUT that end in END; NULL: those that end in neither. */
static void print_lines(struct buf *out, const char *end, const char *title)
{
    struct slice rest = buf_slice(out), line;
    bool titled = false;

    while (slice_next(&rest, '\n', &line)) {
        bool disputed = slice_ends(line, otherwise) || slice_ends(line, alike);

        if (end != NULL ? !slice_ends(line, end) : disputed)
            continue;
        if (!titled)
            puts(title);
        titled = true;
        printf("  " SLICE_FMT "\n", SLICE_ARG(line));
    }
}

static void print_untouched(const struct testing *testing)
{
    size_t untouched = 0, count = rules_count(testing->rules);

    for (size_t i = 0; i < count; i++)
        untouched += testing->hits[i] == 0;
    printf("%zu of %zu rules decide a case%s\n", count - untouched, count,
           untouched > 0 ? "; no case reaches" : "");
    for (size_t i = 0; i < count; i++)
        if (testing->hits[i] == 0)
            printf("  %-24s %s\n", rules_table(testing->rules, i),
                   rules_id(testing->rules, i));
}

/* Rows that say not yet what is expected: their lines are those of faults. */
static size_t blanks(const struct testing *testing)
{
    size_t count = 0;

    for (size_t i = 0; i < testing->list.count; i++)
        count += testing->result[i].blank;
    return count;
}

static void rules_test_print_text(struct testing *testing)
{
    print_lines(&testing->out, NULL, "failed");
    if (testing->from_outside)
        print_lines(&testing->out, alike, "disputed, and decided alike");
    print_lines(&testing->out, otherwise, "disputed, and decided otherwise on purpose");
    for (size_t i = 0; i < testing->list.count; i++) {
        const struct cases_result *result = &testing->result[i];

        printf("%s: %zu of %zu passed", testing->list.file[i].path, result->passed,
               result->cases - result->disputed);
        if (result->disputed > 0)
            printf(", %zu of %zu disputed ones alike", result->disputed_passed,
                   result->disputed);
        if (result->blank > 0)
            printf(", %zu still blank", result->blank);
        if (result->linked > 0)
            printf(", %zu of %zu calls", result->linked_passed, result->linked);
        puts("");
    }
    print_untouched(testing);
}

static void add_json_file(struct buf *out, const char *path,
                          const struct cases_result *result)
{
    buf_add_text(out, "{\"file\":");
    buf_add_json(out, slice_of(path));
    buf_addf(out,
             ",\"cases\":%zu,\"passed\":%zu,\"failed\":%zu,\"disputed\":%zu,"
             "\"disputed_alike\":%zu,\"calls\":%zu,\"calls_passed\":%zu,\"blank\":%zu}",
             result->cases, result->passed, failures(result), result->disputed,
             result->disputed_passed, result->linked, result->linked_passed,
             result->blank);
}

static void rules_test_print_json(struct testing *testing)
{
    struct buf out = { 0 };

    buf_addf(&out, "{\"ruleset_id\":\"%s\",\"files\":[", rules_identity(testing->rules));
    for (size_t i = 0; i < testing->list.count; i++) {
        buf_add_text(&out, i > 0 ? "," : "");
        add_json_file(&out, testing->list.file[i].path, &testing->result[i]);
    }
    buf_add_text(&out, "],\"otherwise\":[");
    buf_add_json_lines(&out, &testing->out);
    buf_add_text(&out, "]}");
    puts(buf_cstr(&out));
    buf_free(&out);
}

static void rules_test_judge(const struct testing *testing, struct err *err)
{
    size_t failed = 0;

    for (size_t i = 0; i < testing->list.count; i++)
        failed += failures(&testing->result[i]);
    if (failed > 0)
        err_set(err, EXIT_MAPPING, "%zu undisputed case%s failed", failed,
                failed == 1 ? "" : "s");
    else if (blanks(testing) > 0)
        err_set(err, EXIT_MAPPING, "%zu case%s still blank: write what the call came to",
                blanks(testing), blanks(testing) == 1 ? " is" : "s are");
}

enum exit_code rules_command_test(const struct context *context, const struct args *args,
                                  struct err *err)
{
    struct testing testing = { 0 };
    struct rules *rules = rules_load(context->mappings, err);

    testing.rules = rules;

    bool ok = rules != NULL && find_files(&testing, args, err);

    testing.result = xcalloc(testing.list.count + 1, sizeof *testing.result);
    testing.hits = xcalloc(rules != NULL ? rules_count(rules) : 1, sizeof *testing.hits);
    for (size_t i = 0; ok && i < testing.list.count; i++)
        ok = rules_test(rules, &testing.list, i, &testing.result[i], &testing.out, err) &&
             rules_cover(rules, testing.list.file[i].path, testing.hits, err);
    if (ok) {
        if (context->json)
            rules_test_print_json(&testing);
        else
            rules_test_print_text(&testing);
        rules_test_judge(&testing, err);
    }
    case_list_free(&testing.list);
    free(testing.result);
    buf_free(&testing.out);
    free(testing.hits);
    rules_free(rules);
    return err->code;
}

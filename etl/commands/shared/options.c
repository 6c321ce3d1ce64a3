/*
 * options.c - command lines by table: flags, environment twins, subcommands, help.
 */
#include <ctype.h>
#include <getopt.h>
#include <inttypes.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "commands/shared/command.h"
#include "output/text_table.h"
#include "rules/rules.h"

enum { OPTION_BASE = 256, HELP_COLUMN = 30 };
enum { SECONDS_MAX = 24 * 60 * 60, HOURS_MAX = 1000000 };

static void options_give(struct args *args, size_t option, const char *value)
{
    args->option[option] = value;
    args->given = xrealloc(args->given, args->ngiven + 1, sizeof *args->given);
    args->given[args->ngiven++] = (struct given){ .option = option, .value = value };
}

/* --max-rejects is CDRETL_MAX_REJECTS in the environment. */
static char environment_letter(char c)
{
    if (c == '-')
        return '_';
    return (char)toupper((unsigned char)c);
}

void options_environment(const struct option_row *options, size_t noptions,
                         struct args *args)
{
    struct buf name = { 0 };

    for (size_t i = 0; i < noptions; i++) {
        buf_reset(&name);
        buf_add_text(&name, "CDRETL_");
        for (const char *c = options[i].name; *c != '\0'; c++)
            buf_add_char(&name, environment_letter(*c));

        const char *value = getenv(buf_cstr(&name));

        if (value == NULL || *value == '\0' || args->option[i] != NULL)
            continue;
        options_give(args, i, options[i].argument != NULL ? value : "");
        args->given[args->ngiven - 1].by_environment = true;
    }
    buf_free(&name);
}

/* Options that WORD, without its dashes, begins, or the one that it is nearest to. */
static void add_meant(struct buf *out, const struct option *table, const char *word)
{
    struct nearest nearest = { .word = word };
    size_t begun = 0;

    for (size_t i = 0; table[i].name != NULL; i++)
        if (*word != '\0' && strncmp(table[i].name, word, strlen(word)) == 0)
            buf_addf(out, "%s--%s", begun++ == 0 ? ": it may be " : ", ", table[i].name);
    for (size_t i = 0; begun == 0 && table[i].name != NULL; i++)
        nearest_try(&nearest, table[i].name);
    if (begun == 0 && nearest.name != NULL)
        buf_addf(out, ": did you mean --%s?", nearest.name);
}

static bool usage(struct err *err, int got, const struct option *table, char **argv)
{
    const char *word = argv[optind - 1];
    struct buf meant = { 0 };

    if (got != ':' && strncmp(word, "--", 2) == 0) {
        struct slice name = slice_before(slice_of(word + 2), '=');
        char *copy = xstrndup(name.s, name.len);

        add_meant(&meant, table, copy);
        free(copy);
    }
    err_set(err, EXIT_USAGE, "%s%s%s (see cdretl --help)",
            got == ':' ? "an argument is missing behind " : "unknown option ", word,
            buf_cstr(&meant));
    buf_free(&meant);
    return false;
}

/* -q and its like; NULL: there is no such letter. */
static const char *name_of_letter(int letter)
{
    static const struct {
        int letter;
        const char *name;
    } letters[] = {
        { 'q', "quiet" }, { 'v', "verbose" }, { 'h', "help" }, { 'V', "version" }
    };

    for (size_t i = 0; i < COUNTOF(letters); i++)
        if (letters[i].letter == letter)
            return letters[i].name;
    return NULL;
}

static bool parse(const struct option *table, char **argv, bool stop_at_word,
                  struct args *args, struct err *err)
{
    int argc = 0, got;

    while (argv[argc] != NULL)
        argc++;
    optind = 0; /* glibc: begin anew */
    while ((got = getopt_long(argc, argv, stop_at_word ? "+:qvhV" : ":qvhV", table,
                              NULL)) != -1) {
        if (got >= OPTION_BASE) {
            options_give(args, (size_t)(got - OPTION_BASE), optarg != NULL ? optarg : "");
            continue;
        }

        const char *name = name_of_letter(got);
        size_t place = 0;

        while (name != NULL && table[place].name != NULL &&
               strcmp(table[place].name, name) != 0)
            place++;
        if (name == NULL || table[place].name == NULL)
            return usage(err, got, table, argv);
        options_give(args, place, "");
    }
    args->word = argv + optind;
    args->nwords = (size_t)(argc - optind);
    return true;
}

bool options_parse(const struct option_row *options, size_t noptions, char **argv,
                   bool stop_at_word, struct args *args, struct err *err)
{
    struct option *table = xcalloc(noptions + 1, sizeof *table);

    *args = (struct args){ .option = xcalloc(noptions, sizeof *args->option) };
    for (size_t i = 0; i < noptions; i++) {
        table[i].name = options[i].name;
        table[i].has_arg = options[i].argument != NULL ? required_argument : no_argument;
        table[i].val = OPTION_BASE + (int)i;
    }

    bool ok = parse(table, argv, stop_at_word, args, err);

    free(table);
    return ok;
}

void options_free(struct args *args)
{
    free(args->option);
    free(args->given);
    *args = (struct args){ 0 };
}

/* VALUE, unless it is NULL, is a number from LEAST to MOST. */
static bool option_is_number(const char *value, int64_t least, int64_t most,
                             int64_t *number)
{
    return value == NULL ||
           (slice_int(slice_of(value), number) && *number >= least && *number <= most);
}

bool options_number(const char *option, const char *value, int64_t least, int64_t most,
                    int64_t *number, struct err *err)
{
    return option_is_number(value, least, most, number) ||
           err_set(err, EXIT_USAGE,
                   "--%s is a number from %" PRId64 " to %" PRId64 ", not \"%s\"", option,
                   least, most, value);
}

bool options_hours(const char *option, const char *value, struct err *err)
{
    int64_t hours;

    return option_is_number(value, 0, HOURS_MAX, &hours) ||
           err_set(err, EXIT_USAGE, "--%s is a number of hours, not \"%s\"", option,
                   value);
}

bool options_seconds(const char *option, const char *value, uint32_t *seconds,
                     struct err *err)
{
    int64_t number = 0;

    if (!option_is_number(value, 0, SECONDS_MAX, &number))
        return err_set(err, EXIT_USAGE, "--%s is a number of seconds, not \"%s\"", option,
                       value);
    *seconds = (uint32_t)number;
    return true;
}

const char **options_all(const struct args *args, size_t option, size_t *count)
{
    const char **value = NULL;

    *count = 0;
    for (size_t i = 0; i < args->ngiven; i++)
        if (args->given[i].option == option) {
            value = xrealloc(value, *count + 1, sizeof *value);
            value[(*count)++] = args->given[i].value;
        }
    return value;
}

/* The values of an option's argument, with | between them; NULL: any will do. */
static const char *values_of(const struct option_row *option)
{
    const char *argument = option->argument;
    const char *behind = argument != NULL ? strchr(argument, '=') : NULL;

    if (behind != NULL)
        return behind + 1;
    return argument != NULL && strchr(argument, '|') != NULL ? argument : NULL;
}

bool options_choice(const struct option_row *option, const char *value, int *choice,
                    struct err *err)
{
    struct slice rest = slice_of(values_of(option)), one;
    struct buf all = { 0 };
    bool found = value == NULL || rest.s == NULL;

    for (int place = 0; !found && slice_next(&rest, '|', &one); place++) {
        found = slice_is(one, value);
        if (found && choice != NULL)
            *choice = place;
        buf_addf(&all, "%s" SLICE_FMT, place > 0 ? ", " : "", SLICE_ARG(one));
    }
    if (!found)
        err_set(err, EXIT_USAGE, "--%s is one of %s, not \"%s\"", option->name,
                buf_cstr(&all), value);
    buf_free(&all);
    return found;
}

void options_print(const struct option_row *options, size_t noptions)
{
    struct buf line = { 0 };

    for (size_t i = 0; i < noptions; i++) {
        const char *argument = options[i].argument;
        struct slice name = slice_before(slice_of(argument != NULL ? argument : ""), '=');

        buf_reset(&line);
        buf_addf(&line, "  --%s%s" SLICE_FMT, options[i].name, name.len > 0 ? " " : "",
                 SLICE_ARG(name));
        do
            buf_add_char(&line, ' ');
        while (line.len < HELP_COLUMN);
        buf_add_text(&line, options[i].help);
        text_line_print(buf_cstr(&line), HELP_COLUMN);
    }
    buf_free(&line);
}

/* Values from the table of options, and from the mapping files. */

static void print_named(const char *values)
{
    struct slice rest = slice_of(values), one;

    while (slice_next(&rest, '|', &one))
        printf("    " SLICE_FMT "\n", SLICE_ARG(one));
}

static void print_providers(const struct rules *rules)
{
    for (size_t i = 0; i < rules_provider_count(rules); i++)
        printf("    %s\n", rules_provider(rules, i).id);
}

static void values_print_categories(const struct rules *rules)
{
    const struct taxonomy *taxonomy = rules_taxonomy(rules);

    for (size_t i = 0; i < taxonomy->count; i++)
        printf("    %s\n", taxonomy->category[i].code);
}

void option_values_print(const struct option_row *option, const char *mappings)
{
    const char *values = values_of(option);
    bool providers = strcmp(option->name, "provider") == 0;

    if (values != NULL) {
        print_named(values);
    } else if (providers || strcmp(option->name, "category") == 0) {
        struct err ignored = { 0 }; /* whoever completes is told nothing */
        struct rules *rules = rules_load(mappings, &ignored);

        if (rules != NULL && providers)
            print_providers(rules);
        else if (rules != NULL)
            values_print_categories(rules);
        rules_free(rules);
    }
}

/* Commands whose first word chooses what is done. */

enum exit_code subcommand_run(const struct subcommand *subcommands, size_t count,
                              const char *does, const struct context *context,
                              const struct args *args, struct err *err)
{
    struct args behind = *args;

    if (args->nwords > 0) {
        behind.word++;
        behind.nwords--;
    }
    struct nearest nearest = { .word = args->nwords > 0 ? args->word[0] : "" };

    for (size_t i = 0; args->nwords > 0 && i < count; i++) {
        if (strcmp(args->word[0], subcommands[i].name) != 0) {
            nearest_try(&nearest, subcommands[i].name);
            continue;
        }
        if (context->json_is_asked && !subcommands[i].has_json) {
            err_set(err, EXIT_USAGE, "%s prints no JSON document", subcommands[i].name);
            return err->code;
        }
        return subcommands[i].run(context, &behind, err);
    }
    err_set(err, EXIT_USAGE, "%s%s%s%s%s%s", does, args->nwords > 0 ? ", not " : "",
            nearest.word, nearest.name != NULL ? ": did you mean " : "",
            nearest.name != NULL ? nearest.name : "", nearest.name != NULL ? "?" : "");
    return err->code;
}

/*
 * options.c - command lines by table: flags, environment twins, help.
 */
#include <ctype.h>
#include <getopt.h>

#include "base/base.h"
#include "base/buf.h"
#include "commands/command.h"

enum { OPTION_BASE = 256, HELP_COLUMN = 30, SECONDS_MAX = 24 * 60 * 60 };

static void options_give(struct args *args, size_t option, const char *value)
{
    args->option[option] = value;
    args->given = xrealloc(args->given, args->ngiven + 1, sizeof *args->given);
    args->given[args->ngiven++] = (struct given){ option, value };
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

        if (value != NULL && *value != '\0' && args->option[i] == NULL)
            options_give(args, i, options[i].argument != NULL ? value : "");
    }
    buf_free(&name);
}

static bool usage(struct err *err, int got, char **argv)
{
    const char *word = argv[optind - 1];

    return err_set(err, EXIT_USAGE, "%s%s (see cdretl --help)",
                   got == ':' ? "an argument is missing behind " : "unknown option ",
                   word);
}

static bool parse(const struct option *table, char **argv, bool stop_at_word,
                  struct args *args, struct err *err)
{
    int argc = 0, got;

    while (argv[argc] != NULL)
        argc++;
    optind = 0; /* glibc: begin anew */
    while ((got = getopt_long(argc, argv, stop_at_word ? "+:qv" : ":qv", table, NULL)) !=
           -1) {
        if (got >= OPTION_BASE) {
            options_give(args, (size_t)(got - OPTION_BASE), optarg != NULL ? optarg : "");
            continue;
        }
        size_t place = 0;

        while (table[place].name != NULL &&
               strcmp(table[place].name, got == 'q' ? "quiet" : "verbose") != 0)
            place++;
        if ((got != 'q' && got != 'v') || table[place].name == NULL)
            return usage(err, got, argv);
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

bool options_seconds(const char *option, const char *value, uint32_t *seconds,
                     struct err *err)
{
    int64_t number = 0;

    if (value != NULL &&
        (!slice_int(slice_of(value), &number) || number < 0 || number > SECONDS_MAX))
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

void options_print(const struct option_row *options, size_t noptions)
{
    for (size_t i = 0; i < noptions; i++) {
        const char *argument = options[i].argument;
        int printed = printf("  --%s%s%s", options[i].name, argument != NULL ? " " : "",
                             argument != NULL ? argument : "");
        int gap = printed < HELP_COLUMN ? HELP_COLUMN - printed : 1;

        printf("%*s%s\n", gap, "", options[i].help);
    }
}

bool options_choice(const char *option, const char *value, const char *const *names,
                    int *choice, struct err *err)
{
    struct buf all = { 0 };

    if (value == NULL)
        return true;
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(value, names[i]) == 0) {
            *choice = i;
            buf_free(&all);
            return true;
        }
        buf_addf(&all, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    err_set(err, EXIT_USAGE, "--%s is one of %s, not \"%s\"", option, buf_cstr(&all),
            value);
    buf_free(&all);
    return false;
}

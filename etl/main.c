/*
 * main.c - the program's table of contents, and the one place that says errors.
 */
#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/nearest.h"
#include "base/stop.h"
#include "commands/shared/command.h"
#include "commands/shared/mapping_path.h"
#include "db/db_conn.h"
#include "output/terminal.h"

static const struct command *const commands[] = {
    &command_init,    &command_load,    &command_check,     &command_probe,
    &command_rules,   &command_explain, &command_stats,     &command_numbers,
    &command_report,  &command_status,  &command_recompute, &command_recount,
    &command_rejects, &command_unload,  &command_purge,     &command_compact,
    &command_forget,  &command_doctor,
};

enum {
    GLOBAL_DB,
    GLOBAL_MAPPINGS,
    GLOBAL_TZ,
    GLOBAL_JSON,
    GLOBAL_PROGRESS,
    GLOBAL_QUIET,
    GLOBAL_VERBOSE,
    GLOBAL_LOG_FORMAT,
    GLOBAL_HELP,
    GLOBAL_VERSION,
    GLOBAL_COUNT
};

static const struct option_row globals[] = {
    [GLOBAL_DB] = { "db", "CONNINFO",
                    "database, as libpq takes it (else its environment)" },
    [GLOBAL_MAPPINGS] = { "mappings", "DIR",
                          "a mapping folder: a whole set, or what lies over the shipped "
                          "one; @N: a set of `rules history` (repeatable)" },
    [GLOBAL_TZ] = { "tz", "ZONE", "zone of times without one, e.g. Europe/Kyiv" },
    [GLOBAL_JSON] = { "json", NULL,
                      "print one JSON document instead of text, where there is one" },
    [GLOBAL_PROGRESS] = { "progress", NULL,
                          "show progress even when stderr is no terminal" },
    [GLOBAL_QUIET] = { "quiet", NULL, "only errors (-q)" },
    [GLOBAL_VERBOSE] = { "verbose", NULL, "notes too (-v)" },
    [GLOBAL_LOG_FORMAT] = { "log-format", "text|json", "how messages are written" },
    [GLOBAL_HELP] = { "help", NULL, "this help; behind a command, the command's (-h)" },
    [GLOBAL_VERSION] = { "version", NULL, "the program's version (-V)" },
};

static const char program[] = "cdretl " CDRETL_VERSION;

static void print_help(void)
{
    puts("Usage: cdretl [options] COMMAND [options] [arguments]\n"
         "       cdretl help COMMAND\n"
         "\n"
         "Carries Webitel call detail records into PostgreSQL, with the cause of every\n"
         "call's end decided per carrier, and how sure that is.\n"
         "\n"
         "Commands:");
    for (size_t i = 0; i < COUNTOF(commands); i++)
        printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    puts("\nOptions of every command (environment twin: CDRETL_TZ for --tz, and so on):");
    options_print(globals, COUNTOF(globals));
    puts("\nExit codes:\n"
         "  0  done (a file that is already loaded counts as done)\n"
         "  1  done, but some records were rejected, below the limit\n"
         "  2  usage\n"
         "  3  an input file was refused\n"
         "  4  the mapping files are not valid\n"
         "  5  database\n"
         "  6  too many rejects, nothing of that file was kept\n"
         "  7  another run holds the lock\n"
         "  8  internal error\n"
         "  130, 143  interrupted, nothing of the current file kept");
}

static void print_command_help(const struct command *command)
{
    printf("Usage: cdretl [options] %s %s\n\n%s\n", command->name, command->synopsis,
           command->summary);
    if (command->noptions > 0)
        puts("\nOptions:");
    options_print(command->options, command->noptions);
    puts("\nOptions of every command:");
    options_print(globals, COUNTOF(globals));
}

/* NULL with ERR (EXIT_USAGE): there is none, and which one was probably meant. */
static const struct command *command_named(const char *name, struct err *err)
{
    struct nearest nearest = { .word = name };

    for (size_t i = 0; i < COUNTOF(commands); i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
        nearest_try(&nearest, commands[i]->name);
    }
    err_set(err, EXIT_USAGE, "unknown command \"%s\"%s%s%s (see cdretl --help)", name,
            nearest.name != NULL ? ": did you mean " : "",
            nearest.name != NULL ? nearest.name : "", nearest.name != NULL ? "?" : "");
    return NULL;
}

static bool is_text_or_json(const char *format)
{
    return format == NULL || strcmp(format, "text") == 0 || strcmp(format, "json") == 0;
}

/* GLOBAL are the values of the global options. */
static bool setup(const char *const *global, struct context *context, struct err *err)
{
    const char *format = global[GLOBAL_LOG_FORMAT];
    bool quiet = global[GLOBAL_QUIET] != NULL;

    if (!is_text_or_json(format))
        return err_set(err, EXIT_USAGE, "--log-format is text or json, not \"%s\"",
                       format);
    log_setup(format != NULL && *format == 'j' ? LOG_JSON : LOG_TEXT,
              quiet ? -1 : global[GLOBAL_VERBOSE] != NULL);
    if (!db_conninfo_check(global[GLOBAL_DB], err))
        return false;
    context->db = global[GLOBAL_DB];
    context->tz = global[GLOBAL_TZ];
    context->json = global[GLOBAL_JSON] != NULL;
    context->progress = !log_is_json() && (global[GLOBAL_PROGRESS] != NULL ||
                                           (isatty(STDERR_FILENO) != 0 && !quiet));
    return true;
}

/* The command's options first, so that it finds them at 0; the global ones behind. */
static struct option_row *all_options(const struct command *command)
{
    struct option_row *options =
        xcalloc(command->noptions + GLOBAL_COUNT, sizeof *options);

    for (size_t i = 0; i < command->noptions; i++)
        options[i] = command->options[i];
    memcpy(options + command->noptions, globals, sizeof globals);
    return options;
}

/* --mappings in front of the command's name, behind it, or in the environment. */
static bool find_mappings(const struct args *before, const struct args *args,
                          size_t noptions, const char *conninfo,
                          struct mapping_sets *sets, struct err *err)
{
    size_t nfirst, nlast;
    const char **first = options_all(before, GLOBAL_MAPPINGS, &nfirst);
    const char **last = options_all(args, noptions + GLOBAL_MAPPINGS, &nlast);
    const char **given = xcalloc(nfirst + nlast + 1, sizeof *given);

    for (size_t i = 0; i < nfirst; i++)
        given[i] = first[i];
    for (size_t i = 0; i < nlast; i++)
        given[nfirst + i] = last[i];

    size_t count = nfirst + nlast;

    if (count == 0 && args->option[noptions + GLOBAL_MAPPINGS] != NULL)
        given[count++] = args->option[noptions + GLOBAL_MAPPINGS];

    bool ok = mapping_sets_open(given, count, conninfo, CDRETL_PREFIX, sets, err);

    free(first);
    free(last);
    free(given);
    return ok;
}

static void log_start(const char *command)
{
    struct buf members = { 0 };

    buf_addf(&members, "\"command\":\"%s\",\"program\":\"%s\"", command, program);
    log_event("start", buf_cstr(&members));
    buf_free(&members);
}

static void log_end(enum exit_code code, double seconds)
{
    struct buf members = { 0 };

    if (code == EXIT_SIGINT || code == EXIT_SIGTERM)
        log_event("signal", code == EXIT_SIGINT ? "\"signal\":\"SIGINT\""
                                                : "\"signal\":\"SIGTERM\"");
    buf_addf(&members, "\"exit\":%d,\"seconds\":%.3f", (int)code, seconds);
    log_event("end", buf_cstr(&members));
    buf_free(&members);
}

static bool setup_command(const struct command *command, const char *const *global,
                          bool json_is_asked, struct context *context, struct err *err)
{
    if (!setup(global, context, err))
        return false;
    if (json_is_asked && !command->has_json)
        return err_set(err, EXIT_USAGE, "%s prints no JSON document", command->name);
    context->json = context->json && command->has_json;
    context->json_is_asked = json_is_asked;
    return true;
}

static enum exit_code run_with_mappings(const struct command *command,
                                        const struct args *before,
                                        const struct args *args, struct context *context,
                                        struct err *err)
{
    struct mapping_sets sets;
    enum exit_code code = EXIT_DONE;

    if (find_mappings(before, args, command->noptions, context->db, &sets, err)) {
        context->mappings = sets.path;
        log_start(command->name);
        code = command->run(context, args, err);
    }
    mapping_sets_close(&sets);
    return code;
}

/* BEFORE: the global options in front of the command's name; those behind it win. */
static enum exit_code run_command(const struct command *command, char **argv,
                                  const struct args *before, struct context *context,
                                  struct err *err)
{
    struct option_row *options = all_options(command);
    size_t noptions = command->noptions + GLOBAL_COUNT;
    struct args args = { 0 };
    enum exit_code code = EXIT_DONE;

    if (options_parse(options, noptions, argv, false, &args, err)) {
        const char **global = args.option + command->noptions;

        for (size_t i = 0; i < GLOBAL_COUNT; i++)
            if (global[i] == NULL)
                global[i] = before->option[i];

        bool json_is_asked = global[GLOBAL_JSON] != NULL;
        bool wants_help = global[GLOBAL_HELP] != NULL;
        bool wants_version = global[GLOBAL_VERSION] != NULL;

        options_environment(options, noptions, &args);
        if (wants_help) {
            print_command_help(command);
        } else if (wants_version) {
            puts(program);
        } else if (setup_command(command, global, json_is_asked, context, err)) {
            code = run_with_mappings(command, before, &args, context, err);
        }
    }
    options_free(&args);
    free(options);
    return code;
}

/* `help COMMAND --OPTION`: the option, and a line for each value that it takes. */
static bool print_option_help(const struct command *command, const char *name,
                              struct err *err)
{
    struct option_row *options = all_options(command);
    size_t noptions = command->noptions + GLOBAL_COUNT, i = 0;
    char *mappings = mapping_path(NULL, 0, CDRETL_PREFIX);

    while (i < noptions && strcmp(options[i].name, name) != 0)
        i++;
    if (i == noptions) {
        err_set(err, EXIT_USAGE, "%s has no option --%s (see cdretl help %s)",
                command->name, name, command->name);
    } else {
        options_print(&options[i], 1);
        option_values_print(&options[i], mappings);
    }
    free(mappings);
    free(options);
    return err->code == EXIT_DONE;
}

/* WORD: what stands behind `help`. */
static void help_command(char **word, size_t nwords, struct err *err)
{
    const struct command *command = nwords > 0 ? command_named(word[0], err) : NULL;

    if (nwords == 0)
        print_help();
    else if (command != NULL && nwords > 1 && strncmp(word[1], "--", 2) == 0)
        (void)print_option_help(command, word[1] + 2, err);
    else if (command != NULL)
        print_command_help(command);
}

static enum exit_code main_run(char **argv, struct err *err)
{
    struct args args = { 0 };
    enum exit_code code = EXIT_DONE;
    const struct command *command = NULL;

    if (!options_parse(globals, GLOBAL_COUNT, argv, true, &args, err))
        code = err->code;
    else if (args.nwords > 0 && strcmp(args.word[0], "help") == 0)
        help_command(args.word + 1, args.nwords - 1, err);
    else if (args.nwords > 0)
        command = command_named(args.word[0], err);
    else if (args.option[GLOBAL_VERSION] != NULL)
        puts(program);
    else if (args.option[GLOBAL_HELP] != NULL)
        print_help();
    else
        err_set(err, EXIT_USAGE, "a command is missing (see cdretl --help)");
    if (command != NULL) {
        struct context context = { .program = program, .prefix = CDRETL_PREFIX };

        code = run_command(command, args.word, &args, &context, err);
    }
    options_free(&args);
    return code;
}

/*
 * Where a standard stream came closed, the next file we open would be taken for it: a
 * database's socket for stdout, say.  In its place stands something that fails at once.
 */
static void fill_closed_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            abort();
}

int main(int argc, char **argv)
{
    const char *format = getenv("CDRETL_LOG_FORMAT");
    double began = seconds_now();
    struct err err = { 0 };

    (void)argc;
    fill_closed_streams();
    setlocale(LC_CTYPE, "C.UTF-8");
    terminal_guard();
    stop_watch();
    /* A command line that cannot be read is told of in the form that is asked for, too.
     */
    if (format != NULL && strcmp(format, "json") == 0)
        log_setup(LOG_JSON, 0);

    enum exit_code code = main_run(argv, &err);

    if (fflush(stdout) != 0 || ferror(stdout) != 0)
        err_set(&err, EXIT_USAGE, "the results could not be written to stdout");
    if (err.code != EXIT_DONE) {
        log_error(&err);
        code = err.code;
    }
    log_end(code, seconds_now() - began);
    return (int)code;
}

/*
 * command.h - what a command is: one entry of the table in main.c.
 *
 * Options are data: a table of name, argument and one line of help.  The help
 * text is a loop over it, every option has an environment twin
 * (--max-rejects: CDRETL_MAX_REJECTS; a flag beats it), and the global options
 * may stand on either side of the command's name.
 */
#ifndef ETL_COMMANDS_SHARED_COMMAND_H
#define ETL_COMMANDS_SHARED_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/file_report.h"

/*
 * An option's argument is named as help shows it, FILE or N.  One of few values says
 * them: "call|attempt", or behind its name where they are many: "KEY=day|hour|queue".
 */
struct option_row {
    const char *name;     /* without the dashes */
    const char *argument; /* NULL: a flag */
    const char *help;     /* one line */
};

/* The help of --note, of commands whose runs record a rule set. */
#define RULE_SET_NOTE "why there is this rule set, for `rules history`; the first counts"

/* A command line, taken apart by options_parse(). */
struct args {
    const char **option; /* by place in the table; NULL: not given, "" for a flag */
    size_t nwords;
    char **word; /* what is no option, in order */
    struct given {
        size_t option;
        const char *value;
        bool by_environment;
    } * given; /* every option as given, in order, for those that repeat */
    size_t ngiven;
};

/* What the global options say. */
struct context {
    const char *program;  /* name and version */
    const char *db;       /* --db CONNINFO; NULL: libpq's own ways */
    const char *mappings; /* the mapping folders, colons between */
    const char *prefix;   /* where the program is installed */
    const char *tz;       /* --tz ZONE; NULL */
    bool json, progress;
    bool json_is_asked; /* on the command line, not in the environment alone */
};

struct command {
    const char *name;
    const char *synopsis; /* the arguments, as help shows them */
    const char *summary;  /* one line */
    const struct option_row *options;
    size_t noptions;
    bool has_json; /* --json means something; a subcommand may know better */
    /*
     * Do it.  A failure is an ERR and its code; a result that is no failure but
     * no plain success either (EXIT_REJECTS) is returned with ERR empty.
     */
    enum exit_code (*run)(const struct context *context, const struct args *args,
                          struct err *err);
};

/* `rules lint`, `rejects list`: the first word chooses, the others are what it gets. */
struct subcommand {
    const char *name;
    bool has_json;
    enum exit_code (*run)(const struct context *context, const struct args *args,
                          struct err *err);
};

/* Run the one that is asked for; else ERR (EXIT_USAGE) is DOES: what there is. */
enum exit_code subcommand_run(const struct subcommand *subcommands, size_t count,
                              const char *does, const struct context *context,
                              const struct args *args, struct err *err);

extern const struct command command_check, command_compact, command_doctor,
    command_explain, command_forget, command_init, command_load, command_numbers,
    command_probe, command_purge, command_recompute, command_recount, command_rejects,
    command_report, command_rules, command_stats, command_status, command_unload;

/*
 * Take ARGV apart by the NOPTIONS rows of OPTIONS; ARGV[0] is skipped.  False
 * with ERR (EXIT_USAGE).  STOP_AT_WORD: what follows the first word is words.
 */
bool options_parse(const struct option_row *options, size_t noptions, char **argv,
                   bool stop_at_word, struct args *args, struct err *err) MUST_USE;

/* Give what was not given but stands in the environment. */
void options_environment(const struct option_row *options, size_t noptions,
                         struct args *args);
void options_free(struct args *args);

/*
 * The place of VALUE among those of OPTION's argument into *CHOICE, unless that is NULL;
 * it stays as it is when VALUE is NULL.  False with ERR (EXIT_USAGE): it is none of them.
 */
bool options_choice(const struct option_row *option, const char *value, int *choice,
                    struct err *err) MUST_USE;

/*
 * VALUE into *NUMBER, from LEAST to MOST; NULL leaves that as it is.  False with ERR
 * (EXIT_USAGE).
 */
bool options_number(const char *option, const char *value, int64_t least, int64_t most,
                    int64_t *number, struct err *err) MUST_USE;

/* False with ERR (EXIT_USAGE) unless VALUE, which may be NULL, is a number of hours. */
bool options_hours(const char *option, const char *value, struct err *err) MUST_USE;

/*
 * VALUE, which may be NULL, into *SECONDS, a day at most.  False with ERR
 * (EXIT_USAGE).
 */
bool options_seconds(const char *option, const char *value, uint32_t *seconds,
                     struct err *err) MUST_USE;

/* Every value of an option that may be repeated, *COUNT of them; NULL: none, free() it.
 */
const char **options_all(const struct args *args, size_t option, size_t *count);

/* Lines "  --name ARGUMENT   help" on stdout. */
void options_print(const struct option_row *options, size_t noptions);

/*
 * For shells that complete, a line "    VALUE" for each value of OPTION: those that it
 * names, or the providers and categories that the mapping folder MAPPINGS knows.  None
 * where any text will do.
 */
void option_values_print(const struct option_row *option, const char *mappings);

/* A line or two for each file, then the categories of legs and calls. */
void output_reports(const struct run_report *run);

#endif

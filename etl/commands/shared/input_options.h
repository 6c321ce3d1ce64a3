/*
 * input_options.h - what load, check and probe share: reading options, files, progress.
 */
#ifndef ETL_COMMANDS_SHARED_INPUT_OPTIONS_H
#define ETL_COMMANDS_SHARED_INPUT_OPTIONS_H

#include "commands/shared/command.h"
#include "flow.h"
#include "leg/number/number_plan.h"

/* Rows of the option tables of commands that read exports; keep the order, and that of
 * values, which is that of enum date_order and enum ambiguous_time. */
#define INTAKE_OPTIONS                                                                   \
    { "profile", "NAME", "kind of export (else found out)" },                            \
        { "encoding", "NAME", "character set (else UTF-8, or windows-1251)" },           \
        { "delimiter", "CHAR", "between CSV cells; tab for a tab (else found out)" },    \
        { "date-order", "ORDER=guess|dmy|mdy|ymd",                                       \
          "dmy, mdy or ymd, where a date leaves it open" },                              \
        { "date", "DAY", "YYYY-MM-DD of starts that show only a time" },                 \
        { "ambiguous-time", "WHICH=earlier|later|reject",                                \
          "earlier, later or reject, in a repeated hour" },                              \
        { "max-rejects", "N|P%", "roll a file back that has more rejects" },             \
        { "no-adjacency", NULL, "do not link neighbouring rows without ids" },           \
    {                                                                                    \
        "untested-rules", NULL, "go on although the mapping's cases fail"                \
    }

enum input_option {
    INTAKE_PROFILE,
    INTAKE_ENCODING,
    INTAKE_DELIMITER,
    INTAKE_DATE_ORDER,
    INTAKE_DATE,
    INTAKE_AMBIGUOUS_TIME,
    INTAKE_MAX_REJECTS,
    INTAKE_NO_ADJACENCY,
    INTAKE_UNTESTED_RULES,
    INTAKE_COUNT
};

/* Everything needed to read files and decide their legs. */
struct input_options {
    struct reader_options options;
    struct reject_limit limit;
    struct zone *zone;           /* owned; options.parse_options borrows it */
    struct profiles *profiles;   /* owned */
    struct rules *rules;         /* owned */
    struct number_plan *numbers; /* owned; options.parse_options borrows it */
    const char *tz;              /* as given; NULL */
    char *given;                 /* what was given, a JSON object; owned */
    bool untested_rules;         /* set before input_open(): also without the option */
    bool progress;
    bool spooled; /* set before input_open(): files come by input_add(), one by one */
    char **file;  /* owned; folders are replaced by their files, in name order */
    size_t nfiles, ndone;  /* the first NDONE have their fate */
    struct report *report; /* owned, one a file */
    struct left *left;     /* owned: files of a spool that stay there */
    size_t nleft;
    enum exit_code other;            /* what went wrong beside the files themselves */
    const struct replayed *replayed; /* NULL, or what a replay adds to the report */
};

/*
 * Read the options, load and prove the mappings, list the files.  False with
 * ERR; input_close() in any case.
 */
bool input_open(struct input_options *input, const struct context *context,
                const struct args *args, struct err *err) MUST_USE;
void input_close(struct input_options *input);

/* A flow over READER with everything that the options say; the rest is the caller's. */
struct flow input_flow(const struct input_options *input, struct reader *reader,
                       struct report *report);

/*
 * What ERR means for the file of REPORT.  True: the file is refused or rolled
 * back, REPORT says why, ERR is empty again, the next file may come.  False: the
 * run must end.
 */
bool input_file_failed(struct report *report, struct err *err);

/* Nothing of a line of progress is left on the terminal. */
void input_progress_done(const struct input_options *input);

/* With --log-format json: a line with what became of a file. */
void input_log_file(const struct report *report);

/* The run's code: of the worst file; ERR says what to look for when it is a failure. */
enum exit_code input_verdict(const struct input_options *input, struct err *err);

/* ERR ends the run in the middle of the file of REPORT, of which nothing was kept. */
void input_run_failed(struct report *report, const struct err *err);

/* One more file; its place. */
size_t input_add(struct input_options *input, const char *file);

/* Take the file that was added last away again: it has no fate. */
void input_drop(struct input_options *input);

/*
 * Files came to their fates in any order: the first NDONE are those that HAVE one now,
 * and the others come behind them.
 */
void input_sort_done(struct input_options *input, const bool *have);

/* The file NAME stays where it is, for WHY. */
void input_leave(struct input_options *input, const char *name, const char *why);

/*
 * Print the reports of what is done, as text or as one JSON document with every count.
 * The run's code: ERR's where it is a failure already, else of the worst file, which ERR
 * then names.
 */
enum exit_code input_print(const struct input_options *input,
                           const struct context *context, const char *kind,
                           int64_t run_id, struct err *err);

#endif

/*
 * forget.c - erase a subscriber's number from all that is stored, and keep it out.
 */
#include "loader/retention/forget.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/load/spool.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/pseudonym_options.h"
#include "rules/rules.h"

enum {
    FORGET_PSEUDONYMISE,
    FORGET_SPOOL = PSEUDONYM_OPTION_COUNT,
    FORGET_DRY_RUN,
    FORGET_WAIT,
    FORGET_COUNT
};

static const struct option_row options[] = {
    PSEUDONYM_OPTIONS,
    [FORGET_SPOOL] = { "spool", "DIR",
                       "remove exports of its processed/ and failed/ that hold it" },
    [FORGET_DRY_RUN] = { "dry-run", NULL, "count what would change, change nothing" },
    [FORGET_WAIT] = { "wait", "SECONDS", "wait so long for another run to end (else 0)" },
};

static const char beyond_reach[] =
    "backups and archived logs of the database, row versions that it has not vacuumed "
    "yet, what was masked before it came, forms that mappings/numbers.json does not name";

/* What nobody looked at, for SPOOL is NULL, or must not change. */
static const char *exports_beyond_reach(const char *spool)
{
    return spool == NULL
               ? "the exports themselves and their folders (processed/, failed/), "
               : "exports outside of that spool, ";
}

/* What is done, beside the database. */
struct forget_exports {
    const char *spool; /* NULL: exports are not looked at */
    struct spool_found found;
};

/* Without the number that providers.json knows a carrier by, its legs lose their carrier.
 */
static bool check_owner(const struct rules *rules, const char *text, struct err *err)
{
    const char *carrier = own_number_carrier(rules, text);

    return carrier == NULL ||
           err_set(err, EXIT_USAGE,
                   "%s is a number by which the mappings know the carrier %s: it is "
                   "yours, no subscriber's",
                   text, carrier);
}

/* Who is to be forgotten, and by what is known who that is. */
struct numbers {
    const struct rules *rules;
    const struct number_plan *plan;
    struct number *number;
    size_t count;
};

static bool forget_add_spelling(struct numbers *numbers, const struct number *number,
                                bool is_spelling, struct err *err)
{
    if (!check_owner(numbers->rules, number->s, err))
        return false;
    numbers->number = xgrow(numbers->number, numbers->count, sizeof *numbers->number);
    numbers->number[numbers->count] = *number;
    numbers->number[numbers->count++].is_spelling = is_spelling;
    return true;
}

/* A number, and all other ways in which the plan says it is written. */
static bool forget_add_number(struct numbers *numbers, const char *text, struct err *err)
{
    struct spelling spelling[SPELLINGS_MAX];
    struct number number = { .s = "" };
    char e164[E164_SIZE];
    bool ok = number_read(text, &number, err) && check_owner(numbers->rules, text, err) &&
              forget_add_spelling(numbers, &number, false, err);
    size_t count = ok && number_plan_any(numbers->plan, slice_of(text), e164)
                       ? number_plan_spellings(numbers->plan, e164, spelling)
                       : 0;

    for (size_t i = 0; ok && i < count; i++) {
        struct number other = { .s = "" };

        /* A 00 in front is found anyway. */
        if (strcmp(spelling[i].s, number.s) == 0 ||
            slice_starts(slice_of(spelling[i].s), "00") ||
            strlen(spelling[i].s) > NUMBER_MAX)
            continue;
        memcpy(other.s, spelling[i].s, strlen(spelling[i].s) + 1);
        ok = forget_add_spelling(numbers, &other, true, err);
    }
    return ok;
}

/* A number a line: what stands on a command line is seen by all who list processes. */
static bool forget_add_lines(struct numbers *numbers, struct err *err)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    bool ok = true;

    while (ok && (len = getline(&line, &room, stdin)) >= 0) {
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = '\0';
        ok = len == 0 || forget_add_number(numbers, line, err);
    }
    free(line);
    return ok;
}

static bool read_numbers(const struct args *args, struct numbers *numbers,
                         struct err *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < args->nwords; i++)
        if (strcmp(args->word[i], "-") == 0)
            ok = forget_add_lines(numbers, err);
        else
            ok = forget_add_number(numbers, args->word[i], err);
    return ok && (numbers->count > 0 ||
                  err_set(err, EXIT_USAGE,
                          "forget needs a number, e.g. +380671234567, or - for standard "
                          "input"));
}

static void forget_print_text(const struct forget_report *report,
                              const struct forget_exports *exports, bool dry_run)
{
    printf("%" PRIu64 " leg%s, %" PRIu64 " version%s, %" PRIu64 " reject%s and %" PRIu64
           " file%s of the ledger %s\n",
           report->legs, plural_s(report->legs), report->versions,
           plural_s(report->versions), report->rejects, plural_s(report->rejects),
           report->files, plural_s(report->files), dry_run ? "would change" : "changed");
    if (!dry_run)
        puts("the number stays away when exports are loaded again");
    if (exports->spool != NULL)
        printf("%" PRIu64 " export%s of %s that held it %s; %" PRIu64
               " in incoming/ hold%s it and stay: a load takes it out\n",
               exports->found.removed, plural_s(exports->found.removed), exports->spool,
               dry_run ? "would be removed" : "removed", exports->found.waiting,
               exports->found.waiting == 1 ? "s" : "");
    printf("not reached: %s%s\n", exports_beyond_reach(exports->spool), beyond_reach);
}

static void forget_print_json(const struct run *run, const struct forget_report *report,
                              const struct forget_exports *exports, enum exit_code code)
{
    struct buf out = { 0 }, beyond = { 0 };

    database_add_run(&out, run, code);
    buf_addf(&out,
             ",\"legs\":%" PRIu64 ",\"versions\":%" PRIu64 ",\"rejects\":%" PRIu64
             ",\"files\":%" PRIu64 ",\"fresh\":%" PRIu64 ",\"beyond_reach\":",
             report->legs, report->versions, report->rejects, report->files,
             report->fresh);
    buf_addf(&beyond, "not reached: %s%s", exports_beyond_reach(exports->spool),
             beyond_reach);
    buf_add_json(&out, buf_slice(&beyond));
    if (exports->spool != NULL)
        buf_addf(&out, ",\"exports\":{\"removed\":%" PRIu64 ",\"waiting\":%" PRIu64 "}",
                 exports->found.removed, exports->found.waiting);
    buf_add_char(&out, '}');
    puts(buf_cstr(&out));
    buf_free(&out);
    buf_free(&beyond);
}

static bool forget(struct db *db, const struct context *context,
                   const struct run_settings *settings, const struct numbers *numbers,
                   const char *spool, struct err *err)
{
    struct forget_report report = { 0 };
    struct forget_exports exports = { .spool = spool };
    bool dry_run = settings->dry_run;
    struct run *run = run_start(db, settings, err);
    bool ok = run != NULL &&
              forget_run(run, numbers->number, numbers->count, dry_run, &report, err) &&
              (spool == NULL || spool_search(spool, numbers->number, numbers->count,
                                             dry_run, &exports.found, err));

    if (!ok && report.stays_away)
        log_warn("not all is erased yet: run it again; the number stays away already");
    if (run != NULL && context->json)
        forget_print_json(run, &report, &exports, err->code);
    else if (ok)
        forget_print_text(&report, &exports, dry_run);
    return database_end_run(run, ok, err);
}

static enum exit_code forget_command(const struct context *context,
                                     const struct args *args, struct err *err)
{
    struct run_settings settings = { .kind = "forget",
                                     .program = context->program,
                                     .dry_run = args->option[FORGET_DRY_RUN] != NULL };
    struct numbers numbers = { 0 };
    struct rules *rules = NULL;
    struct number_plan *plan = NULL;
    struct db *db = NULL;
    bool ok = options_seconds("wait", args->option[FORGET_WAIT], &settings.wait, err) &&
              (rules = rules_load(context->mappings, err)) != NULL &&
              (plan = number_plan_load(context->mappings, err)) != NULL;

    numbers.rules = rules;
    numbers.plan = plan;
    ok = ok && read_numbers(args, &numbers, err) &&
         pseudonym_options(args, FORGET_PSEUDONYMISE, rules, &settings.pseudonym, err) &&
         (db = database_open_writer(context, err)) != NULL &&
         pseudonym_agree(settings.pseudonym, db, 0, err);

    if (ok && !forget(db, context, &settings, &numbers, args->option[FORGET_SPOOL], err))
        err_at(err, "forget: ");
    db_close(db);
    pseudonym_free(settings.pseudonym);
    rules_free(rules);
    number_plan_free(plan);
    free(numbers.number);
    return err->code;
}

const struct command command_forget = {
    .name = "forget",
    .synopsis = "NUMBER | - ...",
    .summary = "Erases a subscriber's number from all that is stored, for good",
    .options = options,
    .noptions = FORGET_COUNT,
    .has_json = true,
    .run = forget_command,
};

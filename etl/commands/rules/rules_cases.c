/*
 * rules_cases.c - `rules cases`: records of exports and stored legs as rule cases, whose
 * expectation the owner of the mapping fills in.
 */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>

#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "commands/shared/database.h"
#include "commands/shared/leg_query.h"
#include "output/file.h"
#include "rules/cases/cases.h"

/* Records of a file, by the lines on which they begin. */
struct wanted_lines {
    char *file; /* owned */
    uint64_t first, last;
    bool is_whole; /* all of the file, or of the files of a folder */
    uint64_t found;
};

enum { TOLD_AT_MOST = 1024 }; /* bytes about what is no case */

struct cases {
    const struct rules *rules;
    struct wanted_lines *span; /* owned */
    size_t nspans;
    struct rules_source source; /* of records */
    FILE *to;
    bool json;
    bool has_header; /* the captions are there */
    uint64_t rows;
    struct buf line, missed; /* missed: what is asked for and is no case */
};

/* FILE:LINE, FILE:FIRST-LAST, or a file or folder as a whole. */
static bool lines_read(const char *word, struct wanted_lines *span, struct err *err)
{
    const char *colon = strrchr(word, ':');
    struct slice lines = slice_of(colon != NULL ? colon + 1 : NULL), from, to;
    int64_t first = 0, last = 0;
    struct stat st;

    *span = (struct wanted_lines){ .is_whole =
                                       stat(word, &st) == 0 || strcmp(word, "-") == 0 };
    if (span->is_whole) {
        span->file = xstrdup(word);
        return true;
    }
    from = slice_before(lines, '-');
    to = from.len < lines.len
             ? (struct slice){ lines.s + from.len + 1, lines.len - from.len - 1 }
             : from;
    if (colon == NULL)
        return err_set(err, EXIT_INPUT, "%s: %s", word, strerror(ENOENT));
    if (!slice_int(from, &first) || !slice_int(to, &last) || first < 1 || last < first)
        return err_set(err, EXIT_USAGE,
                       "\"%s\": write FILE:LINE, FILE:FIRST-LAST or the FILE alone",
                       word);
    span->file = xstrndup(word, (size_t)(colon - word));
    span->first = (uint64_t)first;
    span->last = (uint64_t)last;
    return true;
}

static bool all_lines_read(struct cases *cases, const struct args *args, struct err *err)
{
    cases->span = xcalloc(args->nwords + 1, sizeof *cases->span);
    for (size_t i = 0; i < args->nwords; i++) {
        if (!lines_read(args->word[i], &cases->span[i], err))
            return false;
        cases->nspans++;
    }
    return true;
}

/* FILE is what the span names, or lies in the folder that it names. */
static bool lines_are_of(const struct wanted_lines *span, const char *file)
{
    size_t len = strlen(span->file);

    return strncmp(file, span->file, len) == 0 &&
           (file[len] == '\0' || (span->is_whole && strchr(file + len, '/') != NULL));
}

/* Is the record on LINE of the file that is being read asked for?  It is noted.  By its
 * line alone: a file as a whole may well have records that are none. */
static bool cases_want(struct cases *cases, uint64_t line, bool by_line)
{
    bool wanted = false;

    for (size_t i = 0; i < cases->nspans; i++) {
        struct wanted_lines *span = &cases->span[i];

        if (!lines_are_of(span, cases->source.file) ||
            (!span->is_whole && (line < span->first || line > span->last)))
            continue;
        span->found++;
        wanted = wanted || !by_line || !span->is_whole;
    }
    return wanted;
}

static void cases_add(struct cases *cases, const struct leg *leg,
                      const struct outcome *outcome, const char *id, const char *source)
{
    const struct case_origin origin = { id, source };
    struct rule_case row;

    buf_reset(&cases->line);
    if (cases->json)
        buf_add_text(&cases->line, cases->rows > 0 ? "," : "{\"cases\":[");
    else if (!cases->has_header)
        case_add_header(&cases->line);
    cases->has_header = true;
    case_of_leg(cases->rules, leg, outcome, &origin, &row);
    if (cases->json)
        case_add_json(&cases->line, &row);
    else
        case_add_csv(&cases->line, &row);
    (void)fwrite(cases->line.s, 1, cases->line.len, cases->to);
    cases->rows++;
    case_row_free(&row);
}

static bool cases_put(void *to, const struct row *row, struct err *err)
{
    struct cases *cases = to;
    struct slice stem = slice_before(slice_of(path_base(cases->source.file)), '.');
    uint64_t line = row->leg.line_no;
    struct buf id = { 0 }, source = { 0 };

    (void)err;
    if (!cases_want(cases, line, false))
        return true;
    buf_addf(&id, SLICE_FMT "-%" PRIu64, SLICE_ARG(stem),
             line > 0 ? line : cases->rows + 1);
    buf_add_text(&source, cases->source.file);
    if (line > 0)
        buf_addf(&source, ":%" PRIu64, line);
    cases_add(cases, &row->leg, &row->outcome, buf_cstr(&id), buf_cstr(&source));
    buf_free(&id);
    buf_free(&source);
    return true;
}

static void cases_miss(struct cases *cases, const char *file, uint64_t line,
                       const char *why)
{
    buf_addf(&cases->missed, "%s%s", cases->missed.len > 0 ? "; " : "", file);
    if (line > 0)
        buf_addf(&cases->missed, ":%" PRIu64, line);
    buf_addf(&cases->missed, ": %s", why);
}

static bool cases_put_reject(void *to, const struct reject *reject, struct err *err)
{
    struct cases *cases = to;
    struct buf why = { 0 };

    (void)err;
    if (cases_want(cases, reject->line, true)) {
        buf_addf(&why, "the record is rejected, %s%s%s", reject_name(reject->code),
                 reject->column != NULL ? " in " : "",
                 reject->column != NULL ? reject->column : "");
        if (cases->missed.len < TOLD_AT_MOST)
            cases_miss(cases, cases->source.file, reject->line, buf_cstr(&why));
    }
    buf_free(&why);
    return true;
}

static bool cases_from_files(struct cases *cases, const struct context *context,
                             const struct args *args, struct err *err)
{
    struct args files = *args;
    bool ok;

    if (cases->nspans == 0)
        return true;
    cases->source = (struct rules_source){ .input.untested_rules = true };
    files.word = xcalloc(cases->nspans, sizeof *files.word);
    files.nwords = 0;
    for (size_t i = 0; i < cases->nspans; i++) {
        bool is_new = true;

        assert(cases->span[i].file != NULL);
        for (size_t k = 0; k < files.nwords; k++)
            is_new = is_new && strcmp(files.word[k], cases->span[i].file) != 0;
        if (is_new)
            files.word[files.nwords++] = cases->span[i].file;
    }
    ok = rules_source_open(&cases->source, context, &files, false, err);
    cases->rules = cases->source.input.rules;
    ok = ok && rules_source_each(&cases->source, cases, cases_put, cases_put_reject, err);
    rules_source_close(&cases->source);
    free(files.word);
    for (size_t i = 0; ok && i < cases->nspans; i++)
        if (cases->span[i].found == 0)
            cases_miss(cases, cases->span[i].file, cases->span[i].first,
                       "no record begins there");
    return ok;
}

static void cases_take_stored(void *to, const struct leg *leg, const struct slice *value)
{
    struct cases *cases = to;
    struct outcome outcome;
    struct buf source = { 0 };
    char key[37];

    (void)value;
    uuid_text(&leg->key, key);
    buf_addf(&source, "leg %s", key);
    key[8] = '\0'; /* its first part tells legs of a file apart */
    rules_decide(cases->rules, leg, &outcome);
    cases_add(cases, leg, &outcome, key, buf_cstr(&source));
    buf_free(&source);
}

static bool cases_from_keys(struct cases *cases, struct db *db, const char *const *key,
                            size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t before = cases->rows;
        struct uuid uuid;
        char text[37];

        if (!uuid_read(slice_of(key[i]), &uuid))
            return err_set(err, EXIT_USAGE, "--leg is a leg_key, a uuid, not \"%s\"",
                           key[i]);
        uuid_text(&uuid, text);
        if (!leg_query_by_key(db, text, cases_take_stored, cases, err))
            return false;
        if (cases->rows == before)
            cases_miss(cases, text, 0, "the database holds no such leg");
    }
    return true;
}

static bool cases_from_stored(struct cases *cases, const struct context *context,
                              const struct args *args, struct err *err)
{
    size_t count = 0;
    const char **key = options_all(args, RULES_LEG, &count);
    struct rules *rules = count > 0 ? rules_load(context->mappings, err) : NULL;
    struct db *db = rules != NULL ? database_open(context, err) : NULL;
    bool ok = count == 0 || db != NULL;

    cases->rules = rules;
    ok = ok && cases_from_keys(cases, db, key, count, err);
    db_close(db);
    rules_free(rules);
    free(key);
    return ok;
}

static bool cases_write(struct cases *cases, const struct context *context,
                        const struct args *args, struct err *err)
{
    if (!all_lines_read(cases, args, err) ||
        !cases_from_files(cases, context, args, err) ||
        !cases_from_stored(cases, context, args, err))
        return false;
    if (cases->json)
        fputs(cases->rows > 0 ? "]}\n" : "{\"cases\":[]}\n", cases->to);
    return cases->missed.len == 0 ||
           err_set(err, EXIT_INPUT, "%s", buf_cstr(&cases->missed));
}

/* The rows that the file at PATH has already stay in front; it must be one of ours. */
static bool cases_keep(struct cases *cases, const char *path, struct err *err)
{
    FILE *old = cases->json ? NULL : file_open(path);
    struct buf header = { 0 };
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    bool ok = true;

    case_add_header(&header);
    while (ok && old != NULL && (len = getline(&line, &cap, old)) > 0) {
        ok = cases->has_header || strcmp(line, buf_cstr(&header)) == 0 ||
             err_set(err, EXIT_USAGE,
                     "%s: is no file of cases as this command writes it, so it is left "
                     "alone; name another one",
                     path);
        cases->has_header = ok;
        if (ok)
            fprintf(cases->to, "%s%s", line, line[len - 1] == '\n' ? "" : "\n");
    }
    if (old != NULL)
        (void)fclose(old);
    free(line);
    buf_free(&header);
    return ok;
}

/* To the file of --out, or to standard output. */
static bool cases_give(struct cases *cases, const struct context *context,
                       const struct args *args, struct err *err)
{
    const char *path = args->option[RULES_OUT];
    struct file_out *file;
    bool ok;

    cases->to = stdout;
    if (path == NULL || strcmp(path, "-") == 0)
        return cases_write(cases, context, args, err);
    file = file_create(path, 0666, err);
    if (file == NULL)
        return false;
    cases->to = file_stream(file);
    ok = cases_keep(cases, path, err) && cases_write(cases, context, args, err);
    return file_finish(file, ok, err) && ok;
}

enum exit_code rules_command_cases(const struct context *context, const struct args *args,
                                   struct err *err)
{
    struct cases cases = { .json = context->json };

    if (args->nwords == 0 && args->option[RULES_LEG] == NULL)
        err_set(err, EXIT_USAGE,
                "rules cases takes records: FILE:LINE ..., or --leg KEY of stored ones");
    else
        (void)cases_give(&cases, context, args, err);
    for (size_t i = 0; i < cases.nspans; i++)
        free(cases.span[i].file);
    free(cases.span);
    buf_free(&cases.line);
    buf_free(&cases.missed);
    return err->code;
}

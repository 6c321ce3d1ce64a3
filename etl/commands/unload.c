/*
 * unload.c - take files back: what they brought goes, the ledger keeps their rows.
 */
#include "loader/unload.h"

#include <inttypes.h>
#include <sys/stat.h>

#include "base/base.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "readers/reader.h"
#include "rules/rules.h"

enum { UNLOAD_DRY_RUN, UNLOAD_WAIT, UNLOAD_COUNT };
enum { DIGEST_TEXT_MIN = 8, RUN_TEXT_MAX = 9 };

static const struct option_row options[] = {
    [UNLOAD_DRY_RUN] = { "dry-run", NULL, "count what would change, change nothing" },
    [UNLOAD_WAIT] = { "wait", "SECONDS", "wait so long for another run to end (else 0)" },
};

/* A file that is there is meant by its bytes, whatever it was called. */
static bool find_bytes(struct db *db, const char *path, struct unload_files *files,
                       struct err *err)
{
    unsigned char sha256[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];

    if (!reader_digest(path, sha256, err)) {
        err_at(err, "%s: ", path);
        return false;
    }
    digest_hex(sha256, hex);
    return unload_find(db, hex, NULL, NULL, files, err);
}

static bool is_run(const char *word)
{
    size_t len = strspn(word, "0123456789");

    return len > 0 && len <= RUN_TEXT_MAX && word[len] == '\0';
}

static bool is_digest(const char *word)
{
    size_t len = strspn(word, "0123456789abcdef");

    return len >= DIGEST_TEXT_MIN && len <= 2 * (size_t)DIGEST_BYTES && word[len] == '\0';
}

static bool find_word(struct db *db, const char *word, struct unload_files *files,
                      struct err *err)
{
    struct stat st;

    if (stat(word, &st) == 0 && S_ISREG(st.st_mode))
        return find_bytes(db, word, files, err);
    if (is_run(word))
        return unload_find(db, NULL, word, NULL, files, err);
    if (is_digest(word))
        return unload_find(db, word, NULL, NULL, files, err);
    return unload_find(db, NULL, NULL, word, files, err);
}

/* By a name or a part of a digest, one file; a run may have loaded many. */
static bool is_one(const char *word, const struct unload_files *files, size_t from,
                   struct err *err)
{
    size_t loaded = 0;

    for (size_t i = from; i < files->count; i++)
        loaded += files->file[i].is_loaded;
    if (files->count == from)
        return err_set(err, EXIT_USAGE,
                       "%s: the ledger has no such file; name it as it was loaded, by "
                       "its digest (cdr.file.sha256), or by its run",
                       word);
    return loaded <= 1 || is_run(word) ||
           err_set(err, EXIT_USAGE,
                   "%s: %zu loaded files are called so: name one by its digest "
                   "(cdr.file.sha256)",
                   word, loaded);
}

/* Those that were named before, out: nothing is taken back twice. */
static void unload_drop_known(struct unload_files *files, size_t from)
{
    size_t kept = from;

    for (size_t i = from; i < files->count; i++) {
        size_t j = 0;

        while (j < kept && files->file[j].file_id != files->file[i].file_id)
            j++;
        if (j == kept) {
            files->file[kept++] = files->file[i];
            continue;
        }
        free(files->file[i].name);
        free(files->file[i].sha256);
    }
    files->count = kept;
}

static bool find_all(struct db *db, const struct args *args, struct unload_files *files,
                     struct err *err)
{
    if (args->nwords == 0)
        return err_set(err, EXIT_USAGE,
                       "unload needs a file, its digest or the number of a run");
    for (size_t i = 0; i < args->nwords; i++) {
        size_t from = files->count;

        if (!find_word(db, args->word[i], files, err) ||
            !is_one(args->word[i], files, from, err))
            return false;
        unload_drop_known(files, from);
    }
    return true;
}

static void unload_print_file(const struct unload_file *file, bool dry_run)
{
    if (!file->is_loaded) {
        printf("%s: was taken back before\n", file->name);
        return;
    }
    printf("%s: %s: %" PRIu64 " legs go, %" PRIu64
           " stay as other files have them (%" PRIu64 " change), %" PRIu64
           " rejects closed\n",
           file->name, dry_run ? "would be taken back" : "taken back", file->counts.gone,
           file->counts.kept, file->counts.changed, file->rejects);
}

static void print_json(const struct run *run, const struct unload_files *files,
                       size_t done, enum exit_code code)
{
    struct buf out = { 0 };

    database_add_run(&out, run, code);
    buf_add_text(&out, ",\"files\":[");
    for (size_t i = 0; i < done; i++) {
        const struct unload_file *file = &files->file[i];

        buf_addf(&out, "%s{\"name\":", i > 0 ? "," : "");
        buf_add_json(&out, slice_of(file->name));
        buf_addf(
            &out,
            ",\"sha256\":\"%s\",\"verdict\":\"%s\",\"gone\":%" PRIu64 ",\"kept\":%" PRIu64
            ",\"changed\":%" PRIu64 ",\"rejects_closed\":%" PRIu64 "}",
            file->sha256, file->is_loaded ? "unloaded" : "already_unloaded",
            file->counts.gone, file->counts.kept, file->counts.changed, file->rejects);
    }
    buf_add_text(&out, "]}");
    puts(buf_cstr(&out));
    buf_free(&out);
}

static bool unload_all(struct db *db, const struct context *context,
                       const struct run_settings *settings, const struct rules *rules,
                       struct unload_files *files, struct err *err)
{
    struct run *run = database_start_run(db, settings, rules, err);
    bool ok = run != NULL;
    size_t done = 0;

    while (ok && done < files->count) {
        struct unload_file *file = &files->file[done];

        ok = !file->is_loaded || unload_run(run, file, err);
        if (!ok) {
            err_at(err, "%s: ", file->name);
            break;
        }
        if (!context->json)
            unload_print_file(file, settings->dry_run);
        done++;
    }
    if (run != NULL && context->json)
        print_json(run, files, done, err->code);
    return database_end_run(run, ok, err);
}

static enum exit_code unload_command(const struct context *context,
                                     const struct args *args, struct err *err)
{
    struct run_settings settings = { .kind = "unload",
                                     .program = context->program,
                                     .dry_run = args->option[UNLOAD_DRY_RUN] != NULL };
    struct unload_files files = { 0 };
    struct rules *rules = NULL;
    struct db *db = NULL;
    bool ok = options_seconds("wait", args->option[UNLOAD_WAIT], &settings.wait, err) &&
              (rules = rules_load(context->mappings, err)) != NULL &&
              (db = database_open(context, err)) != NULL &&
              find_all(db, args, &files, err);

    if (ok)
        (void)unload_all(db, context, &settings, rules, &files, err);
    unload_files_free(&files);
    db_close(db);
    rules_free(rules);
    return err->code;
}

const struct command command_unload = {
    .name = "unload",
    .synopsis = "FILE|DIGEST|RUN ...",
    .summary = "Takes back what files brought; their rows in the ledger stay",
    .options = options,
    .noptions = UNLOAD_COUNT,
    .has_json = true,
    .run = unload_command,
};

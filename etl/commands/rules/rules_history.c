/*
 * rules_history.c - `rules history` and `rules restore`: the rule sets that the database
 * keeps.
 */
#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "commands/shared/database.h"
#include "commands/shared/rows_output.h"
#include "db/sql.h"
#include "loader/ledger/stored_rules.h"

enum { IDENTITY_SHOWN = 12 };

static const char *history_cell(const struct db_rows *rows, size_t row,
                                const char *column, const char *absent)
{
    const char *text = db_value(rows, row, db_column(rows, column)).s;

    return text != NULL ? text : absent;
}

static void history_print_table(const struct db_rows *rows)
{
    static const char *const head[] = { "set",  "identity",  "first used", "by",
                                        "runs", "last used", "files",      "note" };
    struct text_cells cells = { 0 };

    if (db_rows_count(rows) == 0) {
        puts("no run has used a rule set yet");
        return;
    }
    text_cells_add_all(&cells, head, COUNTOF(head));
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        text_cells_add(&cells, history_cell(rows, i, "ruleset_id", ""));
        text_cells_addf(&cells, "%.*s", IDENTITY_SHOWN,
                        history_cell(rows, i, "identity", ""));
        text_cells_add(&cells, history_cell(rows, i, "first_used_at", ""));
        text_cells_add(&cells, history_cell(rows, i, "recorded_by", "-"));
        text_cells_add(&cells, history_cell(rows, i, "runs", "0"));
        text_cells_add(&cells, history_cell(rows, i, "last_used_at", "-"));
        text_cells_add(&cells, history_cell(rows, i, "files", "not kept"));
        text_cells_add(&cells, history_cell(rows, i, "note", ""));
    }
    text_cells_print(&cells, "rll3t2r4l5r1t", TEXT_TABLE_LEFT_OUT);
}

enum exit_code rules_command_history(const struct context *context,
                                     const struct args *args, struct err *err)
{
    const struct rows_columns all = { 0 };
    struct db *db = NULL;
    struct db_rows *rows = NULL;
    struct buf out = { 0 };

    if (args->nwords > 0)
        err_set(err, EXIT_USAGE, "rules history takes no arguments");
    else if ((db = database_open(context, err)) != NULL)
        rows = db_query(db, sql_mapping_ruleset_history, NULL, err);
    if (rows != NULL && context->json) {
        rows_add_json(&out, rows, &all);
        printf("{\"sets\":%s}\n", buf_cstr(&out));
    } else if (rows != NULL) {
        history_print_table(rows);
    }
    buf_free(&out);
    db_rows_free(rows);
    db_close(db);
    return err->code;
}

/* A folder that is not what it was is told, and stays for whoever wants to see why. */
static bool restored_is_same(const char *path, const struct stored_rules *set,
                             struct err *err)
{
    struct rules *rules = rules_load(path, err);
    bool ok = rules != NULL &&
              (strcmp(rules_identity(rules), set->identity) == 0 ||
               err_set(err, EXIT_DATABASE,
                       "%s: is rule set %.12s now, and was stored as %.12s: the database "
                       "does not keep what was loaded",
                       path, rules_identity(rules), set->identity));

    rules_free(rules);
    return ok;
}

static void print_restored(const struct stored_rules *set, const char *path)
{
    printf("rule set %s (%.12s) stands in %s: cdretl", set->id, set->identity, path);
    for (struct slice rest = slice_of(path), dir; slice_next(&rest, ':', &dir);)
        printf(" --mappings " SLICE_FMT, SLICE_ARG(dir));
    puts(" rules test");
}

enum exit_code rules_command_restore(const struct context *context,
                                     const struct args *args, struct err *err)
{
    struct stored_rules set;
    struct buf path = { 0 };
    struct db *db = NULL;

    if (args->nwords != 2)
        err_set(err, EXIT_USAGE,
                "rules restore takes a rule set, as `rules history` shows it, and a new "
                "folder");
    else if ((db = database_open(context, err)) != NULL &&
             stored_rules_find(db, args->word[0] + (args->word[0][0] == '@'), &set,
                               err) &&
             stored_rules_write(db, &set, args->word[1], &path, err) &&
             restored_is_same(buf_cstr(&path), &set, err))
        print_restored(&set, buf_cstr(&path));
    db_close(db);
    buf_free(&path);
    return err->code;
}

/*
 * rules_history.c - `rules history` and `rules restore`: the rule sets that the database
 * keeps.
 */
#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "db/init/schema.h"
#include "db/sql.h"
#include "loader/ledger/stored_rules.h"
#include "output/text_table.h"

enum { IDENTITY_SHOWN = 12 };

static const char *const history_columns[] = { "ruleset_id",  "identity", "first_used_at",
                                               "recorded_by", "runs",     "last_used_at",
                                               "folders",     "files",    "bytes",
                                               "note" };

/* Numbers stand as they are, everything else as a text. */
static bool history_is_number(size_t column)
{
    static const bool is_number[] = {
        [0] = true, [4] = true, [6] = true, [7] = true, [8] = true, [9] = false
    };

    return is_number[column];
}

static void history_print_json(const struct db_rows *rows)
{
    struct buf out = { 0 };

    buf_add_text(&out, "{\"sets\":[");
    for (size_t row = 0; row < db_rows_count(rows); row++) {
        buf_add_text(&out, row > 0 ? ",{" : "{");
        for (size_t i = 0; i < COUNTOF(history_columns); i++) {
            struct slice value = db_value(rows, row, db_column(rows, history_columns[i]));

            buf_addf(&out, "%s\"%s\":", i > 0 ? "," : "", history_columns[i]);
            if (value.s == NULL)
                buf_add_text(&out, "null");
            else if (history_is_number(i))
                buf_add_slice(&out, value);
            else
                buf_add_json(&out, value);
        }
        buf_add_char(&out, '}');
    }
    buf_add_text(&out, "]}");
    puts(buf_cstr(&out));
    buf_free(&out);
}

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
    size_t count = db_rows_count(rows), width = COUNTOF(head);
    const char **cells = xcalloc((count + 1) * width, sizeof *cells);
    char(*identity)[IDENTITY_SHOWN + 1] = xcalloc(count + 1, sizeof *identity);

    memcpy(cells, head, sizeof head);
    for (size_t i = 0; i < count; i++) {
        const char **cell = cells + (i + 1) * width;

        snprintf(identity[i], sizeof *identity, "%s",
                 history_cell(rows, i, "identity", ""));
        cell[0] = history_cell(rows, i, "ruleset_id", "");
        cell[1] = identity[i];
        cell[2] = history_cell(rows, i, "first_used_at", "");
        cell[3] = history_cell(rows, i, "recorded_by", "-");
        cell[4] = history_cell(rows, i, "runs", "0");
        cell[5] = history_cell(rows, i, "last_used_at", "-");
        cell[6] = history_cell(rows, i, "files", "not kept");
        cell[7] = history_cell(rows, i, "note", "");
    }
    if (count > 0)
        text_table_print(cells, count + 1, "rll3t2r4l5r1t", TEXT_TABLE_LEFT_OUT);
    else
        puts("no run has used a rule set yet");
    free(cells);
    free(identity);
}

enum exit_code rules_command_history(const struct context *context,
                                     const struct args *args, struct err *err)
{
    struct db *db = NULL;
    struct db_rows *rows = NULL;

    if (args->nwords > 0)
        err_set(err, EXIT_USAGE, "rules history takes no arguments");
    else if ((db = db_open(context->db, err)) != NULL && schema_check(db, err))
        rows = db_query(db, sql_mapping_ruleset_history, NULL, err);
    if (rows != NULL && context->json)
        history_print_json(rows);
    else if (rows != NULL)
        history_print_table(rows);
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
    while (*path != '\0') {
        size_t len = strcspn(path, ":");

        printf(" --mappings %.*s", (int)len, path);
        path += len + (path[len] == ':');
    }
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
    else if ((db = db_open(context->db, err)) != NULL && schema_check(db, err) &&
             stored_rules_find(db, args->word[0] + (args->word[0][0] == '@'), &set,
                               err) &&
             stored_rules_write(db, &set, args->word[1], &path, err) &&
             restored_is_same(buf_cstr(&path), &set, err))
        print_restored(&set, buf_cstr(&path));
    db_close(db);
    buf_free(&path);
    return err->code;
}

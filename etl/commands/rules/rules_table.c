/*
 * rules_table.c - `rules table`: a decision table as CSV for a spreadsheet, and back.
 */
#include "base/base.h"
#include "base/log.h"
#include "commands/rules/rules_command.h"
#include "output/file.h"
#include "rules/sheet/sheet.h"

/* Whom a table is about: "" when it is about all. */
static const char *provider_of_table(const struct doc *doc)
{
    const char *provider = json_string_value(json_object_get(doc->root, "provider"));

    return provider != NULL ? provider : "";
}

static void table_say_rows(const char *path, const struct sheet_rows *rows)
{
    if (rows->from_cases > 0)
        log_note("%s: %zu of %zu rules have the outcome that cases expect", path,
                 rows->from_cases, rows->rules);
    if (slice_ends(slice_of(path), FOLDER_SHEET))
        log_note("%s: take it away when the table is as you want it", path);
    if (rows->blank.len > 0)
        log_warn("%s: no outcome and no case for it, left to general rules: line %.*s",
                 path, (int)rows->blank.len, rows->blank.s);
}

/* The sheet at PATH as the table NAME, or the first one of the carrier NAME. */
static bool table_read(const struct context *context, const struct rules *rules,
                       const char *name, const char *path, struct buf *out,
                       struct err *err)
{
    struct err none = { 0 };
    const struct doc *before = sheet_table(rules, name, &none);
    const struct sheet_source source = {
        path, before != NULL ? provider_of_table(before) : name, before
    };
    struct sheet_rows rows = { 0 };
    bool ok = before != NULL || rules_know_provider(rules, name) ||
              err_set(err, none.code, "%s", none.text);

    ok = ok && sheet_read(context->mappings, &source, out, &rows, err);
    if (ok)
        table_say_rows(path, &rows);
    fputs(buf_cstr(&rows.found), stdout);
    buf_free(&rows.blank);
    buf_free(&rows.found);
    return ok;
}

enum exit_code rules_command_table(const struct context *context, const struct args *args,
                                   struct err *err)
{
    const char *sheet = args->option[RULES_READ];
    struct rules *rules = NULL;
    struct buf out = { 0 };

    if (args->nwords != 1) {
        err_set(err, EXIT_USAGE,
                "rules table takes a carrier or the name of a table's file");
    } else if ((rules = rules_load(context->mappings, err)) != NULL) {
        const struct doc *doc =
            sheet == NULL ? sheet_table(rules, args->word[0], err) : NULL;

        if (doc != NULL)
            sheet_write(doc, &out);
        else if (sheet != NULL)
            (void)table_read(context, rules, args->word[0], sheet, &out, err);
        if (err->code == EXIT_DONE &&
            !file_give(args->option[RULES_OUT], buf_slice(&out), err))
            err_at(err, "rules table: ");
    }
    rules_free(rules);
    buf_free(&out);
    return err->code;
}

/* `rules page`: one carrier's rules, to be read and passed on. */

/* --format; else what --out ends in; else Markdown. */
static enum rule_page_form page_form(const struct args *args)
{
    const char *format = args->option[RULES_FORMAT];
    struct slice path = slice_of(args->option[RULES_OUT]);
    bool html = format != NULL ? strcmp(format, "html") == 0
                               : slice_ends(path, ".html") || slice_ends(path, ".htm");

    return html ? RULE_PAGE_HTML : RULE_PAGE_MARKDOWN;
}

enum exit_code rules_command_page(const struct context *context, const struct args *args,
                                  struct err *err)
{
    struct rules *rules = NULL;
    struct buf out = { 0 };

    if (args->nwords != 1)
        err_set(err, EXIT_USAGE, "rules page takes one carrier");
    else if ((rules = rules_load(context->mappings, err)) != NULL &&
             rule_page(rules, args->word[0], page_form(args), &out, err) &&
             !file_give(args->option[RULES_OUT], buf_slice(&out), err))
        err_at(err, "rules page: ");
    rules_free(rules);
    buf_free(&out);
    return err->code;
}

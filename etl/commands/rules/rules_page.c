/*
 * rules_page.c - `rules page`: one carrier's rules, to be read and passed on.
 */
#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "rules/sheet/rule_page.h"

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
             !rules_give(args->option[RULES_OUT], &out, err))
        err_at(err, "rules page: ");
    rules_free(rules);
    buf_free(&out);
    return err->code;
}

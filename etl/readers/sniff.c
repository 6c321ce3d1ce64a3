/*
 * sniff.c - the container of an export, and what is none.
 */
#include "readers/sniff.h"

#include "base/base.h"

/* True when TEXT holds WORD (small letters), in any case of letters. */
static bool mentions(struct slice text, const char *word)
{
    size_t len = strlen(word);

    for (size_t i = 0; i + len <= text.len; i++)
        if (slice_equal_nocase((struct slice){ text.s + i, len }, slice_of(word)))
            return true;
    return false;
}

static bool refuse(struct err *err, const char *what)
{
    return err_set(err, EXIT_INPUT, "this is %s", what);
}

static bool refuse_markup(struct slice head, struct err *err)
{
    if (mentions(head, "excel.sheet") || mentions(head, "office:spreadsheet"))
        return refuse(err,
                      "SpreadsheetML, the XML that Kibana's Excel export writes, and "
                      "its dates are formulas: export CSV from Discover instead");
    if (mentions(head, "<html") || mentions(head, "<table") ||
        mentions(head, "<!doctype"))
        return refuse(err,
                      "an HTML table, which the old call grid saves as .xls: open it "
                      "in a spreadsheet and save it as CSV UTF-8, or export JSON");
    return refuse(err, "XML, no export of calls: export CSV or JSON instead");
}

/* Files by their first bytes that nobody should take for text. */
static bool refuse_binary(struct slice head, struct err *err)
{
    if (slice_starts(head, "PK\x03\x04"))
        return refuse(err, "an Excel workbook (.xlsx), whatever its name: choose CSV in "
                           "the export dialog, or save the sheet as CSV UTF-8");
    if (slice_starts(head, "\xd0\xcf\x11\xe0"))
        return refuse(err, "an old Excel workbook (.xls): save its sheet as CSV UTF-8");
    if (slice_starts(head, "\x1f\x8b") || slice_starts(head, "\x28\xb5\x2f\xfd"))
        return refuse(err, "packed twice: unpack it once");
    return true;
}

bool sniff_export(struct source *source, const struct profiles *profiles,
                  const struct reader_options *options, struct sniff *sniff,
                  struct err *err)
{
    *sniff = (struct sniff){ 0 };
    if (options->profile != NULL && profiles_named(profiles, options->profile) == NULL)
        return err_set(err, EXIT_USAGE, "there is no profile %s in mappings/fields",
                       options->profile);
    if (!source_want(source, 4096, err))
        return false;

    struct slice head = source_window(source);

    head.len = head.len < 4096 ? head.len : 4096;
    if (head.len == 0 || (slice_trim(head).len == 0 && source_ended(source)))
        return err_set(err, EXIT_INPUT, "the file is empty");
    /* As it stands in the file: recoding would hide such bytes. */
    if (!refuse_binary(source_front(source), err))
        return false;
    head = slice_trim(head);
    if (head.len > 0 && head.s[0] == '<')
        return refuse_markup(head, err);
    if (head.len > 0 && (head.s[0] == '{' || head.s[0] == '['))
        return json_sniff(source, profiles, options, sniff, err);
    return csv_sniff(source, profiles, options, sniff, err);
}

/*
 * sniff.c - the container of an export, and what is none.
 */
#include "readers/sniff.h"
#include "readers/csv/csv.h"
#include "readers/json/json.h"

#include "base/base.h"
#include "readers/format.h"

enum { HEAD = 4 << 10, BLANKS = 64 << 10 /* no line has so many cells */ };

/* True when TEXT holds WORD (small letters), in any case of letters. */
static bool mentions(struct slice text, const char *word)
{
    size_t len = strlen(word);

    for (size_t i = 0; i + len <= text.len; i++)
        if (slice_equal_nocase((struct slice){ text.s + i, len }, slice_of(word)))
            return true;
    return false;
}

static bool sniff_refuse(struct err *err, const char *what)
{
    return err_set(err, EXIT_INPUT, "this is %s", what);
}

/* HEAD is the beginning of TEXT; a table may stand behind a long style. */
static bool refuse_markup(struct slice head, struct slice text, struct err *err)
{
    bool is_page = mentions(head, "<html") || mentions(head, "<!doctype html");

    if (!is_page &&
        (mentions(head, "excel.sheet") || mentions(head, "office:spreadsheet")))
        return sniff_refuse(
            err, "SpreadsheetML, the XML that Kibana's Excel export writes, and "
                 "its dates are formulas: export CSV from Discover instead");
    if (mentions(text, "<table") && !mentions(text, "<form"))
        return sniff_refuse(
            err, "an HTML table, which the old call grid saves as .xls: open it "
                 "in a spreadsheet and save it as CSV UTF-8, or export JSON");
    if (is_page)
        return sniff_refuse(err,
                            "a page of HTML, perhaps a log-in form or an error that was "
                            "saved in place of the export: fetch the export again");
    return sniff_refuse(err, "XML, no export of calls: export CSV or JSON instead");
}

#define MAGIC(text) text, sizeof(text) - 1

/* Files by what stands AT their beginning that nobody should take for text. */
static const struct foreign {
    const char *magic;
    size_t len, at;
    const char *what;
} foreign[] = {
    { MAGIC("PK\x03\x04"), 0, "a zip archive: unpack it and give the files in it" },
    { MAGIC("PK\x05\x06"), 0, "a zip archive with nothing in it" },
    { MAGIC("\xd0\xcf\x11\xe0"), 0,
      "an old Excel workbook (.xls): save its sheet as CSV UTF-8" },
    { MAGIC("\x1f\x8b"), 0, "packed twice: unpack it once" },
    { MAGIC("\x28\xb5\x2f\xfd"), 0, "packed twice: unpack it once" },
    { MAGIC("P*M\x18"), 0, "packed twice: unpack it once" }, /* as pzstd begins */
    { MAGIC("\xfd\x37zXZ"), 0,
      "packed with xz: unpack it, or pack it with gzip or zstd" },
    { MAGIC("BZh"), 0, "packed with bzip2: unpack it, or pack it with gzip or zstd" },
    { MAGIC("7z\xbc\xaf"), 0, "a 7-Zip archive: unpack it and give the files in it" },
    { MAGIC("Rar!\x1a"), 0, "a RAR archive: unpack it and give the files in it" },
    { MAGIC("ustar"), 257, "a tar archive: unpack it and give the files in it" },
    { MAGIC("%PDF-"), 0, "a PDF document: export CSV or JSON, not a print of it" },
    { MAGIC("{\\rtf"), 0, "a text with its lay-out (RTF): export CSV or JSON" },
    { MAGIC("\x89PNG"), 0, "a picture (PNG): export CSV or JSON, not a print of it" },
    { MAGIC("\xff\xd8\xff"), 0,
      "a picture (JPEG): export CSV or JSON, not a print of it" },
    { MAGIC("RIFF"), 0, "a recording (RIFF), not the list of calls" },
    { MAGIC("SQLite format 3"), 0, "an SQLite database: export its table as CSV" },
    { MAGIC("PGDMP"), 0, "a dump of PostgreSQL (pg_dump): export rows as CSV or JSON" },
    { MAGIC("--\n-- PostgreSQL database dump"), 0,
      "a dump of PostgreSQL (pg_dump): export rows as CSV or JSON" },
    { MAGIC("--\r\n-- PostgreSQL database dump"), 0,
      "a dump of PostgreSQL (pg_dump): export rows as CSV or JSON" },
};

/* The head of a tar is names and zeros; in a text anything may stand by chance. */
static bool is_foreign(const struct foreign *f, struct slice text)
{
    if (text.len < f->at + f->len || memcmp(text.s + f->at, f->magic, f->len) != 0)
        return false;
    return f->at == 0 ||
           (memchr(text.s, '\0', f->at) != NULL && memchr(text.s, '\n', f->at) == NULL);
}

/* Zip archives that are a document; what is in them is named at their beginning. */
static bool refuse_document(struct slice head, struct err *err)
{
    if (mentions(head, "opendocument.spreadsheet"))
        return sniff_refuse(err,
                            "a LibreOffice document (.ods): save its sheet as CSV UTF-8");
    if (mentions(head, "opendocument"))
        return sniff_refuse(err,
                            "a LibreOffice document (.odt and the like) with no sheet in "
                            "it: export CSV or JSON");
    if (mentions(head, "word/document") || mentions(head, "ppt/presentation"))
        return sniff_refuse(
            err, "a document of Word or PowerPoint, with no sheet in it: export "
                 "CSV or JSON");
    if (mentions(head, "[content_types]") || mentions(head, "xl/"))
        return sniff_refuse(err,
                            "an Excel workbook (.xlsx), whatever its name: choose CSV in "
                            "the export dialog, or save the sheet as CSV UTF-8");
    return true;
}

/* FRONT is the file's first bytes as they stand in it, HEAD the text that they make. */
static bool refuse_binary(struct slice front, struct slice head, struct err *err)
{
    if (slice_starts(front, "PK\x03\x04") && !refuse_document(head, err))
        return false;
    for (size_t i = 0; i < COUNTOF(foreign); i++) {
        const struct foreign *f = &foreign[i];
        struct slice text = f->at + f->len <= front.len ? front : head;

        if (is_foreign(f, text))
            return sniff_refuse(err, f->what);
    }
    return true;
}

/* Nobody finds out about UTF-32, but it can be named. */
static bool refuse_wide(struct slice front, struct err *err)
{
    static const char little[4] = "\xff\xfe\0", big[4] = "\0\0\xfe\xff";

    if (front.len >= 4 &&
        (memcmp(front.s, little, 4) == 0 || memcmp(front.s, big, 4) == 0))
        return sniff_refuse(err, "a text in UTF-32: name it with --encoding UTF-32");
    return true;
}

/* JSON begins with a bracket: zeros beside it tell how wide its letters are. */
static bool refuse_unmarked(struct slice head, struct err *err)
{
    size_t before = 0, after = 0;

    while (before < head.len && before < 3 && head.s[before] == '\0')
        before++;
    if (before == head.len || (head.s[before] != '{' && head.s[before] != '['))
        return true;
    while (before + 1 + after < head.len && after < 3 &&
           head.s[before + 1 + after] == '\0')
        after++;
    if (before == 0 && after == 0)
        return true;

    bool is_wide = before == 3 || (before == 0 && after == 3);

    return err_set(err, EXIT_INPUT,
                   "its text looks like UTF-%s without the mark that says so: name it "
                   "with --encoding UTF-%s%s",
                   is_wide ? "32" : "16", is_wide ? "32" : "16",
                   before > 0 ? "BE" : "LE");
}

/* JSON whose only value is no object and no list. */
static bool is_lone_value(struct slice text)
{
    static const char *const words[] = { "null", "true", "false" };
    int64_t number;

    for (size_t i = 0; i < COUNTOF(words); i++)
        if (slice_is(text, words[i]))
            return true;
    return slice_int(text, &number) ||
           (text.len > 1 && text.s[0] == '"' &&
            (const char *)memchr(text.s + 1, '"', text.len - 1) == text.s + text.len - 1);
}

static struct slice head_of(const struct source *source)
{
    struct slice head = source_window(source);

    head.len = head.len < HEAD ? head.len : HEAD;
    return head;
}

static bool opens_document(char c)
{
    return c == '{' || c == '[' || c == '<';
}

/*
 * Give back the blanks in front, however many; *LINES: how many blank lines.  Those in
 * front of text stay with its line: tabs there are cells, if they are not too many.
 */
static bool sniff_skip_blanks(struct source *source, size_t *lines, struct err *err)
{
    for (;;) {
        if (!source_want(source, BLANKS, err))
            return false;

        struct slice window = source_window(source);
        size_t len = 0, whole = 0; /* blanks, and those of whole lines */

        for (; len < window.len && memchr(" \t\r\n", window.s[len], 4) != NULL; len++) {
            if (window.s[len] != '\n')
                continue;
            whole = len + 1;
            ++*lines;
        }
        if (len == window.len ? whole == 0
                              : len - whole >= HEAD / 2 && opens_document(window.s[len]))
            whole = len;
        source_skip(source, whole);
        if (len < window.len || window.len == 0)
            return true;
    }
}

bool sniff_export(struct source *source, const struct profiles *profiles,
                  const struct reader_options *options, struct sniff *sniff,
                  struct err *err)
{
    *sniff = (struct sniff){ 0 };
    if (options->profile != NULL && profiles_named(profiles, options->profile) == NULL)
        return err_set(err, EXIT_USAGE, "there is no profile %s in mappings/fields",
                       options->profile);
    if (!source_want(source, HEAD, err))
        return false;
    /* As it stands in the file: recoding would hide such bytes. */
    if (!refuse_binary(source_front(source), head_of(source), err))
        return false;
    if (options->encoding == NULL && !refuse_wide(source_front(source), err))
        return false;
    if (!sniff_skip_blanks(source, &sniff->blanks, err))
        return false;

    struct slice head = slice_trim(head_of(source));

    if (head.len == 0 && source_ended(source) && source_window(source).len < HEAD)
        return err_set(err, EXIT_INPUT, "the file is empty");
    if (!refuse_unmarked(head, err))
        return false;
    if (head.len < HEAD && source_ended(source) && is_lone_value(head))
        return sniff_refuse(err, "a single value of JSON: no record of a call is in it");
    if (head.len > 0 && head.s[0] == '<' && memchr(head.s, '\0', head.len) == NULL) {
        if (!source_want(source, RECORD_MAX, err))
            return false;
        return refuse_markup(head_of(source), source_window(source), err);
    }
    if (head.len > 0 && (head.s[0] == '{' || head.s[0] == '['))
        return json_sniff(source, profiles, options, sniff, err);
    return csv_sniff(source, profiles, options, sniff, err);
}

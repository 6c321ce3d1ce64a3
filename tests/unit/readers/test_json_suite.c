/*
 * The JSON reader against the table of hostile texts in tests/suites/json.txt.
 *
 * Each text stands as the value of a key that no profile knows, in the second of
 * three records, in every wrapper; then where a record is due; then alone.  What
 * must come of it is in the table; jansson watches over the table.
 */
#include <criterion/criterion.h>

#include <jansson.h>

#include "base/base.h"
#include "support/export.h"

/* A name in Cyrillic: without any, a lone bad byte would make it windows-1251. */
#define FIRST                                                                            \
    "{\"id\":\"a\",\"created_at\":\"1717483428123\",\"bill_sec\":1,"                     \
    "\"user\":{\"name\":\"Ольга\"}}"
#define SECOND     "{\"id\":\"m\",\"created_at\":\"1717483428124\",\"bill_sec\":2,\"x\":"
#define THIRD      "{\"id\":\"b\",\"created_at\":\"1717483428125\",\"bill_sec\":3}"
#define REC_FIRST  "uuid=a started_at=1717483428123 agent=Ольга bill_seconds=1\n"
#define REC_SECOND "uuid=m started_at=1717483428124 bill_seconds=2"
#define REC_THIRD  "uuid=b started_at=1717483428125 bill_seconds=3\n"

/* A line of the table; the text may hold NUL. */
struct hostile {
    char name[128];
    struct buf wanted, text;
};

/* Ways to put three records into a file. */
struct wrapper {
    const char *open, *between, *close;
    bool by_line;
};

static const struct wrapper wrappers[] = {
    { "[", ",", "]", false },         { "{\"next\":true,\"items\":[", ", ", "]}", false },
    { "[\n", ",\n", "\n]\n", false }, { "", "\n", "\n", true },
    { "", "\r\n", "\r\n", true },
};

/* Every line of the table whose name begins with KIND; how many there were. */
static size_t each(char kind, void (*check)(const struct hostile *))
{
    char line[8192];
    size_t seen = 0;
    FILE *file = fopen("tests/suites/json.txt", "r");

    cr_assert_not_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        struct hostile hostile = { 0 };
        const char *tab = strchr(line, '\t'), *text = tab ? strchr(tab + 1, '\t') : NULL;

        if (line[0] != kind)
            continue;
        cr_assert(text != NULL && strchr(text, '\n') != NULL, "%s", line);
        snprintf(hostile.name, sizeof hostile.name, "%.*s", (int)(tab - line), line);
        export_decode(&hostile.wanted,
                      (struct slice){ tab + 1, (size_t)(text - tab) - 1 });
        export_decode(&hostile.text, slice_before(slice_of(text + 1), '\n'));
        check(&hostile);
        buf_free(&hostile.wanted);
        buf_free(&hostile.text);
        seen++;
    }
    (void)fclose(file);
    return seen;
}

static const char *read_back(const struct buf *document)
{
    static const char *path;
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };

    path = export_file(document->s != NULL ? document->s : "", document->len);
    return export_read(path, &options);
}

static size_t line_ends(struct slice text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += text.s[i] == '\n';
    return count;
}

/* Where the parts of a document begin: byte and line. */
struct places {
    size_t first, second, text, third;
    size_t line[3];
};

static struct places compose(struct buf *document, const struct wrapper *wrapper,
                             const struct hostile *hostile)
{
    struct places at = { 0 };

    buf_reset(document);
    buf_add_text(document, wrapper->open);
    at.first = document->len;
    buf_addf(document, "%s%s", FIRST, wrapper->between);
    at.second = document->len;
    buf_add_text(document, SECOND);
    at.text = document->len;
    buf_add_slice(document, buf_slice(&hostile->text));
    buf_addf(document, "}%s", wrapper->between);
    at.third = document->len;
    at.line[0] = 1 + line_ends((struct slice){ document->s, at.first });
    at.line[1] = 1 + line_ends((struct slice){ document->s, at.second });
    at.line[2] = 1 + line_ends((struct slice){ document->s, at.third });
    buf_addf(document, "%s%s", THIRD, wrapper->close);
    if (line_ends(buf_slice(document)) == 0)
        at.line[0] = at.line[1] = at.line[2] = 0; /* there are no lines to name */
    return at;
}

/* Lines are counted where each is a record. */
static void add_end(struct buf *wanted, const struct wrapper *wrapper,
                    const struct buf *document, const struct hostile *hostile)
{
    if (wrapper->by_line && !slice_starts(buf_slice(&hostile->wanted), "behind "))
        buf_addf(wanted, "end rest UTF-8 lines=%zu headers=0 blank=0\n",
                 line_ends(buf_slice(document)));
    else
        buf_add_text(wanted, "end rest UTF-8 lines=none\n");
}

/* The record is set aside with a code, or is read with this extra. */
static void add_second(struct buf *wanted, const struct places *at, struct slice means)
{
    if (slice_starts(means, "bad_")) {
        buf_addf(wanted, "reject " SLICE_FMT " %zu %zu\n", SLICE_ARG(means), at->line[1],
                 at->second);
        return;
    }
    buf_addf(wanted, "rec %zu %zu " REC_SECOND, at->line[1], at->second);
    if (!slice_is(means, "-")) {
        buf_add_text(wanted, " extra=");
        buf_add_slice(wanted, means);
    }
    buf_add_char(wanted, '\n');
}

/* Of a record that a line end cuts apart, each line is one that breaks. */
static void add_torn(struct buf *wanted, const struct places *at,
                     const struct buf *document)
{
    size_t begin = at->second;

    for (size_t i = begin; i < at->third; i++)
        if (document->s[i] == '\n') {
            struct slice line = { document->s + begin, i - begin };
            size_t blank = (size_t)(slice_trim(line).s - line.s);

            buf_addf(wanted, "reject bad_shape %zu %zu\n",
                     1 + line_ends((struct slice){ document->s, begin }), begin + blank);
            begin = i + 1;
        }
}

static void same(const struct hostile *hostile, const struct wrapper *wrapper,
                 const struct buf *document, const struct buf *wanted)
{
    const char *got = read_back(document);

    cr_expect_str_eq(got, buf_cstr((struct buf *)wanted),
                     "%s, between \"%s\"\n%.400s\ngot:\n%.600s\nwanted:\n%.600s",
                     hostile->name, wrapper->open, buf_cstr((struct buf *)document), got,
                     buf_cstr((struct buf *)wanted));
}

/* A text that does no harm to the document around it. */
static void stands_in_record(const struct hostile *hostile)
{
    struct buf document = { 0 }, wanted = { 0 };

    for (size_t i = 0; i < COUNTOF(wrappers); i++) {
        const struct wrapper *wrapper = &wrappers[i];
        struct places at = compose(&document, wrapper, hostile);
        bool torn = wrapper->by_line && line_ends(buf_slice(&hostile->text)) > 0;

        buf_reset(&wanted);
        buf_addf(&wanted, "rec %zu %zu " REC_FIRST, at.line[0], at.first);
        if (torn)
            add_torn(&wanted, &at, &document);
        else
            add_second(&wanted, &at, buf_slice(&hostile->wanted));
        buf_addf(&wanted, "rec %zu %zu " REC_THIRD, at.line[2], at.third);
        add_end(&wanted, wrapper, &document, hostile);
        same(hostile, wrapper, &document, &wanted);
    }
    buf_free(&document);
    buf_free(&wanted);
}

/* The first number behind WORD in GOT. */
static bool number_behind(const char *got, const char *word, size_t *number)
{
    const char *at = strstr(got, word);

    return at != NULL && sscanf(at + strlen(word), "%zu", number) == 1;
}

/* GOT begins like BEGIN and breaks near PLACE. */
static void refused_at(const struct hostile *hostile, const char *got, const char *begin,
                       const size_t place[static 2])
{
    size_t said = 0;

    cr_expect(slice_starts(slice_of(got), begin), "%s: %s", hostile->name, got);
    cr_expect(number_behind(got, "\nfailed 3 the JSON breaks near byte ", &said) ||
                  number_behind(got, "\nfailed 3 the JSON ends too soon, after ", &said),
              "%s: %s", hostile->name, got);
    cr_expect(said >= place[0] && said <= place[1], "%s: byte %zu to %zu, not %zu: %s",
              hostile->name, place[0], place[1], said, got);
}

/* What a broken line comes to: its beginning may be a record already. */
static void add_broken_line(struct buf *wanted, const struct places *at,
                            const struct hostile *hostile, const struct buf *document)
{
    bool is_one = slice_is(buf_slice(&hostile->text), "1}");
    size_t where;

    if (!number_behind(buf_cstr((struct buf *)&hostile->wanted), "behind ", &where)) {
        add_torn(wanted, at, document);
        return;
    }
    add_second(wanted, at, slice_of(is_one ? "{\"x\":1}" : "-"));
    buf_addf(wanted, "reject bad_shape %zu %zu\n", at->line[1], at->text + where);
}

/* The byte of the document at which it must be refused, from FIRST to LAST. */
static void fault_of(const struct hostile *hostile, const struct wrapper *wrapper,
                     const struct buf *document, size_t text, size_t place[static 2])
{
    const char *means = buf_cstr((struct buf *)&hostile->wanted);
    size_t where = document->len - text;

    if (!number_behind(means, "at ", &where))
        number_behind(means, "behind ", &where);
    /* Behind the text, the brace and the comma. */
    if (strcmp(means, "end") != 0 && where > hostile->text.len + 1)
        where += strlen(wrapper->between) - 1;
    place[0] = text + where;
    place[1] = text + where;
    /* A text without its closing quote breaks at the first line end. */
    if (strchr(wrapper->between, '\n') != NULL && where > hostile->text.len + 2)
        place[0] = text + hostile->text.len + 2;
}

/* In a line of its own the text is bad_shape; in a document it ends everything. */
static void breaks_record(const struct hostile *hostile)
{
    struct buf document = { 0 }, wanted = { 0 };
    size_t place[2];

    for (size_t i = 0; i < COUNTOF(wrappers); i++) {
        const struct wrapper *wrapper = &wrappers[i];
        struct places at = compose(&document, wrapper, hostile);

        buf_reset(&wanted);
        buf_addf(&wanted, "rec %zu %zu " REC_FIRST, at.line[0], at.first);
        if (wrapper->by_line) {
            add_broken_line(&wanted, &at, hostile, &document);
            buf_addf(&wanted, "rec %zu %zu " REC_THIRD, at.line[2], at.third);
            add_end(&wanted, wrapper, &document, hostile);
            same(hostile, wrapper, &document, &wanted);
        } else {
            fault_of(hostile, wrapper, &document, at.text, place);
            refused_at(hostile, read_back(&document), buf_cstr(&wanted), place);
        }
    }
    buf_free(&document);
    buf_free(&wanted);
}

/* Where the hostile text itself is to be the record. */
static void stands_in_list(const struct hostile *hostile, bool is_json)
{
    struct buf document = { 0 };

    buf_add_text(&document, "[" FIRST ",");
    buf_add_slice(&document, buf_slice(&hostile->text));
    buf_add_text(&document, "," THIRD "]");

    const char *got = read_back(&document);

    cr_expect(slice_starts(slice_of(got), "rec "), "%s: %s", hostile->name, got);
    if (is_json) {
        cr_expect_eq(export_count(got, "rec ") + export_count(got, "reject bad_"), 3,
                     "%s: %s", hostile->name, got);
        cr_expect_not_null(strstr(got, REC_THIRD "end rest UTF-8"), "%s: %s",
                           hostile->name, got);
    } else {
        cr_expect_not_null(strstr(got, "\nfailed 3 the JSON "), "%s: %s", hostile->name,
                           got);
    }
    buf_free(&document);
}

/* A document of nothing but the text: an answer, and no record. */
static void stands_alone(const struct hostile *hostile)
{
    const char *got = read_back(&hostile->text);
    bool empty = strstr(got, "warn there is no record in it\n") != NULL;

    cr_expect(strstr(got, "failed 3 ") != NULL || empty, "%s alone: %s", hostile->name,
              got);
}

/* jansson must agree, but for NUL, which it has ways of its own with. */
static void check_yes(const struct hostile *hostile)
{
    json_t *json = json_loadb(hostile->text.s, hostile->text.len,
                              JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

    cr_expect(json != NULL || slice_is(buf_slice(&hostile->wanted), "bad_encoding"),
              "jansson refuses %s", hostile->name);
    json_decref(json);
    stands_in_record(hostile);
    stands_in_list(hostile, true);
    stands_alone(hostile);
}

static void check_either(const struct hostile *hostile)
{
    static const char *const broken[] = { "at ", "behind ", "end" };
    bool breaks = false;

    for (size_t i = 0; i < COUNTOF(broken); i++)
        breaks = breaks || slice_starts(buf_slice(&hostile->wanted), broken[i]);
    if (breaks)
        breaks_record(hostile);
    else
        stands_in_record(hostile);
    stands_alone(hostile);
}

static void check_no(const struct hostile *hostile)
{
    const char *text = hostile->text.s != NULL ? hostile->text.s : "";
    bool has_nul = memchr(text, '\0', hostile->text.len) != NULL;
    json_t *json = json_loadb(text, hostile->text.len, JSON_DECODE_ANY, NULL);

    cr_expect(json == NULL || has_nul, "jansson reads %s", hostile->name);
    json_decref(json);
    check_either(hostile);
    if (!slice_is(buf_slice(&hostile->wanted), "bad_encoding"))
        stands_in_list(hostile, false);
}

/* None may be lost on the way: as many as the public suite has, and our own. */
Test(json_suite, texts_that_are_json)
{
    cr_expect_eq(each('y', check_yes), 104);
}

Test(json_suite, texts_that_are_none)
{
    cr_expect_eq(each('n', check_no), 204);
}

Test(json_suite, texts_that_may_be)
{
    cr_expect_eq(each('i', check_either), 36);
}

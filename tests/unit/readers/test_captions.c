/*
 * What the history page shows on the screen, in nine languages, composed as browsers
 * write it and decomposed as macOS does: tests/suites/captions.txt.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/leg_parser.h"
#include "leg/sip_fields.h"
#include "readers/csv/csv_header.h"
#include "readers/profile/profile.h"
#include "support/export.h"

enum { TEXTS = 80, LINE_ROOM = 8192 };

/* A line of a table: its texts, between '|'. */
struct texts {
    size_t count;
    struct slice text[TEXTS];
};

static struct texts cut(struct slice line)
{
    struct texts texts = { 0 };

    line = slice_trim(line);
    while (texts.count < TEXTS) {
        struct slice text = slice_before(line, '|');

        texts.text[texts.count++] = text;
        if (text.len == line.len)
            break;
        line = (struct slice){ line.s + text.len + 1, line.len - text.len - 1 };
    }
    return texts;
}

/*
 * The rest of the next line of table NAME, kept in ROOM until that is used again; NULL:
 * there is none.  FILE is closed behind the last one.
 */
static char *next_of(FILE *file, const char *name, char room[static LINE_ROOM])
{
    size_t len = strlen(name);

    while (fgets(room, LINE_ROOM, file) != NULL)
        if (strncmp(room, name, len) == 0 && room[len] == '\t')
            return room + len + 1;
    (void)fclose(file);
    return NULL;
}

static FILE *captions_open(void)
{
    FILE *file = fopen("tests/suites/captions.txt", "r");

    cr_assert_not_null(file);
    return file;
}

/* Every line of the table NAME, beside its first one; how many languages there were. */
static size_t each(const char *name,
                   void (*check)(const char *language, const struct texts *texts,
                                 const struct texts *keys))
{
    static char first[LINE_ROOM], room[LINE_ROOM];
    struct texts keys = { 0 };
    size_t seen = 0;
    FILE *file = captions_open();
    char *line = next_of(file, name, first);

    cr_assert_not_null(line, "%s", name);
    keys = cut(slice_of(strchr(line, '\t') + 1));
    while ((line = next_of(file, name, room)) != NULL) {
        const char *language = strsep(&line, "\t");
        struct texts texts = cut(slice_of(line));

        cr_assert_eq(texts.count, keys.count, "%s: %s", name, language);
        check(language, &texts, &keys);
        seen++;
    }
    return seen;
}

/* Spain calls holding and waiting alike. */
static bool is_twice(const struct texts *texts, size_t which)
{
    for (size_t i = 0; i < texts->count; i++)
        if (i != which && slice_equal(texts->text[i], texts->text[which]))
            return true;
    return false;
}

static void captions_fill(const char *language, const struct texts *captions,
                          const struct texts *keys)
{
    struct captions known;
    struct buf folded = { 0 };

    captions_load(&known, profiles_named(export_profiles(), "history"));
    for (size_t i = 0; i < captions->count; i++) {
        const struct alias *caption = captions_find(&known, captions->text[i], &folded);
        const struct alias *key = captions_find(&known, keys->text[i], &folded);

        cr_expect_not_null(caption, "%s: " SLICE_FMT, language,
                           SLICE_ARG(captions->text[i]));
        cr_expect_not_null(key, SLICE_FMT, SLICE_ARG(keys->text[i]));
        cr_expect(caption == NULL || key == NULL || caption->field == key->field ||
                      (is_twice(captions, i) && caption->field == FIELD_NONE),
                  "%s: " SLICE_FMT " fills %s", language, SLICE_ARG(captions->text[i]),
                  caption != NULL ? field_name(caption->field) : "nothing");
    }
    captions_free(&known);
    buf_free(&folded);
}

/* English, and eight languages of which Uzbek has no accent to take apart. */
Test(captions, of_the_screen_fill_what_their_keys_fill)
{
    cr_expect_eq(each("grid", captions_fill), 9 + 7);
}

static void label_means(const char *language, const struct texts *labels,
                        const struct texts *codes)
{
    const struct profile *history = profiles_named(export_profiles(), "history");

    for (size_t i = 0; i < labels->count; i++) {
        struct slice value = profile_value(history, FIELD_DISPOSITION, labels->text[i]);
        struct buf scratch = { 0 };
        struct leg leg = { 0 };

        sip_fields_disposition(value, &leg, &scratch);
        cr_expect(slice_equal(leg.webitel_result, codes->text[i]),
                  "%s: " SLICE_FMT " is " SLICE_FMT, language, SLICE_ARG(labels->text[i]),
                  SLICE_ARG(leg.webitel_result));
        cr_expect_null(leg.disposition.s);
        buf_free(&scratch);
    }
}

Test(captions, labels_of_the_hangup_disposition_are_one_code)
{
    cr_expect_eq(each("disposition", label_means), 9 + 7);
}

/* What is no label stays: FreeSWITCH's own words, and what nobody knows. */
Test(captions, other_values_stay_as_they_are)
{
    static const char *const values[] = { "recv_refuse", "notAnswered", "Збій",
                                          "client_dropped" };
    const struct profile *history = profiles_named(export_profiles(), "history");

    for (size_t i = 0; i < COUNTOF(values); i++)
        cr_expect(slice_is(profile_value(history, FIELD_DISPOSITION, slice_of(values[i])),
                           values[i]));
    cr_expect(
        slice_is(profile_value(history, FIELD_AGENT, slice_of("Помилка")), "Помилка"));
}

/* A file of that caption line and no row. */
static const char *header_told(const struct texts *captions, char delimiter)
{
    static struct buf text;

    buf_reset(&text);
    for (size_t i = 0; i < captions->count; i++) {
        struct slice caption = captions->text[i];
        bool quote = memchr(caption.s, delimiter, caption.len) != NULL;

        if (i > 0)
            buf_add_char(&text, delimiter);
        buf_addf(&text, quote ? "\"" SLICE_FMT "\"" : SLICE_FMT, SLICE_ARG(caption));
    }
    buf_add_char(&text, '\n');
    return export_told(buf_cstr(&text));
}

static void era_is(const char *era, const char *profile, const char *parts,
                   const struct texts *captions)
{
    const char *delimiters = strcmp(profile, "history") == 0   ? ";,\t|"
                             : strcmp(parts, "semicolon") == 0 ? ";"
                             : strcmp(parts, "comma") == 0     ? ","
                                                               : "\t";
    const struct profile *known = profiles_named(export_profiles(), profile);
    struct buf wanted = { 0 }, folded = { 0 };
    struct captions names;

    buf_addf(&wanted, known != NULL ? "end %s UTF-8 lines=1 headers=1" : "failed 3 ",
             profile);
    for (const char *d = delimiters; *d != '\0'; d++) {
        const char *got = header_told(captions, *d);

        cr_expect(slice_starts(slice_of(got), buf_cstr(&wanted)), "%s by %c: %s", era, *d,
                  got);
    }
    buf_free(&wanted);
    if (known == NULL)
        return;
    captions_load(&names, known);
    for (size_t i = 0; i < captions->count; i++)
        cr_expect(captions_find(&names, captions->text[i], &folded) != NULL ||
                      profile_ignores(known, captions->text[i]) ||
                      slice_is(captions->text[i], "variables.client_id"),
                  "%s: nobody knows " SLICE_FMT, era, SLICE_ARG(captions->text[i]));
    captions_free(&names);
    buf_free(&folded);
}

/* Every caption line that Webitel ever wrote, and those to be refused. */
Test(captions, of_every_era_are_known)
{
    static char room[LINE_ROOM];
    char *cell[4], *rest;
    size_t seen = 0;
    FILE *file = captions_open();

    while ((rest = next_of(file, "era", room)) != NULL) {
        for (size_t i = 0; i < COUNTOF(cell); i++)
            cr_assert_not_null(cell[i] = strsep(&rest, "\t"), "%s", room);

        struct texts captions = cut(slice_of(cell[3]));

        era_is(cell[0], cell[1], cell[2], &captions);
        seen++;
    }
    cr_expect_eq(seen, 24);
}

/*
 * stats_words.c - words and numbers of the tables.
 */
#include "commands/stats/stats_show.h"

#include "base/base.h"
#include "commands/shared/command.h"
#include "db/sql.h"

/* What --by takes, and texts that queries give, for the catalogues. */
static const char *const known_words[] = {
    LANG_MARK("carrier"),
    LANG_MARK("gateway"),
    LANG_MARK("category"),
    LANG_MARK("confidence"),
    LANG_MARK("direction"),
    LANG_MARK("queue"),
    LANG_MARK("domain"),
    LANG_MARK("cause"),
    LANG_MARK("sip"),
    LANG_MARK("day"),
    LANG_MARK("hour"),
    LANG_MARK("(none)"),
    LANG_MARK("certain"),
    LANG_MARK("probable"),
    LANG_MARK("ambiguous"),
    LANG_MARK("up"),
    LANG_MARK("down"),
    LANG_MARK("may be chance"),
    LANG_MARK("not known"),
    LANG_MARK("percent"),
    LANG_MARK("count"),
    LANG_MARK("seconds"),
    LANG_MARK("minutes"),
    LANG_MARK("mobile"),
    LANG_MARK("fixed"),
    LANG_MARK("rest"),
    LANG_MARK("the network answered"),
    LANG_MARK("the network delivered"),
    LANG_MARK("inbound"),
    LANG_MARK("outbound"),
    LANG_MARK("internal"),
};

bool stats_words_open(struct stats_words *words, struct db *db, const char *given,
                      struct err *err)
{
    *words = (struct stats_words){ .lang = LANG_EN };
    if (given == NULL)
        return true;
    while (strcmp(lang_names[words->lang], given) != 0)
        words->lang++;
    words->labels = db_query(db, sql_stats_labels, DB_ARGS(given), err);
    return words->labels != NULL;
}

void stats_words_close(struct stats_words *words)
{
    db_rows_free(words->labels);
}

/* The label of the category CODE, or NULL. */
static const char *label_of(const struct stats_words *words, struct slice code)
{
    size_t count = words->labels != NULL ? db_rows_count(words->labels) : 0;

    for (size_t row = 0; row < count; row++)
        if (slice_equal(db_value(words->labels, row, 0), code))
            return db_value(words->labels, row, 1).s;
    return NULL;
}

/* Codes of categories, as "BUSY, NO_ANSWER", by their labels; false when one has none. */
static bool add_labels(const struct stats_words *words, struct buf *out,
                       struct slice codes)
{
    for (bool more = true; more;) {
        const char *comma = memchr(codes.s, ',', codes.len);
        size_t len = comma != NULL ? (size_t)(comma - codes.s) : codes.len;
        const char *label = label_of(words, (struct slice){ codes.s, len });

        if (label == NULL)
            return false;
        buf_add_text(out, label);
        more = len + 2 < codes.len;
        if (more) {
            buf_add_text(out, ", ");
            codes = (struct slice){ codes.s + len + 2, codes.len - len - 2 };
        }
    }
    return true;
}

static bool stats_is_number(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789.")] == '\0';
}

/* A number with the comma of its language, "up to 5.0", an hour that comes again, a word.
 */
static void stats_add_cell(const struct stats_words *words, struct buf *out,
                           const char *text)
{
    static const char up_to[] = "up to ", again[] = " again";
    size_t length = strlen(text),
           tail = length < sizeof again ? 0 : length + 1 - sizeof again;

    if (stats_is_number(text)) {
        for (; *text != '\0'; text++)
            if (*text == '.' && words->lang != LANG_EN)
                buf_add_char(out, ',');
            else
                buf_add_char(out, *text);
    } else if (strncmp(text, up_to, strlen(up_to)) == 0) {
        buf_add_text(out, lang_text(words->lang, LANG_MARK("up to")));
        buf_add_char(out, ' ');
        stats_add_cell(words, out, text + strlen(up_to));
    } else if (tail > 0 && strcmp(text + tail, again) == 0) {
        buf_add(out, text, tail + 1);
        buf_add_text(out, lang_text(words->lang, LANG_MARK("again")));
    } else {
        for (size_t i = 0; i < COUNTOF(known_words); i++)
            if (strcmp(text, known_words[i]) == 0)
                text = lang_text(words->lang, known_words[i]);
        buf_add_text(out, text);
    }
}

char *stats_words_cell(const struct stats_words *words, enum stats_cell cell,
                       struct slice value)
{
    const char *label = NULL;
    struct buf text = { 0 }, labels = { 0 };
    char *printed;

    if (value.s != NULL && cell == STATS_CATEGORY && add_labels(words, &labels, value))
        label = buf_cstr(&labels);
    else if (value.s != NULL && cell == STATS_SENTENCE)
        label = lang_text(words->lang, value.s);
    if (label != NULL)
        buf_add_text(&text, label);
    else if (value.s != NULL)
        stats_add_cell(words, &text, value.s);
    printed = xstrdup(buf_cstr(&text));
    buf_free(&labels);
    buf_free(&text);
    return printed;
}

void stats_words_title(const struct stats_words *words, struct buf *out,
                       const char *title, const char *by, const char *about)
{
    const char *sentence = by != NULL ? LANG_MARK("{title} by {key}: {about}")
                                      : LANG_MARK("{title}: {about}");

    lang_say(out, words->lang, sentence,
             (const struct lang_value[]){ { "title", LANG_WORD, title },
                                          { "key", LANG_WORD, by },
                                          { "about", LANG_NAME, about },
                                          { NULL, LANG_NAME, NULL } });
}

void stats_words_about(const struct stats_words *words, struct buf *out, bool is_call,
                       const char *first, const char *last, const char *zone)
{
    const char *sentence;

    if (first == NULL)
        sentence = is_call ? LANG_MARK("no calls are known")
                           : LANG_MARK("no attempts are known");
    else if (strcmp(first, last) == 0)
        sentence = is_call ? LANG_MARK("calls of {first} ({zone})")
                           : LANG_MARK("attempts of {first} ({zone})");
    else
        sentence = is_call ? LANG_MARK("calls from {first} to {last} ({zone})")
                           : LANG_MARK("attempts from {first} to {last} ({zone})");
    lang_say(out, words->lang, sentence,
             (const struct lang_value[]){ { "first", LANG_NAME, first },
                                          { "last", LANG_NAME, last },
                                          { "zone", LANG_NAME, zone },
                                          { NULL, LANG_NAME, NULL } });
}

/*
 * lang.c - sentences by language, and numbers and dates as it writes them.
 *
 * A catalogue is searched from its beginning: it holds some hundred sentences, and a page
 * says less than a thousand.
 */
#include "lang/lang.h"

#include "base/base.h"
#include "lang/catalogue.h"

const char *const lang_names[LANG_COUNT + 1] = { "en", "uk", "ru", NULL };

static const struct lang_entry *find_entry(enum lang lang, const char *english)
{
    const struct lang_catalogue *catalogue = &lang_catalogues[lang];

    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->entry[i].english, english) == 0)
            return &catalogue->entry[i];
    return NULL;
}

const char *lang_text(enum lang lang, const char *english)
{
    const struct lang_entry *entry = find_entry(lang, english);

    return entry != NULL ? entry->form[0] : english;
}

const char *lang_plural(enum lang lang, const char *one, const char *many,
                        unsigned long n)
{
    const struct lang_entry *entry = find_entry(lang, one);
    unsigned long form = entry != NULL ? lang_catalogues[lang].form(n) : LANG_FORMS;

    if (form < LANG_FORMS && entry->form[form] != NULL)
        return entry->form[form];
    return n == 1 ? one : many;
}

/* The value whose place "{name}" of LEN bytes is, or NULL. */
static const struct lang_value *value_at(const char *place, size_t len,
                                         const struct lang_value *values)
{
    for (; values->name != NULL; values++)
        if (strlen(values->name) + 2 == len &&
            memcmp(values->name, place + 1, len - 2) == 0)
            return values;
    return NULL;
}

bool lang_next(const char **at, const struct lang_value *values, struct slice *text,
               const struct lang_value **value)
{
    const char *begin = *at;
    const char *close = *begin == '{' ? strchr(begin, '}') : NULL;

    *value = NULL;
    if (*begin == '\0')
        return false;
    if (close != NULL)
        *value = value_at(begin, (size_t)(close + 1 - begin), values);
    *at = *value != NULL ? close + 1 : begin + 1 + strcspn(begin + 1, "{");
    *text = (struct slice){ begin, (size_t)(*at - begin) };
    return true;
}

void lang_say(struct buf *out, enum lang lang, const char *english,
              const struct lang_value *values)
{
    const char *at = lang_text(lang, english);
    const struct lang_value *value;
    struct slice text;

    while (lang_next(&at, values, &text, &value))
        if (value != NULL)
            lang_add(out, lang, value->kind, value->text);
        else
            buf_add_slice(out, text);
}

/*
 * Numbers and dates as a language writes them.
 *
 * English: 1,234.5 and 37.1%.  Ukrainian and Russian: a decimal comma, a narrow space
 * that no line is broken at between thousands and before the sign.
 */

#define NARROW_SPACE "\xe2\x80\xaf"
#define MINUS        "\xe2\x88\x92"

/* Sentences of dates: a language may put day, month and year as it likes. */
static const char *const days[] = {
    LANG_MARK("{d} January {y}"),   LANG_MARK("{d} February {y}"),
    LANG_MARK("{d} March {y}"),     LANG_MARK("{d} April {y}"),
    LANG_MARK("{d} May {y}"),       LANG_MARK("{d} June {y}"),
    LANG_MARK("{d} July {y}"),      LANG_MARK("{d} August {y}"),
    LANG_MARK("{d} September {y}"), LANG_MARK("{d} October {y}"),
    LANG_MARK("{d} November {y}"),  LANG_MARK("{d} December {y}"),
};
static const char *const short_days[] = {
    LANG_MARK("{w} {d} Jan"), LANG_MARK("{w} {d} Feb"), LANG_MARK("{w} {d} Mar"),
    LANG_MARK("{w} {d} Apr"), LANG_MARK("{w} {d} May"), LANG_MARK("{w} {d} Jun"),
    LANG_MARK("{w} {d} Jul"), LANG_MARK("{w} {d} Aug"), LANG_MARK("{w} {d} Sep"),
    LANG_MARK("{w} {d} Oct"), LANG_MARK("{w} {d} Nov"), LANG_MARK("{w} {d} Dec"),
};
static const char *const months[] = {
    LANG_MARK("January {y}"), LANG_MARK("February {y}"), LANG_MARK("March {y}"),
    LANG_MARK("April {y}"),   LANG_MARK("May {y}"),      LANG_MARK("June {y}"),
    LANG_MARK("July {y}"),    LANG_MARK("August {y}"),   LANG_MARK("September {y}"),
    LANG_MARK("October {y}"), LANG_MARK("November {y}"), LANG_MARK("December {y}"),
};
static const char *const weekdays[] = {
    LANG_MARK("Sun"), LANG_MARK("Mon"), LANG_MARK("Tue"), LANG_MARK("Wed"),
    LANG_MARK("Thu"), LANG_MARK("Fri"), LANG_MARK("Sat"),
};

static void add_digits(struct buf *out, enum lang lang, const char *digits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            buf_add_text(out, lang == LANG_EN ? "," : NARROW_SPACE);
        buf_add_char(out, digits[i]);
    }
}

/* A number with DECIMALS places; what rounds to nought has no sign. */
static void add_number(struct buf *out, enum lang lang, double value, int decimals)
{
    char text[64];

    snprintf(text, sizeof text, "%.*f", decimals, value < 0 ? -value : value);

    size_t whole = strcspn(text, ".");

    if (value < 0 && strpbrk(text, "123456789") != NULL)
        buf_add_text(out, MINUS);
    add_digits(out, lang, text, whole);
    if (text[whole] == '.') {
        buf_add_char(out, lang == LANG_EN ? '.' : ',');
        buf_add_text(out, text + whole + 1);
    }
}

static void add_duration(struct buf *out, enum lang lang, double value)
{
    long seconds = (long)(value + 0.5);
    char first[24], last[24];
    const char *form = seconds < 60     ? LANG_MARK("{s} s")
                       : seconds < 3600 ? LANG_MARK("{m} min {s} s")
                                        : LANG_MARK("{h} h {m} min");
    long big = seconds < 3600 ? seconds / 60 : seconds / 3600;
    long small = seconds < 3600 ? seconds % 60 : seconds % 3600 / 60;

    snprintf(first, sizeof first, "%ld", big);
    snprintf(last, sizeof last, seconds < 60 ? "%ld" : "%02ld", small);
    lang_say(out, lang, form,
             seconds < 3600 ? (const struct lang_value[]){ { "m", LANG_NUMBER, first },
                                                           { "s", LANG_NAME, last },
                                                           { NULL, LANG_NAME, NULL } }
                            : (const struct lang_value[]){ { "h", LANG_NUMBER, first },
                                                           { "m", LANG_NAME, last },
                                                           { NULL, LANG_NAME, NULL } });
}

/* A date by FORM; the weekday is the calendar's, whatever the zone. */
static void add_date(struct buf *out, enum lang lang, const struct tm *at,
                     const char *form)
{
    char day[16], year[16];

    snprintf(day, sizeof day, "%d", at->tm_mday);
    snprintf(year, sizeof year, "%d", at->tm_year + 1900);
    lang_say(out, lang, form,
             (const struct lang_value[]){ { "d", LANG_NAME, day },
                                          { "y", LANG_NAME, year },
                                          { "w", LANG_WORD, weekdays[at->tm_wday] },
                                          { NULL, LANG_NAME, NULL } });
}

/* False: TEXT is no date. */
static bool add_time(struct buf *out, enum lang lang, enum lang_kind kind,
                     const char *text)
{
    struct tm at = { .tm_mday = 1 };
    const char *end = strptime(text, kind == LANG_MONTH ? "%Y-%m" : "%Y-%m-%d", &at);

    if (end == NULL || timegm(&at) == (time_t)-1)
        return false;
    if (kind == LANG_MONTH || kind == LANG_DAY)
        add_date(out, lang, &at, (kind == LANG_MONTH ? months : days)[at.tm_mon]);
    if (kind == LANG_DAY_SHORT || kind == LANG_HOUR)
        add_date(out, lang, &at, short_days[at.tm_mon]);
    if (kind == LANG_DAY_MARK)
        add_date(out, lang, &at, LANG_MARK("{w} {d}"));
    if (kind == LANG_HOUR)
        buf_add_text(out, ",");
    if (kind == LANG_HOUR || kind == LANG_CLOCK)
        buf_add_text(out, kind == LANG_CLOCK ? end + (*end == ' ') : end);
    return true;
}

void lang_add(struct buf *out, enum lang lang, enum lang_kind kind, const char *text)
{
    double number = text != NULL ? strtod(text, NULL) : 0;

    if (text == NULL)
        buf_add_text(out, LANG_DASH);
    else if (kind == LANG_NAME)
        buf_add_text(out, text);
    else if (kind == LANG_WORD)
        buf_add_text(out, lang_text(lang, text));
    else if (kind == LANG_DURATION)
        add_duration(out, lang, number);
    else if (kind >= LANG_DAY) {
        if (!add_time(out, lang, kind, text))
            buf_add_text(out, text);
    } else {
        add_number(out, lang, number, kind == LANG_PERCENT || kind == LANG_DECIMAL);
        if (kind == LANG_PERCENT || kind == LANG_WHOLE_PERCENT)
            buf_add_text(out, lang == LANG_EN ? "%" : NARROW_SPACE "%");
    }
}

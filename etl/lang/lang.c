/*
 * lang.c - sentences by language.
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

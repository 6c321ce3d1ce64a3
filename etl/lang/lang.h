/*
 * lang.h - what people read, in their language.
 *
 * A sentence stands in the code in English, whole, with {names} where values go; the
 * catalogues uk.po and ru.po beside this file hold it in the others.  They are GNU
 * gettext's, for its tools and for translators; scripts/embed-po.awk carries them in the
 * program. So no file is looked for and no locale needs to be installed: gettext() itself
 * says everything in English where a machine has only the locale C.UTF-8.
 */
#ifndef ETL_LANG_LANG_H
#define ETL_LANG_LANG_H

#include "base/buf.h"

enum lang { LANG_EN, LANG_UK, LANG_RU, LANG_COUNT };

/* "en", "uk", "ru", and NULL behind them: also the value of a page's lang="". */
extern const char *const lang_names[LANG_COUNT + 1];

/* Marks a sentence that is looked up later, for xgettext. */
#define LANG_MARK(english) english

/* The same with its plural: two texts. */
#define LANG_MARK_N(one, many) one, many

/* ENGLISH in LANG; as it is where the catalogue does not have it. */
const char *lang_text(enum lang lang, const char *english);

/* The form of it for N things. */
const char *lang_plural(enum lang lang, const char *one, const char *many,
                        unsigned long n);

/* What a value is, and so how it is written. */
enum lang_kind {
    LANG_NAME,          /* a text from outside, as it is */
    LANG_WORD,          /* English of ours, looked up */
    LANG_NUMBER,        /* a count: thousands apart */
    LANG_PERCENT,       /* one decimal, and the sign */
    LANG_DECIMAL,       /* one decimal */
    LANG_WHOLE_PERCENT, /* rounded, and the sign */
    LANG_DURATION,      /* seconds, as minutes or hours when there are many */
    LANG_DAY,           /* YYYY-MM-DD: 5 June 2026 */
    LANG_DAY_MARK,      /* YYYY-MM-DD: Fri 5, below a chart */
    LANG_DAY_SHORT,     /* YYYY-MM-DD: Fri 5 Jun */
    LANG_MONTH,         /* YYYY-MM...: June 2026 */
    LANG_HOUR,          /* YYYY-MM-DD HH:MM: Fri 5 Jun, 14:00 */
    LANG_CLOCK,         /* YYYY-MM-DD HH:MM: 14:00 */
};

/* What is shown where there is no value. */
#define LANG_DASH "\xe2\x80\x93"

struct lang_value {
    const char *name; /* of its place in a sentence */
    enum lang_kind kind;
    const char *text; /* as a query gives it; NULL: no value */
};

/* VALUE as LANG writes it. */
void lang_add(struct buf *out, enum lang lang, enum lang_kind kind, const char *text);

/*
 * The next piece of a sentence at *AT: either LEN bytes of it into *TEXT, or the value of
 * VALUES (the last has no name) whose place it is.  False at its end.  A {name} that
 * VALUES does not have stays as it is.
 */
bool lang_next(const char **at, const struct lang_value *values, struct slice *text,
               const struct lang_value **value);

/* The sentence ENGLISH with its values, as plain text. */
void lang_say(struct buf *out, enum lang lang, const char *english,
              const struct lang_value *values);

#endif

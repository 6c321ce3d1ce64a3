/*
 * catalogue.h - a catalogue as scripts/embed-po.awk makes it of a .po file.
 */
#ifndef ETL_LANG_CATALOGUE_H
#define ETL_LANG_CATALOGUE_H

#include <stddef.h>

enum { LANG_FORMS = 3 }; /* one, few, many */

struct lang_entry {
    const char *english;
    const char *form[LANG_FORMS]; /* the first alone where there is no plural */
};

struct lang_catalogue {
    const struct lang_entry *entry; /* NULL: English */
    size_t count;
    unsigned long (*form)(unsigned long n); /* the catalogue's Plural-Forms */
};
extern const struct lang_catalogue lang_catalogues[]; /* by enum lang */

#endif

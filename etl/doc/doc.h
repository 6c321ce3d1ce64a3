/*
 * doc.h - a mapping file: its JSON, its text, and complaints that name the place.
 *
 * Mapping files are read strictly: a key twice, a key nobody knows, a value of
 * the wrong type refuse the file.  JSON knows one kind of number: 488.0 is 488.  A
 * message reads `rules/65-vega.json:12: rules[3] (vega.declined): when.sip_code: ...`.
 */
#ifndef ETL_DOC_DOC_H
#define ETL_DOC_DOC_H

#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

/* What is wrong, for whoever wants to see every fault and not the first. */
struct doc_faults {
    struct buf *out; /* a line each */
    size_t count;
};

struct doc {
    char *name;                /* within the mapping folder: rules/10-answered.json */
    char *text;                /* as read, for line numbers */
    json_t *root;              /* an object */
    struct doc_faults *faults; /* borrowed; NULL: the first one ends it */
};

/* A member of an array in a doc, the thing a complaint is about. */
struct place {
    const struct doc *doc;
    const char *array; /* the array's key; NULL: the file's own keys */
    size_t index;
    const char *id; /* what the member calls itself; NULL */
};

/* The bytes of DIR/NAME, a regular file of at most 16 MiB, behind what OUT holds. */
bool doc_read_bytes(const char *dir, const char *name, struct buf *out,
                    struct err *err) MUST_USE;

/* Read LEN bytes at TEXT, which complaints call NAME.  False with ERR (EXIT_MAPPING);
 * then DOC is empty. */
bool doc_parse(struct doc *doc, const char *name, const char *text, size_t len,
               struct err *err) MUST_USE;
void doc_free(struct doc *doc);

/* The line on which PLACE's member begins, or KEY inside it (NULL: none); 0: unknown. */
size_t doc_line(const struct place *place, const char *key);

/* Fill ERR with the place, KEY (NULL: none) and the message.  Returns false. */
bool doc_fail(const struct place *place, const char *key, struct err *err,
              const char *format, ...) PRINTF_LIKE(4, 5);

/* PART below KEY, as a key: "when.sip_code".  Cut where it is long. */
struct doc_key {
    char path[192];
};

/*
 * ERR is a fault.  True: FAULTS took it, ERR is empty again, and reading may go on with
 * what comes next.  False: there is no FAULTS (NULL), or ERR is more than a fault.
 */
bool doc_go_on(struct doc_faults *faults, struct err *err);

/* OK, or a fault that is noted where PLACE's doc notes them. */
static inline bool doc_noted(const struct place *place, bool ok, struct err *err)
{
    return ok || doc_go_on(place->doc->faults, err);
}

/* How many were noted so far. */
static inline size_t doc_fault_count(const struct place *place)
{
    return place->doc->faults != NULL ? place->doc->faults->count : 0;
}

struct doc_key doc_below(const char *key, const char *part);

/* Every key of OBJECT is in KEYS (a NULL-terminated list), or is noted as a fault;
 * "about" and "$schema" are texts. */
bool doc_only_keys(const struct place *place, const json_t *object,
                   const char *const *keys, struct err *err) MUST_USE;

/* The array of that key; NULL with ERR when it is none. */
const json_t *doc_array(const struct doc *doc, const char *key, struct err *err) MUST_USE;

/* OBJECT's string KEY, not empty; NULL with ERR when it is none. */
const char *doc_text(const struct place *place, const json_t *object, const char *key,
                     struct err *err) MUST_USE;

/* Likewise a name that is stored and indexed: of at most DOC_NAME_MAX bytes. */
enum { DOC_NAME_MAX = 255 };

const char *doc_name(const struct place *place, const json_t *object, const char *key,
                     struct err *err) MUST_USE;

/* The same, but *TEXT is NULL when there is no such key. */
bool doc_text_or_none(const struct place *place, const json_t *object, const char *key,
                      const char **text, struct err *err) MUST_USE;

/* Likewise an id: of SIGNS and of nothing else. */
#define DOC_LOWER    "abcdefghijklmnopqrstuvwxyz"
#define DOC_CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DOC_DIGITS   "0123456789"

const char *doc_id(const struct place *place, const json_t *object, const char *key,
                   const char *signs, struct err *err) MUST_USE;

/* OBJECT's integer KEY between MIN and MAX; *NUMBER is left alone when it is missing. */
bool doc_int_or_none(const struct place *place, const json_t *object, const char *key,
                     const int32_t range[static 2], int32_t *number,
                     struct err *err) MUST_USE;

/* OBJECT's true or false KEY; false when it is missing. */
bool doc_flag(const struct place *place, const json_t *object, const char *key,
              bool *flag, struct err *err) MUST_USE;

/* OBJECT's KEY is an array of non-empty strings, or missing (*LIST is NULL). */
bool doc_texts_or_none(const struct place *place, const json_t *object, const char *key,
                       const json_t **list, struct err *err) MUST_USE;

/* No text stands twice in LIST, which is what KEY has. */
bool doc_none_twice(const struct place *place, const char *key, const json_t *list,
                    struct err *err) MUST_USE;

#endif

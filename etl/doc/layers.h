/*
 * layers.h - mapping folders, one laid over the other.
 *
 * The shipped folder stays as it is; a site's folder holds what it adds or has
 * otherwise.  Things are told apart by their ids (a category's code, a cause's name, an
 * announcement's token, a provider's id): of one id the last folder wins, and stands
 * where the first one stood.
 */
#ifndef ETL_DOC_LAYERS_H
#define ETL_DOC_LAYERS_H

#include "base/err.h"
#include "doc/doc.h"

enum { LAYERS_MAX = 8 };

/* A file of a folder that is not on disk. */
struct kept_file {
    size_t layer;
    struct slice name, text;
};

/* Folders, the shipped one first. */
struct layers {
    char *dir[LAYERS_MAX]; /* owned */
    size_t count;
    const struct kept_file *kept; /* all files of the folders; NULL: they are on disk */
    size_t nkept;
    struct doc_faults *faults; /* of the files read from them; see doc.h */
};

/* PATH is folders with colons between, as a shell's PATH.  False with ERR. */
bool layers_split(const char *path, struct layers *layers, struct err *err) MUST_USE;
void layers_free(struct layers *layers);

/* Folders that are not on disk, called by their numbers; FILE is borrowed. */
void layers_keep(const struct kept_file *file, size_t count, struct layers *layers);

/* Must NAME be read from folder LAYER?  The first folder must have it, others may. */
bool layers_have(const struct layers *layers, size_t layer, const char *name);

/* Is NAME in folder LAYER? */
bool layers_find(const struct layers *layers, size_t layer, const char *name);

/*
 * Read NAME of folder LAYER; complaints name a file of the first folder without it,
 * others with theirs.  False with ERR (EXIT_MAPPING); then DOC is empty.
 */
bool layers_read(const struct layers *layers, size_t layer, const char *name,
                 struct doc *doc, struct err *err) MUST_USE;

/* Files of one kind, those of the first folder first; the docs are borrowed. */
struct layered_file {
    const struct doc *doc;
    size_t layer; /* which folder it is from */
};

struct layered {
    struct layered_file *file; /* owned */
    size_t count;
};

void layered_add(struct layered *files, const struct doc *doc, size_t layer);
void layered_free(struct layered *files);

/* A member of an array of such files. */
struct member {
    struct place place;
    const json_t *object;
    size_t layer;
};

struct members {
    struct member *member; /* owned */
    size_t count;
};

/*
 * The members of ARRAY, told apart by their text or number ID.  A file without the array
 * adds none; only the first must have it.  members_free() in any case.
 */
bool layered_members(const struct layered *files, const char *array, const char *id,
                     struct members *members, struct err *err) MUST_USE;
void members_free(struct members *members);

/* The last file that has KEY among its own keys; NULL. */
const struct doc *layered_last(const struct layered *files, const char *key);

#endif

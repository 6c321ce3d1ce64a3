/*
 * profile.c - all profiles of a mapping folder.
 *
 * The first fault refuses the whole folder and is named with file and key: a
 * profile that is half read would put values into the wrong columns.  The
 * parsed files are kept; profiles point into their strings.
 */
#include "base/base.h"
#include "base/buf.h"
#include "doc/layers.h"
#include "readers/profile/names.h"
#include "readers/profile/profile_impl.h"
#include "rules/mapping/folder.h"

struct profiles {
    struct doc *file;
    size_t *layer; /* of each file: the folder that it is in */
    size_t nfiles;
    struct profile *profile;
    size_t *from; /* of each profile, likewise */
    size_t count;
};

static void profile_clear(struct profile *profile)
{
    free(profile->null);
    for (size_t i = 0; i < profile->naliases; i++)
        free(profile->alias[i].folded);
    free(profile->alias);
    free(profile->ignore);
    free(profile->shape);
    free(profile->member);
    for (size_t i = 0; i < profile->nmeanings; i++)
        free(profile->meaning[i].folded);
    free(profile->meaning);
}

void profiles_free(struct profiles *profiles)
{
    if (profiles == NULL)
        return;
    for (size_t i = 0; i < profiles->count; i++)
        profile_clear(&profiles->profile[i]);
    for (size_t i = 0; i < profiles->nfiles; i++)
        doc_free(&profiles->file[i]);
    free(profiles->profile);
    free(profiles->from);
    free(profiles->layer);
    free(profiles->file);
    free(profiles);
}

size_t profiles_count(const struct profiles *profiles)
{
    return profiles->count;
}

const struct profile *profiles_at(const struct profiles *profiles, size_t i)
{
    return &profiles->profile[i];
}

const struct profile *profiles_named(const struct profiles *profiles, const char *name)
{
    for (size_t i = 0; i < profiles->count; i++)
        if (strcmp(profiles->profile[i].name, name) == 0)
            return &profiles->profile[i];
    return NULL;
}

static bool is_null(const struct profile *profile, struct slice text)
{
    if (text.len == 0)
        return profile->empty_is_null;
    for (size_t i = 0; i < profile->nnulls; i++)
        if (slice_is(text, profile->null[i]))
            return true;
    return false;
}

struct slice profile_value(const struct profile *profile, enum field field,
                           struct slice text)
{
    if (profile_takes_as_is(profile, field, text))
        return text;
    text = slice_trim(text);
    if (field != FIELD_NONE && profile->cut_domain[field])
        text = slice_before(text, '@');
    if (is_null(profile, text))
        return SLICE_NONE;
    if (field != FIELD_NONE && profile->has_meanings[field])
        return profile_meaning(profile, field, text);
    return text;
}

bool profile_ignores(const struct profile *profile, struct slice name)
{
    for (size_t i = 0; i < profile->nignores; i++)
        if (text_glob(name, slice_of(profile->ignore[i])))
            return true;
    return false;
}

static bool named_twice(const struct profile *profile, const struct doc *doc,
                        const struct alias *alias, struct err *err)
{
    bool is_extra = alias->field == FIELD_NONE;
    const struct doc_key field =
        doc_below("fields", is_extra ? "" : field_name(alias->field));
    const struct place place = { .doc = doc };

    return doc_fail(&place, is_extra ? "extra" : field.path, err,
                    "\"%s\" is named twice in profile %s", alias->text, profile->name);
}

/* No name may stand for two things, however it is written; captions are folded here. */
static bool unambiguous(struct profile *profile, const struct doc *doc, struct err *err)
{
    struct table names = { 0 };
    struct buf folded[1] = { { 0 } };
    bool ok = true;

    for (size_t i = 0; ok && i < profile->naliases; i++) {
        struct alias *alias = &profile->alias[i];
        struct slice text = slice_of(alias->text);

        if (profile->container == CONTAINER_CSV) {
            caption_fold(folded, text);
            free(alias->folded); /* a file that extends it comes later */
            alias->folded = xstrndup(buf_cstr(folded), folded->len);
            text = slice_of(alias->folded);
        }
        if (table_find(&names, name_path(text), text) != TABLE_NONE)
            ok = named_twice(profile, doc, alias, err);
        else
            table_add(&names, name_path(text), text, (int)i);
    }
    table_free(&names);
    buf_free(folded);
    return ok;
}

/* The profile of a file as the next one, or in the place of an earlier folder's. */
static bool add_profile(struct profiles *profiles, size_t file, struct err *err)
{
    const struct doc *doc = &profiles->file[file];
    struct profile profile = { 0 };

    if (!profile_read(doc, &profile, err)) {
        profile_clear(&profile);
        return false;
    }

    size_t at = 0;

    while (at < profiles->count && strcmp(profiles->profile[at].name, profile.name) != 0)
        at++;
    if (at < profiles->count && profiles->from[at] == profiles->layer[file]) {
        (void)doc_fail(&(struct place){ .doc = doc }, "name", err, "%s is named already",
                       profile.name);
        profile_clear(&profile);
        return false;
    }
    if (at < profiles->count)
        profile_clear(&profiles->profile[at]);
    else
        profiles->count++;
    profiles->profile[at] = profile;
    profiles->from[at] = profiles->layer[file];
    return unambiguous(&profiles->profile[at], doc, err);
}

/* Read a file; what extends another profile waits until all are there. */
static bool take_file(struct profiles *profiles, size_t file, bool extending,
                      struct err *err)
{
    const struct doc *doc = &profiles->file[file];
    const struct place place = { .doc = doc };
    const json_t *extends = json_object_get(doc->root, "extends");
    struct profile *profile;

    if ((extends != NULL) != extending)
        return true;
    if (!extending)
        return add_profile(profiles, file, err);

    const char *base = json_string_value(extends);

    profile = base != NULL ? (struct profile *)profiles_named(profiles, base) : NULL;
    if (profile == NULL)
        return doc_fail(&place, "extends", err, "there is no profile of that name");
    return profile_extend(doc, profile, err) && unambiguous(profile, doc, err);
}

/* In a known order: of two profiles that know as much of an export the first is taken. */
static int by_name(const void *a, const void *b)
{
    const struct profile *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/* The files of all folders; only the first folder must have some. */
static bool read_files(struct profiles *profiles, const struct layers *layers,
                       struct err *err)
{
    struct folder_files files;
    bool ok = folder_list(layers, FOLDER_PROFILES, &files, err);

    profiles->file = xcalloc(files.count + 1, sizeof *profiles->file);
    profiles->layer = xcalloc(files.count + 1, sizeof *profiles->layer);
    for (size_t i = 0; ok && i < files.count; i++) {
        const struct folder_file *file = &files.file[i];

        if (layers_read(layers, file->layer, file->name,
                        &profiles->file[profiles->nfiles], err))
            profiles->layer[profiles->nfiles++] = file->layer;
        else
            ok = doc_go_on(layers->faults, err);
    }
    folder_free(&files);
    return ok;
}

static bool read_profiles(struct profiles *profiles, struct err *err)
{
    profiles->profile = xcalloc(profiles->nfiles + 1, sizeof *profiles->profile);
    profiles->from = xcalloc(profiles->nfiles + 1, sizeof *profiles->from);
    for (int extending = 0; extending < 2; extending++)
        for (size_t i = 0; i < profiles->nfiles; i++)
            if (!take_file(profiles, i, extending == 1, err) &&
                !doc_go_on(profiles->file[i].faults, err))
                return false;
    qsort(profiles->profile, profiles->count, sizeof *profiles->profile, by_name);
    return true;
}

static struct profiles *profiles_of(const char *path, struct doc_faults *faults,
                                    struct err *err)
{
    struct profiles *profiles = xcalloc(1, sizeof *profiles);
    struct layers layers;
    bool ok = layers_split(path, &layers, err);

    layers.faults = faults;
    ok = ok && read_files(profiles, &layers, err) && read_profiles(profiles, err);
    layers_free(&layers);
    if (ok)
        return profiles;
    profiles_free(profiles);
    return NULL;
}

struct profiles *profiles_load(const char *path, struct err *err)
{
    return profiles_of(path, NULL, err);
}

bool profiles_check(const char *path, struct doc_faults *faults, struct err *err)
{
    struct profiles *profiles = profiles_of(path, faults, err);

    profiles_free(profiles);
    return profiles != NULL;
}

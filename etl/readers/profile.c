/*
 * profile.c - all profiles of a mapping folder.
 *
 * The first fault refuses the whole folder and is named with file and key: a
 * profile that is half read would put values into the wrong columns.  The
 * parsed files are kept; profiles point into their strings.
 */
#include <dirent.h>
#include <errno.h>

#include "base/base.h"
#include "base/buf.h"
#include "readers/names.h"
#include "readers/profile_impl.h"

struct profiles {
    json_t **file;
    size_t nfiles;
    struct profile *profile;
    size_t count;
};

void profiles_free(struct profiles *profiles)
{
    if (profiles == NULL)
        return;
    for (size_t i = 0; i < profiles->count; i++) {
        free(profiles->profile[i].null);
        free(profiles->profile[i].alias);
        free(profiles->profile[i].ignore);
        free(profiles->profile[i].shape);
        free(profiles->profile[i].member);
        for (size_t m = 0; m < profiles->profile[i].nmeanings; m++)
            free(profiles->profile[i].meaning[m].folded);
        free(profiles->profile[i].meaning);
    }
    for (size_t i = 0; i < profiles->nfiles; i++)
        json_decref(profiles->file[i]);
    free(profiles->profile);
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
    if (text.len > profile->longest_null)
        return false;
    for (size_t i = 0; i < profile->nnulls; i++)
        if (slice_is(text, profile->null[i]))
            return true;
    return false;
}

/* Blanks are below '!' or begin and end with bytes above 127. */
static bool may_need_trim(struct slice text)
{
    if (text.len == 0)
        return false;

    unsigned char first = (unsigned char)text.s[0];
    unsigned char last = (unsigned char)text.s[text.len - 1];

    return first <= ' ' || last <= ' ' || first >= 0x80 || last >= 0x80;
}

/* Whatever may have to be done to TEXT, with a look at each. */
static struct slice mended(const struct profile *profile, enum field field,
                           struct slice text)
{
    if (may_need_trim(text))
        text = slice_trim(text);
    if (field != FIELD_NONE && profile->cut_domain[field])
        text = slice_before(text, '@');
    if (is_null(profile, text))
        return SLICE_NONE;
    if (field != FIELD_NONE && profile->has_meanings[field])
        return profile_meaning(profile, field, text);
    return text;
}

struct slice profile_value(const struct profile *profile, enum field field,
                           struct slice text)
{
    bool as_it_is = field == FIELD_NONE ||
                    (!profile->cut_domain[field] && !profile->has_meanings[field]);

    if (as_it_is && text.len > profile->longest_null && !may_need_trim(text))
        return text;
    return mended(profile, field, text);
}

bool profile_ignores(const struct profile *profile, struct slice name)
{
    for (size_t i = 0; i < profile->nignores; i++)
        if (text_glob(name, slice_of(profile->ignore[i])))
            return true;
    return false;
}

/* No name may stand for two things, however it is written. */
static bool unambiguous(const struct profile *profile, const char *file, struct err *err)
{
    struct names names = { 0 };
    struct buf folded[1] = { { 0 } };
    char **kept = xcalloc(profile->naliases + 1, sizeof *kept);
    bool ok = true;

    for (size_t i = 0; ok && i < profile->naliases; i++) {
        const struct alias *alias = &profile->alias[i];
        struct slice text = slice_of(alias->text);
        const char *key = alias->field == FIELD_NONE ? "extra" : field_name(alias->field);

        if (profile->container == CONTAINER_CSV) {
            caption_fold(folded, text);
            kept[i] = xstrndup(buf_cstr(folded), folded->len);
            text = slice_of(kept[i]);
        }
        if (names_find(&names, name_path(text), text) != NAME_NONE)
            ok = err_set(err, EXIT_MAPPING, "%s: %s: \"%s\" is named twice in profile %s",
                         file, key, alias->text, profile->name);
        else
            names_add(&names, name_path(text), text, (int)i);
    }
    for (size_t i = 0; i < profile->naliases; i++)
        free(kept[i]);
    free(kept);
    names_free(&names);
    buf_free(folded);
    return ok;
}

/* Read the file NAME; what extends another profile waits until all are there. */
static bool take_file(struct profiles *profiles, const char *name, json_t *json,
                      bool extending, struct err *err)
{
    const json_t *extends = json_object_get(json, "extends");
    struct profile *profile;

    if ((extends != NULL) != extending)
        return true;
    if (!extending) {
        profile = &profiles->profile[profiles->count++];
        if (!profile_read(name, json, profile, err))
            return false;
        for (size_t i = 0; i + 1 < profiles->count; i++)
            if (strcmp(profiles->profile[i].name, profile->name) == 0)
                return err_set(err, EXIT_MAPPING, "%s: name: %s is named already", name,
                               profile->name);
        return unambiguous(profile, name, err);
    }

    const char *base = json_string_value(extends);

    profile = base != NULL ? (struct profile *)profiles_named(profiles, base) : NULL;
    if (profile == NULL)
        return err_set(err, EXIT_MAPPING, "%s: extends: there is no profile of that name",
                       name);
    return profile_extend(name, json, profile, err) && unambiguous(profile, name, err);
}

static int is_profile(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && slice_ends(slice_of(entry->d_name), ".json");
}

static bool parse(struct profiles *profiles, const char *path, struct err *err)
{
    json_error_t why;
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &why);

    if (json == NULL)
        return err_set(err, EXIT_MAPPING, "%s: line %d: %s", path, why.line, why.text);
    profiles->file[profiles->nfiles++] = json;
    return json_is_object(json) ||
           err_set(err, EXIT_MAPPING, "%s: must be an object", path);
}

/* In a known order: of two profiles that know as much of an export the first is taken. */
static int by_name(const void *a, const void *b)
{
    const struct profile *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/* The files PATH[0] to PATH[COUNT - 1], in the order of their names. */
static bool take_files(struct profiles *profiles, char **path, size_t count,
                       struct err *err)
{
    profiles->file = xcalloc(count + 1, sizeof(json_t *));
    profiles->profile = xcalloc(count + 1, sizeof *profiles->profile);
    for (size_t i = 0; i < count; i++)
        if (!parse(profiles, path[i], err))
            return false;
    for (int extending = 0; extending < 2; extending++)
        for (size_t i = 0; i < count; i++)
            if (!take_file(profiles, path[i], profiles->file[i], extending == 1, err))
                return false;
    qsort(profiles->profile, profiles->count, sizeof *profiles->profile, by_name);
    return true;
}

struct profiles *profiles_load(const char *dir, struct err *err)
{
    struct buf name[1] = { { 0 } };
    struct dirent **entry = NULL;

    buf_addf(name, "%s/fields", dir);

    int count = scandir(buf_cstr(name), &entry, is_profile, alphasort);

    if (count <= 0) {
        err_set(err, EXIT_MAPPING, "%s: %s", buf_cstr(name),
                count < 0 ? strerror(errno) : "no profile is in it");
        free(entry);
        buf_free(name);
        return NULL;
    }

    struct profiles *profiles = xcalloc(1, sizeof *profiles);
    char **path = xcalloc((size_t)count, sizeof *path);

    for (int i = 0; i < count; i++) {
        buf_reset(name);
        buf_addf(name, "%s/fields/%s", dir, entry[i]->d_name);
        path[i] = xstrdup(buf_cstr(name));
        free(entry[i]);
    }

    bool ok = take_files(profiles, path, (size_t)count, err);

    for (int i = 0; i < count; i++)
        free(path[i]);
    free(path);
    free(entry);
    buf_free(name);
    if (ok)
        return profiles;
    profiles_free(profiles);
    return NULL;
}

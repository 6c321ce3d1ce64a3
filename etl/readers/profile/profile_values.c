/*
 * profile_values.c - labels that a screen shows instead of codes, and their codes.
 *
 * "values": { FIELD: { CODE: [LABEL...] } }.  A label is compared as a caption is, for
 * it comes the same way: through browsers, spreadsheets and people.
 */
#include "base/base.h"
#include "base/buf.h"
#include "readers/profile/names.h"
#include "readers/profile/profile_impl.h"

static const struct meaning *find(const struct profile *profile, enum field field,
                                  struct slice folded)
{
    for (size_t i = 0; i < profile->nmeanings; i++)
        if (profile->meaning[i].field == field &&
            slice_is(folded, profile->meaning[i].folded))
            return &profile->meaning[i];
    return NULL;
}

/* LABEL stands for CODE; false when it stands for something already. */
static bool profile_values_add(struct profile *profile, enum field field,
                               const char *code, const char *label)
{
    struct buf folded[1] = { { 0 } };
    bool is_new;

    caption_fold(folded, slice_of(label));
    is_new = find(profile, field, buf_slice(folded)) == NULL;
    if (is_new) {
        profile->meaning =
            xrealloc(profile->meaning, profile->nmeanings + 1, sizeof *profile->meaning);
        profile->meaning[profile->nmeanings++] =
            (struct meaning){ field, xstrndup(buf_cstr(folded), folded->len), code };
        profile->has_meanings[field] = profile->is_rewritten[field] = true;
    }
    buf_free(folded);
    return is_new;
}

/* Labels that stand for CODE of FIELD, and where. */
struct labels {
    const struct place *place;
    const char *key;
    enum field field;
    const char *code;
};

static bool take_labels(const struct labels *of, const json_t *labels,
                        struct profile *profile, struct err *err)
{
    const json_t *label;
    size_t i;

    if (!json_is_array(labels))
        return doc_fail(of->place, of->key, err, "must be a list of labels");
    json_array_foreach(labels, i, label)
    {
        if (!json_is_string(label) || json_string_length(label) == 0)
            return doc_fail(of->place, of->key, err, "must be a list of labels");
        if (!profile_values_add(profile, of->field, of->code, json_string_value(label)))
            return doc_fail(of->place, of->key, err, "\"%s\" is named twice",
                            json_string_value(label));
    }
    return true;
}

static bool take_codes(const struct place *place, const char *name, json_t *codes,
                       struct profile *profile, struct err *err)
{
    const struct doc_key key = doc_below("values", name);
    enum field field = field_named(slice_of(name));
    const char *code;
    json_t *labels;

    if (field == FIELD_NONE)
        return doc_fail(place, key.path, err, "is no field of a record");
    if (!json_is_object(codes))
        return doc_fail(place, key.path, err, "must be an object of codes");
    json_object_foreach(codes, code, labels)
    {
        const struct doc_key below = doc_below(key.path, code);
        const struct labels of = { place, below.path, field, code };

        if (!doc_noted(place, take_labels(&of, labels, profile, err), err))
            return false;
    }
    return true;
}

bool profile_values(const struct doc *doc, struct profile *profile, struct err *err)
{
    const struct place place = { .doc = doc };
    json_t *values = json_object_get(doc->root, "values");
    const char *name;
    json_t *codes;

    if (values != NULL && !json_is_object(values))
        return doc_fail(&place, "values", err, "must be an object");
    json_object_foreach(values, name, codes)
    {
        if (!doc_noted(&place, take_codes(&place, name, codes, profile, err), err))
            return false;
    }
    return true;
}

/* One word in small letters is a code already, as nearly all values are. */
static bool is_code(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.s[i] < 'a' || text.s[i] > 'z') && text.s[i] != '_')
            return false;
    return true;
}

struct slice profile_meaning(const struct profile *profile, enum field field,
                             struct slice text)
{
    struct buf folded[1] = { { 0 } };
    const struct meaning *meaning;

    if (is_code(text))
        return text;
    caption_fold(folded, text);
    meaning = find(profile, field, buf_slice(folded));
    buf_free(folded);
    return meaning != NULL ? slice_of(meaning->code) : text;
}

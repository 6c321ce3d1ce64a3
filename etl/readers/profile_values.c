/*
 * profile_values.c - labels that a screen shows instead of codes, and their codes.
 *
 * "values": { FIELD: { CODE: [LABEL...] } }.  A label is compared as a caption is, for
 * it comes the same way: through browsers, spreadsheets and people.
 */
#include "base/base.h"
#include "base/buf.h"
#include "readers/names.h"
#include "readers/profile_impl.h"

static bool fault(const char *name, const char *key, const char *what, struct err *err)
{
    return err_set(err, EXIT_MAPPING, "%s: %s: %s", name, key, what);
}

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
static bool add(struct profile *profile, enum field field, const char *code,
                const char *label)
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
        profile->has_meanings[field] = true;
    }
    buf_free(folded);
    return is_new;
}

static bool take_codes(const char *name, json_t *codes, enum field field,
                       struct profile *profile, struct err *err)
{
    const char *code;
    json_t *labels;
    const json_t *label;
    size_t i;

    json_object_foreach(codes, code, labels)
    {
        if (!json_is_array(labels))
            return fault(name, code, "must be a list of labels", err);
        json_array_foreach(labels, i, label)
        {
            if (!json_is_string(label) || json_string_length(label) == 0)
                return fault(name, code, "must be a list of labels", err);
            if (!add(profile, field, code, json_string_value(label)))
                return err_set(err, EXIT_MAPPING, "%s: %s: \"%s\" is named twice", name,
                               code, json_string_value(label));
        }
    }
    return true;
}

bool profile_values(const char *name, json_t *json, struct profile *profile,
                    struct err *err)
{
    json_t *values = json_object_get(json, "values");
    const char *key;
    json_t *codes;

    if (values != NULL && !json_is_object(values))
        return fault(name, "values", "must be an object", err);
    json_object_foreach(values, key, codes)
    {
        enum field field = field_named(slice_of(key));

        if (field == FIELD_NONE)
            return fault(name, key, "is no field of a record", err);
        if (!json_is_object(codes))
            return fault(name, key, "must be an object of codes", err);
        if (!take_codes(name, codes, field, profile, err))
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

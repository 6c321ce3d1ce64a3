/*
 * profile_read.c - one file of mappings/fields/ as a profile.
 *
 * Strict: what is not known is a fault, for a misspelt key would be a column
 * that nobody reads.
 */
#include "base/base.h"
#include "leg/time/clock.h"
#include "readers/profile/profile_impl.h"

/* One file on its way into a profile. */
struct draft {
    struct place place;
    json_t *json;
    struct profile *profile;
};

static struct draft draft_of(const struct doc *doc, struct profile *profile)
{
    return (struct draft){ { .doc = doc }, doc->root, profile };
}

static bool known_keys(const struct draft *draft, struct err *err)
{
    static const char *const whole[] = {
        "$schema",      "name",        "title",  "refuse",     "container",
        "delimiters",   "quoting",     "zone",   "date_order", "nulls",
        "records",      "fields",      "extra",  "ignore",     "cut_domain",
        "object_value", "url_encoded", "values", NULL
    };
    static const char *const more[] = { "$schema", "extends", "title",  "fields",
                                        "extra",   "ignore",  "values", NULL };
    bool extends = json_object_get(draft->json, "extends") != NULL;

    return doc_only_keys(&draft->place, draft->json, extends ? more : whole, err);
}

/* The string under KEY; *TEXT stays as it is when there is none. */
static bool take_text(const struct draft *draft, const char *key, const char **text,
                      struct err *err)
{
    const json_t *value = json_object_get(draft->json, key);

    if (value == NULL)
        return true;
    if (!json_is_string(value))
        return doc_fail(&draft->place, key, err, "must be a string");
    *text = json_string_value(value);
    return true;
}

/* The strings under KEY, behind the *COUNT of *LIST. */
static bool take_texts(const struct draft *draft, const char *key, const char ***list,
                       size_t *count, struct err *err)
{
    const json_t *value = json_object_get(draft->json, key);
    const json_t *item;
    size_t i;

    if (value != NULL && !json_is_array(value))
        return doc_fail(&draft->place, key, err, "must be a list of strings");
    *list = xrealloc(*list, *count + json_array_size(value) + 1, sizeof **list);
    json_array_foreach(value, i, item)
    {
        if (!json_is_string(item))
            return doc_fail(&draft->place, key, err, "must be a list of strings");
        (*list)[(*count)++] = json_string_value(item);
    }
    return doc_none_twice(&draft->place, key, value, err);
}

static bool add_alias(const struct draft *draft, const char *key, const json_t *text,
                      enum field field, struct err *err)
{
    struct profile *profile = draft->profile;
    size_t rank = 0;

    if (!json_is_string(text) || json_string_length(text) == 0)
        return doc_fail(&draft->place, key, err, "must be a list of names");
    for (size_t i = 0; i < profile->naliases; i++)
        rank += profile->alias[i].field == field;
    profile->alias =
        xrealloc(profile->alias, profile->naliases + 1, sizeof *profile->alias);
    profile->alias[profile->naliases++] =
        (struct alias){ .text = json_string_value(text), .field = field, .rank = rank };
    return true;
}

static bool take_fields(const struct draft *draft, struct err *err)
{
    json_t *fields = json_object_get(draft->json, "fields");
    const char *key;
    json_t *names;
    const json_t *name;
    size_t i;

    if (fields != NULL && !json_is_object(fields))
        return doc_fail(&draft->place, "fields", err, "must be an object");
    json_object_foreach(fields, key, names)
    {
        const struct doc_key place = doc_below("fields", key);
        enum field field = field_named(slice_of(key));

        if (field == FIELD_NONE)
            (void)doc_fail(&draft->place, place.path, err, "is no field of a record");
        else if (!json_is_array(names))
            (void)doc_fail(&draft->place, place.path, err, "must be a list of names");
        if (!doc_noted(&draft->place, err->code == EXIT_DONE, err))
            return false;
        if (field == FIELD_NONE)
            continue;
        json_array_foreach(names, i, name)
        {
            if (!doc_noted(&draft->place, add_alias(draft, place.path, name, field, err),
                           err))
                return false;
        }
    }
    return true;
}

static bool take_extra(const struct draft *draft, struct err *err)
{
    const json_t *extra = json_object_get(draft->json, "extra");
    const json_t *name;
    size_t i;

    if (extra != NULL && !json_is_array(extra))
        return doc_fail(&draft->place, "extra", err, "must be a list of names");
    json_array_foreach(extra, i, name) if (!add_alias(draft, "extra", name, FIELD_NONE,
                                                      err)) return false;
    return true;
}

static bool take_container(const struct draft *draft, struct err *err)
{
    const char *container = NULL;

    if (!take_text(draft, "container", &container, err))
        return false;
    if (container != NULL && strcmp(container, "csv") == 0)
        draft->profile->container = CONTAINER_CSV;
    else if (container != NULL && strcmp(container, "json") == 0)
        draft->profile->container = CONTAINER_JSON;
    else
        return doc_fail(&draft->place, "container", err, "must be \"csv\" or \"json\"");
    return true;
}

static bool take_date_order(const struct draft *draft, struct err *err)
{
    static const char *const orders[] = { "guessed", "dmy", "mdy", "ymd" };
    const char *order = "guessed";

    if (!take_text(draft, "date_order", &order, err))
        return false;
    for (size_t i = 0; i < COUNTOF(orders); i++)
        if (strcmp(order, orders[i]) == 0) {
            draft->profile->date_order = (enum date_order)i;
            return true;
        }
    return doc_fail(&draft->place, "date_order", err, "must be guessed, dmy, mdy or ymd");
}

static bool profile_read_take_zone(const struct draft *draft, struct err *err)
{
    struct err why = { 0 };

    if (!take_text(draft, "zone", &draft->profile->zone, err))
        return false;
    if (draft->profile->zone == NULL)
        return true;

    struct zone *zone = zone_open(draft->profile->zone, &why);

    if (zone == NULL)
        return doc_fail(&draft->place, "zone", err, "%s", why.text);
    zone_free(zone);
    return true;
}

static bool take_nulls(const struct draft *draft, struct err *err)
{
    struct profile *profile = draft->profile;

    if (!take_texts(draft, "nulls", &profile->null, &profile->nnulls, err))
        return false;
    for (size_t i = 0; i < profile->nnulls; i++) {
        struct slice null = slice_of(profile->null[i]);

        if (text_ends_plain(null) && null.len > profile->longest_plain_null)
            profile->longest_plain_null = null.len;
        if (null.len == 0)
            profile->empty_is_null = true;
    }
    return true;
}

static bool take_quoting(const struct draft *draft, struct err *err)
{
    const json_t *quoting = json_object_get(draft->json, "quoting");

    if (quoting != NULL && !json_is_boolean(quoting))
        return doc_fail(&draft->place, "quoting", err, "must be true or false");
    draft->profile->quoting = quoting == NULL || json_is_true(quoting);
    return true;
}

/* A place, or a list of places that hold records side by side. */
static bool take_shape(const struct draft *draft, const json_t *places, struct err *err)
{
    struct shape shape = { .nplaces =
                               json_is_array(places) ? json_array_size(places) : 1 };

    if (shape.nplaces == 0 || shape.nplaces > SHAPE_PLACES)
        return doc_fail(&draft->place, "records", err, "a list holds one or two places");
    for (size_t i = 0; i < shape.nplaces; i++) {
        shape.place[i] =
            json_string_value(json_is_array(places) ? json_array_get(places, i) : places);
        if (shape.place[i] == NULL)
            return doc_fail(&draft->place, "records", err, "a place must be a string");
    }

    struct profile *profile = draft->profile;

    profile->shape = xrealloc(profile->shape, profile->nshapes + 1, sizeof shape);
    profile->shape[profile->nshapes++] = shape;
    return true;
}

static bool take_records(const struct draft *draft, struct err *err)
{
    const json_t *records = json_object_get(draft->json, "records");
    const json_t *places;
    size_t i;

    if ((draft->profile->container == CONTAINER_JSON) != (json_array_size(records) > 0))
        return doc_fail(&draft->place, "records", err,
                        "a list is due in JSON, and only there");
    json_array_foreach(records, i,
                       places) if (!take_shape(draft, places, err)) return false;
    return true;
}

static bool take_cut_domain(const struct draft *draft, struct err *err)
{
    const char **names = NULL;
    size_t count = 0;
    bool ok = take_texts(draft, "cut_domain", &names, &count, err);

    for (size_t i = 0; ok && i < count; i++) {
        enum field field = field_named(slice_of(names[i]));

        if (field == FIELD_NONE)
            ok = doc_fail(&draft->place, "cut_domain", err, "%s is no field of a record",
                          names[i]);
        else
            draft->profile->cut_domain[field] = draft->profile->is_rewritten[field] =
                true;
    }
    free(names);
    return ok;
}

static bool take_url_encoded(const struct draft *draft, struct err *err)
{
    json_t *object = json_object_get(draft->json, "url_encoded");
    struct url_encoded *to = &draft->profile->url_encoded;

    if (object == NULL)
        return true;
    if (json_unpack(object, "{s:s, s:s, s:s !}", "key", &to->key, "contains", &to->mark,
                    "under", &to->under) != 0)
        return doc_fail(
            &draft->place, "url_encoded", err,
            "must hold the strings key, contains and under, and nothing else");
    return true;
}

/* STEP of reading DRAFT, or a fault that is noted. */
#define DRAFT_NOTED(step) doc_noted(&draft.place, step, err)

bool profile_extend(const struct doc *doc, struct profile *profile, struct err *err)
{
    const struct draft draft = draft_of(doc, profile);

    return DRAFT_NOTED(known_keys(&draft, err)) &&
           DRAFT_NOTED(take_fields(&draft, err)) &&
           DRAFT_NOTED(take_extra(&draft, err)) &&
           DRAFT_NOTED(profile_values(doc, profile, err)) &&
           DRAFT_NOTED(
               take_texts(&draft, "ignore", &profile->ignore, &profile->nignores, err));
}

static bool complete(const struct draft *draft, struct err *err)
{
    const struct profile *profile = draft->profile;

    if (profile->name == NULL)
        return doc_fail(&draft->place, "name", err, "is missing");
    if (profile->title == NULL)
        return doc_fail(&draft->place, "title", err, "is missing");
    if (profile->delimiters[0] == '\0')
        return doc_fail(&draft->place, "delimiters", err, "is empty");
    return true;
}

bool profile_read(const struct doc *doc, struct profile *profile, struct err *err)
{
    const struct draft draft = draft_of(doc, profile);

    profile->delimiters = ";,\t|";
    return DRAFT_NOTED(profile_extend(doc, profile, err)) &&
           DRAFT_NOTED(take_text(&draft, "name", &profile->name, err)) &&
           DRAFT_NOTED(take_text(&draft, "title", &profile->title, err)) &&
           DRAFT_NOTED(take_text(&draft, "refuse", &profile->refuse, err)) &&
           DRAFT_NOTED(take_text(&draft, "delimiters", &profile->delimiters, err)) &&
           DRAFT_NOTED(take_nulls(&draft, err)) &&
           DRAFT_NOTED(take_texts(&draft, "object_value", &profile->member,
                                  &profile->nmembers, err)) &&
           DRAFT_NOTED(take_container(&draft, err)) &&
           DRAFT_NOTED(take_date_order(&draft, err)) &&
           DRAFT_NOTED(profile_read_take_zone(&draft, err)) &&
           DRAFT_NOTED(take_quoting(&draft, err)) &&
           DRAFT_NOTED(take_records(&draft, err)) &&
           DRAFT_NOTED(take_cut_domain(&draft, err)) &&
           DRAFT_NOTED(take_url_encoded(&draft, err)) && complete(&draft, err);
}

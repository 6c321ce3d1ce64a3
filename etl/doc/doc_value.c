/*
 * doc_value.c - values out of a mapping file, each refused with its place.
 */
#include "base/base.h"
#include "base/nearest.h"
#include "base/table.h"
#include "doc/doc.h"

/* What nobody reads, and is a text all the same. */
static bool is_for_people(const char *key)
{
    return strcmp(key, "about") == 0 || strcmp(key, "$schema") == 0;
}

bool doc_only_keys(const struct place *place, const json_t *object,
                   const char *const *keys, struct err *err)
{
    const char *key;
    json_t *value;

    if (!json_is_object(object))
        return doc_fail(place, NULL, err, "is no object");
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        const char *const *known = keys;

        while (*known != NULL && strcmp(*known, key) != 0)
            known++;
        if (*known == NULL)
            (void)doc_fail(place, key, err, "unknown key%s", nearest_of(key, keys).text);
        else if (is_for_people(key) && json_string_length(value) == 0)
            (void)doc_fail(place, key, err, "a text is due");
        if (!doc_noted(place, err->code == EXIT_DONE, err))
            return false;
    }
    return true;
}

const json_t *doc_array(const struct doc *doc, const char *key, struct err *err)
{
    struct place place = { .doc = doc };
    const json_t *array = json_object_get(doc->root, key);

    if (json_is_array(array))
        return array;
    (void)doc_fail(&place, key, err,
                   array == NULL ? "is missing; a list is due" : "is no list");
    return NULL;
}

bool doc_text_or_none(const struct place *place, const json_t *object, const char *key,
                      const char **text, struct err *err)
{
    const json_t *value = json_object_get(object, key);

    *text = json_string_value(value);
    if (value == NULL)
        return true;
    if (*text == NULL || **text == '\0')
        return doc_fail(place, key, err, "a text is due");
    return true;
}

const char *doc_text(const struct place *place, const json_t *object, const char *key,
                     struct err *err)
{
    const char *text;

    if (!doc_text_or_none(place, object, key, &text, err))
        return NULL;
    if (text == NULL)
        (void)doc_fail(place, key, err, "is missing");
    return text;
}

const char *doc_name(const struct place *place, const json_t *object, const char *key,
                     struct err *err)
{
    const char *text = doc_text(place, object, key, err);

    if (text != NULL && strlen(text) > DOC_NAME_MAX) {
        (void)doc_fail(place, key, err, "is longer than %d bytes", DOC_NAME_MAX);
        return NULL;
    }
    return text;
}

bool doc_int_or_none(const struct place *place, const json_t *object, const char *key,
                     const int32_t range[static 2], int32_t *number, struct err *err)
{
    const json_t *value = json_object_get(object, key);

    if (value == NULL)
        return true;

    json_int_t given = json_integer_value(value);

    if (!json_is_integer(value) || given < range[0] || given > range[1])
        return doc_fail(place, key, err, "a whole number from %d to %d is due", range[0],
                        range[1]);
    *number = (int32_t)given;
    return true;
}

bool doc_flag(const struct place *place, const json_t *object, const char *key,
              bool *flag, struct err *err)
{
    const json_t *value = json_object_get(object, key);

    *flag = json_is_true(value);
    if (value != NULL && !json_is_boolean(value))
        return doc_fail(place, key, err, "true or false is due");
    return true;
}

bool doc_texts_or_none(const struct place *place, const json_t *object, const char *key,
                       const json_t **list, struct err *err)
{
    size_t i;
    json_t *member;

    *list = json_object_get(object, key);
    if (*list == NULL)
        return true;
    if (!json_is_array(*list))
        return doc_fail(place, key, err, "a list of texts is due");
    json_array_foreach(*list, i, member)
    {
        if (!json_is_string(member) || *json_string_value(member) == '\0')
            return doc_fail(place, key, err, "a list of texts is due");
    }
    return true;
}

bool doc_none_twice(const struct place *place, const char *key, const json_t *list,
                    struct err *err)
{
    struct table seen = { 0 };
    size_t count = json_array_size(list), i = 0;

    for (; i < count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        uint64_t hash = text != NULL ? table_hash(0, slice_of(text)) : 0;

        if (text == NULL)
            continue;
        if (table_find(&seen, hash, slice_of(text)) != TABLE_NONE)
            break;
        table_add(&seen, hash, slice_of(text), 1);
    }
    table_free(&seen);
    return i == count || doc_fail(place, key, err, "\"%s\" stands there twice",
                                  json_string_value(json_array_get(list, i)));
}

const char *doc_id(const struct place *place, const json_t *object, const char *key,
                   const char *signs, struct err *err)
{
    const char *text = doc_name(place, object, key, err);

    if (text == NULL || text[strspn(text, signs)] == '\0')
        return text;
    (void)doc_fail(place, key, err, "\"%s\" has a sign that is none of %s", text, signs);
    return NULL;
}

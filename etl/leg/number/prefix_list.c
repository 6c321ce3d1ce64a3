/*
 * prefix_list.c - mappings/prefixes.json, read strictly.
 */
#include "leg/number/prefix_list.h"

#include "base/base.h"
#include "doc/layers.h"
#include "leg/number/number_plan.h"

enum { COUNTRIES_MAX = 300, RANGES_MAX = 2000, CODE_MAX = 4, STARTS_MAX = 64 };

/* The ranges so far: an array, and its prefixes, each of which there is once. */
struct prefix_list {
    json_t *array, *known;
};

static bool prefix_is_digits(const char *text, size_t most)
{
    size_t length = strspn(text, "0123456789");

    return length > 0 && length <= most && text[length] == '\0';
}

static const char *prefix_kind(const struct place *place, const json_t *range,
                               struct err *err)
{
    static const char *const kinds[] = { "mobile", "fixed", "service", "other" };
    const char *kind = doc_text(place, range, "kind", err);

    for (size_t i = 0; kind != NULL && i < COUNTOF(kinds); i++)
        if (strcmp(kind, kinds[i]) == 0)
            return kind;
    if (kind != NULL)
        doc_fail(place, "ranges", err, "kind: unknown value \"%s\"", kind);
    return NULL;
}

/* A country, and one of its ranges. */
struct prefix_range {
    const char *code, *country, *operator, * kind;
};

static bool prefix_add(struct prefix_list *list, const struct place *place,
                       const struct prefix_range *range, const char *start,
                       struct err *err)
{
    char prefix[E164_SIZE];

    if (!prefix_is_digits(start, E164_DIGITS - CODE_MAX))
        return doc_fail(place, "ranges", err, "starts: digits are due, not \"%s\"",
                        start);
    snprintf(prefix, sizeof prefix, "+%s%s", range->code, start);
    if (json_object_get(list->known, prefix) != NULL)
        return doc_fail(place, "ranges", err, "starts: %s is there twice", prefix);
    json_object_set_new(list->known, prefix, json_true());
    json_array_append_new(list->array, json_pack("{s:s, s:s, s:s, s:s}", "prefix", prefix,
                                                 "country", range->country, "operator",
                                                 range->operator, "kind", range->kind));
    return true;
}

static bool prefix_read_range(struct prefix_list *list, const struct place *place,
                              const json_t *object, struct prefix_range *range,
                              struct err *err)
{
    static const char *const keys[] = { "operator", "kind", "starts", NULL };
    const json_t *starts;

    if (!doc_only_keys(place, object, keys, err) ||
        (range->operator= doc_text(place, object, "operator", err)) == NULL ||
        (range->kind = prefix_kind(place, object, err)) == NULL ||
        !doc_texts_or_none(place, object, "starts", &starts, err))
        return false;

    size_t count = json_array_size(starts);

    if (count == 0 || count > STARTS_MAX)
        return doc_fail(place, "ranges", err, "starts: 1 to %d are due", STARTS_MAX);
    for (size_t i = 0; i < count; i++)
        if (!doc_noted(place,
                       prefix_add(list, place, range,
                                  json_string_value(json_array_get(starts, i)), err),
                       err))
            return false;
    return true;
}

static bool prefix_read_country(struct prefix_list *list, const struct place *place,
                                const json_t *object, struct err *err)
{
    static const char *const keys[] = { "id", "name", "code", "ranges", NULL };
    const json_t *ranges = json_object_get(object, "ranges");
    struct prefix_range range = { 0 };

    if (!doc_only_keys(place, object, keys, err) ||
        doc_id(place, object, "id", DOC_LOWER DOC_DIGITS "_-", err) == NULL ||
        (range.country = doc_text(place, object, "name", err)) == NULL ||
        (range.code = doc_text(place, object, "code", err)) == NULL)
        return false;
    if (!prefix_is_digits(range.code, CODE_MAX) || range.code[0] == '0')
        return doc_fail(place, "code", err, "1 to %d digits are due, the first not 0",
                        CODE_MAX);
    if (!json_is_array(ranges) || json_array_size(ranges) > RANGES_MAX)
        return doc_fail(place, "ranges", err, "a list of at most %d is due", RANGES_MAX);
    for (size_t i = 0; i < json_array_size(ranges); i++)
        if (!doc_noted(
                place,
                prefix_read_range(list, place, json_array_get(ranges, i), &range, err),
                err))
            return false;
    return true;
}

static bool prefix_read_countries(struct prefix_list *list, const struct layered *files,
                                  struct err *err)
{
    struct members members;
    bool ok = layered_members(files, "countries", "id", &members, err);

    if (ok && members.count > COUNTRIES_MAX)
        ok = doc_fail(&members.member[0].place, "id", err, "at most %d countries",
                      COUNTRIES_MAX);
    for (size_t i = 0; ok && i < members.count; i++)
        ok = doc_noted(&members.member[i].place,
                       prefix_read_country(list, &members.member[i].place,
                                           members.member[i].object, err),
                       err);
    members_free(&members);
    return ok;
}

static bool prefix_read_layers(const struct layers *layers, struct doc *doc,
                               struct prefix_list *list, struct err *err)
{
    static const char *const keys[] = { "$schema", "about", "countries", NULL };
    struct layered files = { 0 };
    size_t count = 0;
    bool ok = true;

    for (size_t i = 0; ok && i < layers->count; i++) {
        if (!layers_have(layers, i, "prefixes.json"))
            continue;
        ok = layers_read(layers, i, "prefixes.json", &doc[count], err) &&
             doc_only_keys(&(struct place){ .doc = &doc[count] }, doc[count].root, keys,
                           err);
        layered_add(&files, &doc[count++], i);
    }
    if (ok && count > 0)
        ok = prefix_read_countries(list, &files, err);
    layered_free(&files);
    return ok;
}

bool prefix_list_read(const struct layers *layers, struct buf *out, struct err *err)
{
    struct prefix_list list = { json_array(), json_object() };
    struct doc *doc = xcalloc(layers->count, sizeof *doc);
    bool ok =
        prefix_read_layers(layers, doc, &list, err) || doc_go_on(layers->faults, err);

    for (size_t i = 0; i < layers->count; i++)
        doc_free(&doc[i]);
    free(doc);
    if (ok && json_array_size(list.array) > 0) {
        char *text = json_dumps(list.array, JSON_COMPACT);

        buf_add_text(out, text);
        free(text);
    }
    json_decref(list.array);
    json_decref(list.known);
    return ok;
}

static bool prefix_list_read_path(const char *path, struct doc_faults *faults,
                                  struct buf *out, struct err *err)
{
    struct layers layers;
    bool ok = layers_split(path, &layers, err);

    layers.faults = faults;
    ok = ok && prefix_list_read(&layers, out, err);
    layers_free(&layers);
    return ok;
}

bool prefix_list_load(const char *path, struct buf *out, struct err *err)
{
    return prefix_list_read_path(path, NULL, out, err);
}

bool prefix_list_check(const char *path, struct doc_faults *faults, struct err *err)
{
    struct buf ignored = { 0 };
    bool ok = prefix_list_read_path(path, faults, &ignored, err);

    buf_free(&ignored);
    return ok;
}

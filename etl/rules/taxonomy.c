/*
 * taxonomy.c - mappings/categories.json: the words that outcomes are made of.
 */
#include "base/base.h"
#include "base/nearest.h"
#include "rules/rules_impl.h"

static const char *const groups[] = { "answered", "subscriber", "caller", "network",
                                      "system",   "unknown",    NULL };

static const char *const shares[] = { "numerator", "denominator", "excluded",
                                      "conditional", NULL };

enum { SHARES = COUNTOF(shares) - 1 };

static bool one_of(const char *const *words, const char *text)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, text) == 0)
            return true;
    return false;
}

static bool read_labels(const struct place *place, const json_t *object,
                        struct category *category, struct err *err)
{
    static const char *const languages[] = { "en", "uk", "ru", NULL };
    const json_t *label = json_object_get(object, "label");

    if (label == NULL)
        return doc_fail(place, "label", err, "is missing");
    if (!doc_only_keys(place, label, languages, err))
        return false;
    category->label_en = doc_text(place, label, "en", err);
    return doc_noted(place, category->label_en != NULL, err) &&
           doc_noted(place, doc_text(place, label, "uk", err) != NULL, err) &&
           doc_noted(place, doc_text(place, label, "ru", err) != NULL, err);
}

/* The share that KPI's KEY names; SHARES with ERR when it is none. */
static size_t read_share(const struct place *place, const json_t *kpi, const char *key,
                         struct err *err)
{
    const char *share = doc_text(place, kpi, key, err);
    size_t i = 0;

    if (share == NULL)
        return SHARES;
    while (i < SHARES && strcmp(shares[i], share) != 0)
        i++;
    if (i == SHARES)
        (void)doc_fail(place, "kpi", err, "%s: unknown value \"%s\"%s", key, share,
                       nearest_of(share, shares).text);
    return i;
}

static bool read_kpi(const struct place *place, const json_t *object,
                     struct category *category, struct err *err)
{
    static const char *const keys[] = { "asr", "abr", "ner", "seer", NULL };
    static const enum delivered delivered[SHARES] = { DELIVERED_YES, DELIVERED_NO,
                                                      DELIVERED_EXCLUDED,
                                                      DELIVERED_IF_RANG };
    enum { ASR, ABR, NER, SEER, RATIOS, EXCLUDED = 2 };
    const json_t *kpi = json_object_get(object, "kpi");
    size_t share[RATIOS];

    if (kpi == NULL)
        return doc_fail(place, "kpi", err, "is missing");
    if (!doc_only_keys(place, kpi, keys, err))
        return false;
    for (size_t i = 0; i < RATIOS; i++)
        if ((share[i] = read_share(place, kpi, keys[i], err)) == SHARES) {
            if (!doc_noted(place, false, err))
                return false;
            share[i] = 0;
        }
    category->is_seizure = share[ASR] != EXCLUDED;
    category->is_bid = share[ABR] != EXCLUDED;
    category->delivered = delivered[share[NER]];
    return true;
}

static bool check_retry(const struct place *place, const json_t *object, struct err *err)
{
    static const char *const keys[] = { "advice", "after_minutes", "attempts", "note",
                                        NULL };
    static const char *const advices[] = { "yes",           "no",
                                           "limited",       "caller_decides",
                                           "other_gateway", NULL };
    const json_t *retry = json_object_get(object, "retry");
    int32_t ignored = 0;
    const char *note;

    if (retry == NULL)
        return doc_fail(place, "retry", err, "is missing");
    if (!doc_only_keys(place, retry, keys, err))
        return false;

    const char *advice = doc_text(place, retry, "advice", err);

    if (advice == NULL)
        return false;
    if (!one_of(advices, advice))
        return doc_fail(place, "retry", err, "advice: unknown value \"%s\"%s", advice,
                        nearest_of(advice, advices).text);
    return doc_int_or_none(place, retry, "after_minutes", (int32_t[]){ 0, 100000 },
                           &ignored, err) &&
           doc_int_or_none(place, retry, "attempts", (int32_t[]){ 0, 100 }, &ignored,
                           err) &&
           doc_text_or_none(place, retry, "note", &note, err);
}

static bool read_category(const struct place *place, const json_t *object,
                          struct category *category, struct err *err)
{
    static const char *const keys[] = { "code",      "group",        "label",
                                        "meaning",   "answered",     "machine",
                                        "elsewhere", "kpi",          "local_failure",
                                        "retry",     "sign_of_life", "without_answer",
                                        NULL };
    bool of_reports; /* of the database's views alone */

    if (!doc_only_keys(place, object, keys, err))
        return false;
    category->code = doc_id(place, object, "code", DOC_CAPITALS DOC_DIGITS "_", err);
    category->group = doc_name(place, object, "group", err);
    if (category->code == NULL || category->group == NULL)
        return false;
    if (!one_of(groups, category->group) &&
        !doc_noted(place,
                   doc_fail(place, "group", err, "unknown value \"%s\"%s",
                            category->group, nearest_of(category->group, groups).text),
                   err))
        return false;
    return doc_noted(place, doc_text(place, object, "meaning", err) != NULL, err) &&
           doc_noted(place, read_labels(place, object, category, err), err) &&
           doc_noted(place, read_kpi(place, object, category, err), err) &&
           doc_noted(place, check_retry(place, object, err), err) &&
           doc_noted(place,
                     doc_flag(place, object, "answered", &category->is_answered, err),
                     err) &&
           doc_noted(place, doc_flag(place, object, "machine", &of_reports, err), err) &&
           doc_noted(place, doc_flag(place, object, "sign_of_life", &of_reports, err),
                     err) &&
           doc_noted(
               place,
               doc_flag(place, object, "local_failure", &category->is_local_failure, err),
               err) &&
           doc_flag(place, object, "elsewhere", &category->is_elsewhere, err);
}

struct nearest_hint category_nearest(const struct taxonomy *taxonomy, struct slice code)
{
    struct nearest nearest = nearest_to(code);

    for (size_t i = 0; i < taxonomy->count; i++)
        nearest_try(&nearest, taxonomy->category[i].code);
    return nearest_hint(&nearest);
}

bool category_named(const struct rules *rules, const struct place *place, const char *key,
                    const char *code, uint8_t *category, struct err *err)
{
    size_t found = taxonomy_find(&rules->taxonomy, code);

    if (found < rules->taxonomy.count) {
        *category = (uint8_t)found;
        return true;
    }
    return doc_fail(place, key, err,
                    "category \"%s\" is not declared in categories.json%s", code,
                    category_nearest(&rules->taxonomy, slice_of(code)).text);
}

/* "without_answer": categories, which may be declared behind this one. */
static bool read_without_answer(struct rules *rules, const struct place *place,
                                const json_t *object, struct err *err)
{
    const struct taxonomy *taxonomy = &rules->taxonomy;
    size_t own = place->id != NULL ? taxonomy_find(taxonomy, place->id) : taxonomy->count;
    const json_t *codes;
    uint8_t other = 0;

    if (own == taxonomy->count)
        return true;
    if (!doc_texts_or_none(place, object, "without_answer", &codes, err) ||
        !doc_none_twice(place, "without_answer", codes, err))
        return false;
    for (size_t i = 0; i < json_array_size(codes); i++) {
        const char *code = json_string_value(json_array_get(codes, i));

        if (!category_named(rules, place, "without_answer", code, &other, err))
            return false;
        rules->category[own].without_answer |= (category_set)1 << other;
    }
    return true;
}

static bool taxonomy_read_all(struct rules *rules, const struct members *members,
                              struct err *err)
{
    struct taxonomy *taxonomy = &rules->taxonomy;

    rules->category = xcalloc(members->count + 1, sizeof *rules->category);
    taxonomy->category = rules->category;
    for (size_t i = 0; i < members->count; i++) {
        const struct place *place = &members->member[i].place;

        if (i == CATEGORIES_MAX)
            return doc_fail(place, NULL, err, "more than %d categories", CATEGORIES_MAX);
        struct category *category = &rules->category[taxonomy->count];
        const json_t *object = members->member[i].object;
        bool ok = read_category(place, object, category, err);

        if (ok && taxonomy_find(taxonomy, category->code) < taxonomy->count)
            ok = doc_fail(place, "code", err, "declared twice");
        if (!rules_noted(rules, ok, err))
            return false;
        /* with a fault it can still be named */
        if (ok || (category->code != NULL && category->group != NULL &&
                   taxonomy_find(taxonomy, category->code) == taxonomy->count))
            taxonomy->count++;
        else
            *category = (struct category){ 0 };
    }
    return rules_read_members(rules, members, read_without_answer, err);
}

/* The first category that is answered; COUNT when there is none. */
static size_t taxonomy_first_answered(const struct taxonomy *taxonomy)
{
    size_t i = 0;

    while (i < taxonomy->count && !taxonomy->category[i].is_answered)
        i++;
    return i;
}

static bool read_undetermined(struct rules *rules, const struct layered *files,
                              struct err *err)
{
    const struct doc *last = layered_last(files, "undetermined");
    struct place place = { .doc = last != NULL ? last : files->file[0].doc };
    const char *code = doc_text(&place, place.doc->root, "undetermined", err);
    uint8_t undetermined = 0;

    if (code == NULL ||
        !category_named(rules, &place, "undetermined", code, &undetermined, err))
        return false;
    rules->taxonomy.undetermined = undetermined;
    return true;
}

/* The categories of all folders as one document, for the database. */
static char *taxonomy_json(const struct taxonomy *taxonomy, const struct members *members)
{
    json_t *root = json_object(), *array = json_array();

    for (size_t i = 0; i < members->count; i++)
        json_array_append(array, (json_t *)(uintptr_t)members->member[i].object);
    json_object_set_new(root, "categories", array);
    json_object_set_new(root, "undetermined",
                        json_string(taxonomy->category[taxonomy->undetermined].code));

    char *text = json_dumps(root, JSON_COMPACT);

    json_decref(root);
    return text;
}

bool taxonomy_load(struct rules *rules, struct err *err)
{
    static const char *const keys[] = { "$schema", "about", "undetermined", "categories",
                                        NULL };
    struct layered files = { 0 };
    struct members members = { 0 };
    bool ok = rules_layered(rules, "categories.json", keys, &files, err) &&
              layered_members(&files, "categories", "code", &members, err) &&
              taxonomy_read_all(rules, &members, err) &&
              read_undetermined(rules, &files, err);

    rules->taxonomy.answered = taxonomy_first_answered(&rules->taxonomy);
    if (ok && rules->taxonomy.answered == rules->taxonomy.count)
        ok = doc_fail(&(struct place){ .doc = files.file[0].doc }, NULL, err,
                      "no category is \"answered\"");
    if (ok)
        rules->categories_json = taxonomy_json(&rules->taxonomy, &members);
    rules->taxonomy.json = rules->categories_json;
    members_free(&members);
    layered_free(&files);
    return ok;
}

const char *outcome_group(const struct taxonomy *taxonomy, uint8_t category,
                          category_set alternatives)
{
    const char *shared = NULL;

    if (category != taxonomy->undetermined)
        return taxonomy->category[category].group;
    for (size_t i = 0; i < taxonomy->count; i++) {
        if ((alternatives >> i & 1) == 0)
            continue;
        if (shared != NULL && strcmp(shared, taxonomy->category[i].group) != 0)
            return "unknown";
        shared = taxonomy->category[i].group;
    }
    return shared != NULL ? shared : "unknown";
}

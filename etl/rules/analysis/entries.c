/*
 * entries.c - categories, causes, announcements and carriers of two sets, by name.
 */
#include "rules/analysis/analysis_impl.h"

#include "base/base.h"
#include "base/table.h"

static const struct entry_kind {
    const char *array, *id, *word;
} kinds[] = {
    { "categories", "code", "category" },
    { "causes", "name", "cause" },
    { "sip_codes", "code", "SIP code" },
    { "q850", "value", "Q.850 cause" },
    { "announcements", "token", "announcement" },
    { "detector_labels", "label", "detector label" },
    { "providers", "id", "carrier" },
};

/* Lines about one entry. */
struct difference {
    struct buf *out;
    const char *word, *name;
    size_t count;
};

/* The files of RULES that hold ARRAY, as they were read. */
static void files_with(const struct rules *rules, const char *array,
                       struct layered *files)
{
    for (size_t i = 0; i < rules->ndocs; i++)
        if (json_object_get(rules->doc[i].root, array) != NULL)
            layered_add(files, &rules->doc[i], rules->layer[i]);
}

static void members_of(const struct rules *rules, const struct entry_kind *kind,
                       struct members *members)
{
    struct layered files = { 0 };
    struct err err = { 0 };

    files_with(rules, kind->array, &files);
    /* loading has read them all before */
    if (!layered_members(&files, kind->array, kind->id, members, &err))
        members_free(members);
    layered_free(&files);
}

static char *shown_value(const json_t *value)
{
    return value == NULL ? xstrdup("nothing")
                         : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
}

static void add_line(struct difference *difference, const char *sign, const char *key,
                     const json_t *before, const json_t *after)
{
    char *old = shown_value(before), *new = shown_value(after);

    buf_addf(difference->out, "%s %s %s", sign, difference->word, difference->name);
    if (key != NULL && before != NULL && after != NULL)
        buf_addf(difference->out, ": %s is %s, not %s", key, new, old);
    else if (key != NULL)
        buf_addf(difference->out, ": %s %s %s", key, after != NULL ? "gains" : "loses",
                 after != NULL ? new : old);
    buf_add_char(difference->out, '\n');
    difference->count++;
    free(old);
    free(new);
}

static bool list_has(const json_t *list, const json_t *value)
{
    size_t i;
    json_t *member;

    json_array_foreach(list, i, member)
    {
        if (json_equal(member, value))
            return true;
    }
    return false;
}

/* Members that only one of the lists has; else they are the same in another order. */
static void compare_lists(struct difference *difference, const char *key,
                          const json_t *before, const json_t *after)
{
    size_t count = difference->count, i;
    json_t *member;

    json_array_foreach(before, i, member)
    {
        if (!list_has(after, member))
            add_line(difference, "~", key, member, NULL);
    }
    json_array_foreach(after, i, member)
    {
        if (!list_has(before, member))
            add_line(difference, "~", key, NULL, member);
    }
    if (count == difference->count)
        add_line(difference, "~", key, before, after);
}

static void compare_objects(struct difference *difference, const char *path,
                            const json_t *before, const json_t *after);

static void compare_values(struct difference *difference, const char *key,
                           const json_t *before, const json_t *after)
{
    if (json_equal(before, after))
        return;
    if (json_is_object(before) && json_is_object(after))
        compare_objects(difference, key, before, after);
    else if (json_is_array(before) && json_is_array(after))
        compare_lists(difference, key, before, after);
    else
        add_line(difference, "~", key, before, after);
}

static void compare_objects(struct difference *difference, const char *path,
                            const json_t *before, const json_t *after)
{
    const char *key;
    json_t *value;
    struct doc_key whole;

    json_object_foreach((json_t *)(uintptr_t)before, key, value)
    {
        whole = doc_below(path, key);
        if (strcmp(key, "about") != 0)
            compare_values(difference, whole.path + (*path == '\0'), value,
                           json_object_get(after, key));
    }
    json_object_foreach((json_t *)(uintptr_t)after, key, value)
    {
        whole = doc_below(path, key);
        if (strcmp(key, "about") != 0 && json_object_get(before, key) == NULL)
            compare_values(difference, whole.path + (*path == '\0'), NULL, value);
    }
}

/* What MEMBER calls itself: a text, or a number in SPACE. */
static const char *name_of(const struct member *member, const struct entry_kind *kind,
                           char space[static 24])
{
    if (member->place.id != NULL)
        return member->place.id;
    (void)snprintf(
        space, 24, "%lld",
        (long long)json_integer_value(json_object_get(member->object, kind->id)));
    return space;
}

/* MEMBERS by their names; numbers are few and found one by one. */
static void index_members(const struct members *members, struct table *names)
{
    for (size_t i = 0; i < members->count; i++) {
        struct slice name = slice_of(members->member[i].place.id);
        uint64_t hash = table_hash(0, name);

        if (name.s != NULL && table_find(names, hash, name) == TABLE_NONE)
            table_add(names, hash, name, (int)i);
    }
}

static const struct member *member_like(const struct members *members,
                                        const struct table *names,
                                        const struct member *like, const char *id)
{
    struct slice name = slice_of(like->place.id);
    int at = name.s != NULL ? table_find(names, table_hash(0, name), name) : TABLE_NONE;

    if (at != TABLE_NONE)
        return &members->member[at];
    for (size_t i = 0; name.s == NULL && i < members->count; i++)
        if (json_equal(json_object_get(members->member[i].object, id),
                       json_object_get(like->object, id)))
            return &members->member[i];
    return NULL;
}

static size_t compare_kind(const struct rules *before, const struct rules *after,
                           const struct entry_kind *kind, const char *only,
                           struct buf *out)
{
    struct difference difference = { .out = out, .word = kind->word };
    struct members old = { 0 }, new = { 0 };
    struct table old_names = { 0 }, new_names = { 0 };
    char space[24];

    members_of(before, kind, &old);
    members_of(after, kind, &new);
    index_members(&old, &old_names);
    index_members(&new, &new_names);
    for (size_t i = 0; i < old.count; i++) {
        const struct member *now =
            member_like(&new, &new_names, &old.member[i], kind->id);

        difference.name = name_of(&old.member[i], kind, space);
        if (only != NULL && strcmp(only, difference.name) != 0)
            continue;
        if (now == NULL)
            add_line(&difference, "-", NULL, NULL, NULL);
        else
            compare_objects(&difference, "", old.member[i].object, now->object);
    }
    for (size_t i = 0; i < new.count; i++) {
        difference.name = name_of(&new.member[i], kind, space);
        if ((only == NULL || strcmp(only, difference.name) == 0) &&
            member_like(&old, &old_names, &new.member[i], kind->id) == NULL)
            add_line(&difference, "+", NULL, NULL, NULL);
    }
    members_free(&old);
    members_free(&new);
    table_free(&old_names);
    table_free(&new_names);
    return difference.count;
}

/* A key that stands in a file by itself: the last folder's counts, of lists of values all
 * folders' together.  json_decref() it. */
static json_t *entry_value(const struct rules *rules, const char *key)
{
    struct layered files = { 0 };
    json_t *all = NULL, *list;
    const char *field;

    files_with(rules, key, &files);
    for (size_t i = 0; i < files.count; i++) {
        json_t *value = json_object_get(files.file[i].doc->root, key);

        if (!json_is_object(value)) {
            json_decref(all);
            all = json_incref(value);
            continue;
        }
        if (all == NULL)
            all = json_object();
        json_object_foreach(value, field, list)
        {
            json_t *together = json_object_get(all, field);

            if (together == NULL)
                json_object_set_new(all, field, json_copy(list));
            else
                json_array_extend(together, list);
        }
    }
    layered_free(&files);
    return all;
}

static size_t compare_key(const struct rules *before, const struct rules *after,
                          const char *key, struct buf *out)
{
    struct difference difference = { .out = out, .word = "key", .name = key };
    json_t *was = entry_value(before, key), *is = entry_value(after, key);

    compare_values(&difference, "value", was, is);
    json_decref(was);
    json_decref(is);
    return difference.count;
}

size_t entries_compare(const struct rules *before, const struct rules *after,
                       const char *provider, struct buf *out)
{
    static const char *const single[] = { "undetermined", "cause_of_other_codes",
                                          "values" };
    size_t found = 0;

    for (size_t i = 0; i < COUNTOF(kinds); i++)
        found +=
            compare_kind(before, after, &kinds[i],
                         strcmp(kinds[i].word, "carrier") == 0 ? provider : NULL, out);
    for (size_t i = 0; i < COUNTOF(single); i++)
        found += compare_key(before, after, single[i], out);
    return found;
}

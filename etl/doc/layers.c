/*
 * layers.c - members of one file in several folders, by id.
 */
#include "doc/layers.h"

#include <errno.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/table.h"

bool layers_split(const char *path, struct layers *layers, struct err *err)
{
    struct slice rest = slice_of(path), name;

    *layers = (struct layers){ 0 };
    while (slice_next(&rest, ':', &name)) {
        if (layers->count == LAYERS_MAX)
            return err_set(err, EXIT_MAPPING, "more than %d mapping folders", LAYERS_MAX);
        if (name.len == 0)
            continue;

        const char *dir = layers->dir[layers->count++] = xstrndup(name.s, name.len);

        /* What the first one lacks is named when it is read. */
        if (layers->count > 1 && access(dir, R_OK | X_OK) != 0)
            return err_set(err, EXIT_MAPPING, "%s: %s", dir, strerror(errno));
    }
    return layers->count > 0 || err_set(err, EXIT_MAPPING, "no mapping folder is named");
}

void layers_free(struct layers *layers)
{
    for (size_t i = 0; i < layers->count; i++)
        free(layers->dir[i]);
    *layers = (struct layers){ 0 };
}

void layers_keep(const struct kept_file *file, size_t count, struct layers *layers)
{
    *layers = (struct layers){ .kept = file, .nkept = count };
    for (size_t i = 0; i < count; i++)
        while (layers->count <= file[i].layer && layers->count < LAYERS_MAX) {
            char *dir = layers->dir[layers->count++] = xcalloc(2, 1);

            dir[0] = (char)('0' + layers->count);
        }
}

static const struct kept_file *find_kept(const struct layers *layers, size_t layer,
                                         const char *name)
{
    for (size_t i = 0; i < layers->nkept; i++)
        if (layers->kept[i].layer == layer && slice_is(layers->kept[i].name, name))
            return &layers->kept[i];
    return NULL;
}

bool layers_find(const struct layers *layers, size_t layer, const char *name)
{
    struct buf path = { 0 };

    if (layers->kept != NULL)
        return find_kept(layers, layer, name) != NULL;

    buf_addf(&path, "%s/%s", layers->dir[layer], name);

    bool is_there = access(buf_cstr(&path), F_OK) == 0;

    buf_free(&path);
    return is_there;
}

bool layers_have(const struct layers *layers, size_t layer, const char *name)
{
    return layer == 0 || layers_find(layers, layer, name);
}

static bool layer_read_text(const struct layers *layers, size_t layer, const char *name,
                            struct buf *text, struct err *err)
{
    const struct kept_file *kept;

    if (layers->kept == NULL)
        return doc_read_bytes(layers->dir[layer], name, text, err);
    if ((kept = find_kept(layers, layer, name)) == NULL)
        return err_set(err, EXIT_MAPPING, "%s: %s", name, strerror(ENOENT));
    buf_add_slice(text, kept->text);
    return true;
}

bool layers_read(const struct layers *layers, size_t layer, const char *name,
                 struct doc *doc, struct err *err)
{
    const char *dir = layers->dir[layer];
    struct buf shown = { 0 }, text = { 0 };

    *doc = (struct doc){ 0 };
    if (dir != layers->dir[0])
        buf_addf(&shown, "%s/", dir);
    buf_add_text(&shown, name);

    bool ok = layer_read_text(layers, layer, name, &text, err) &&
              doc_parse(doc, buf_cstr(&shown), buf_cstr(&text), text.len, err);

    doc->faults = layers->faults;

    buf_free(&shown);
    buf_free(&text);
    return ok;
}

void layered_add(struct layered *files, const struct doc *doc, size_t layer)
{
    files->file = xrealloc(files->file, files->count + 1, sizeof *files->file);
    files->file[files->count++] = (struct layered_file){ doc, layer };
}

void layered_free(struct layered *files)
{
    free(files->file);
    *files = (struct layered){ 0 };
}

/* What tells OBJECT apart: its text ID, or its number as a text in SPACE. */
static struct slice layer_id_of(const json_t *object, const char *id,
                                char space[static 24])
{
    const json_t *value = json_object_get(object, id);

    if (json_is_string(value))
        return slice_of(json_string_value(value));
    if (!json_is_integer(value))
        return SLICE_NONE;
    (void)snprintf(space, 24, "%lld", (long long)json_integer_value(value));
    return slice_of(space);
}

/*
 * Append OBJECT, or put it in the place of the one of its id in an earlier folder.  One
 * of its own folder is left for the reader to complain about.
 */
static void layer_take_member(struct members *members, struct table *ids,
                              const struct member *member, const char *id)
{
    char space[24];
    struct slice name = layer_id_of(member->object, id, space);
    uint64_t hash = table_hash(0, name);
    int at = name.s != NULL ? table_find(ids, hash, name) : TABLE_NONE;

    if (at != TABLE_NONE && members->member[at].layer < member->layer) {
        members->member[at] = *member;
        return;
    }
    if (at == TABLE_NONE && name.s != NULL && name.s != space)
        table_add(ids, hash, name, (int)members->count);
    members->member[members->count++] = *member;
}

bool layered_members(const struct layered *files, const char *array, const char *id,
                     struct members *members, struct err *err)
{
    struct table ids = { 0 };
    bool ok = true;

    *members = (struct members){ 0 };
    for (size_t i = 0; ok && i < files->count; i++) {
        const struct doc *doc = files->file[i].doc;

        if (i > 0 && json_object_get(doc->root, array) == NULL)
            continue;

        const json_t *list = doc_array(doc, array, err);
        size_t count = json_array_size(list);

        ok = list != NULL;
        members->member = xrealloc(members->member, members->count + count + 1,
                                   sizeof *members->member);
        for (size_t k = 0; ok && k < count; k++) {
            struct member member = { { doc, array, k, NULL },
                                     json_array_get(list, k),
                                     files->file[i].layer };

            member.place.id = json_string_value(json_object_get(member.object, id));
            layer_take_member(members, &ids, &member, id);
        }
    }
    table_free(&ids);
    return ok;
}

void members_free(struct members *members)
{
    free(members->member);
    *members = (struct members){ 0 };
}

const struct doc *layered_last(const struct layered *files, const char *key)
{
    for (size_t i = files->count; i > 0; i--)
        if (json_object_get(files->file[i - 1].doc->root, key) != NULL)
            return files->file[i - 1].doc;
    return NULL;
}

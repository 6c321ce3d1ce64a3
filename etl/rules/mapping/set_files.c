/*
 * set_files.c - every file that makes a rule set what it is.
 *
 * With these files alone the set decides, proves its cases and reads exports as it did.
 * The JSON Schemas and what else lies in a folder are no part of it.
 */
#include "base/base.h"
#include "rules/rules_impl.h"

enum { SET_BYTES_MAX = 16 << 20 };

struct set_files {
    const struct rules *rules;
    struct buf *out;
    struct buf text;
    size_t bytes;
};

/* What PostgreSQL keeps as a text and every system as a name. */
static bool is_plain_name(struct slice name)
{
    if (!text_is_utf8(name))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.s[i] < ' ')
            return false;
    return true;
}

static bool set_files_add(struct set_files *files, size_t layer, const char *name,
                          struct slice text, struct err *err)
{
    struct buf *out = files->out;

    files->bytes += text.len;
    if (files->bytes > SET_BYTES_MAX)
        return err_set(err, EXIT_MAPPING, "its files are over 16 MiB");
    if (!is_plain_name(slice_of(name)))
        return err_set(err, EXIT_MAPPING, "%s: the name is no plain text", name);
    buf_addf(out, "%s{\"folder\":%zu,\"name\":", out->len == 0 ? "[" : ",", layer + 1);
    buf_add_json(out, slice_of(name));
    buf_add_text(out, ",\"content\":\"");
    text_hex(text.s, text.len, buf_room(out, 2 * text.len + 1));
    out->len += 2 * text.len;
    buf_add_text(out, "\"}");
    return true;
}

static bool add_from_disk(struct set_files *files, size_t layer, const char *name,
                          struct err *err)
{
    buf_reset(&files->text);
    return doc_read_bytes(files->rules->layers.dir[layer], name, &files->text, err) &&
           set_files_add(files, layer, name, buf_slice(&files->text), err);
}

/* A folder may have none of KIND. */
static bool add_kind(struct set_files *files, enum folder_kind kind, struct err *err)
{
    struct folder_files list;
    struct err none = { 0 };
    bool ok = true, has = folder_list(&files->rules->layers, kind, &list, &none);

    for (size_t i = 0; ok && has && i < list.count; i++)
        ok = add_from_disk(files, list.file[i].layer, list.file[i].name, err);
    folder_free(&list);
    return ok;
}

static bool set_add_numbers(struct set_files *files, struct err *err)
{
    static const char *const names[] = { "numbers.json", "prefixes.json" };
    const struct layers *layers = &files->rules->layers;

    for (size_t layer = 0; layer < layers->count; layer++)
        for (size_t i = 0; i < COUNTOF(names); i++)
            if (layers_find(layers, layer, names[i]) &&
                !add_from_disk(files, layer, names[i], err))
                return false;
    return true;
}

bool rules_add_files(const struct rules *rules, struct buf *out, struct err *err)
{
    struct set_files files = { .rules = rules, .out = out };
    bool ok = true;

    for (size_t i = 0; ok && i < rules->ndocs; i++)
        ok = set_files_add(&files, rules->layer[i],
                           rules_name_in_folder(rules, &rules->doc[i]),
                           slice_of(rules->doc[i].text), err);
    ok = ok && set_add_numbers(&files, err) && add_kind(&files, FOLDER_PROFILES, err) &&
         add_kind(&files, FOLDER_CASES, err);
    buf_add_char(out, ']');
    buf_free(&files.text);
    return ok;
}

/*
 * ruleset_load.c - mapping folders, whole or not at all.
 */
#include "base/base.h"
#include "leg/time/clock.h"
#include "rules/rules_impl.h"

/* The file NAME of a folder, as the next doc.  NULL with ERR, or where it is a fault that
 * is noted. */
static const struct doc *read_doc(struct rules *rules, const char *name, size_t layer,
                                  const char *const *keys, struct err *err)
{
    struct doc *doc = &rules->doc[rules->ndocs];

    if (rules->ndocs == DOCS_MAX) {
        (void)err_set(err, EXIT_MAPPING,
                      "%s: more than %d files; put several tables into one",
                      rules->layers.dir[layer], DOCS_MAX);
        return NULL;
    }
    if (!layers_read(&rules->layers, layer, name, doc, err))
        return NULL;
    rules->layer[rules->ndocs++] = layer;
    return rules_noted(rules,
                       doc_only_keys(&(struct place){ .doc = doc }, doc->root, keys, err),
                       err)
               ? doc
               : NULL;
}

bool rules_layered(struct rules *rules, const char *name, const char *const *keys,
                   struct layered *files, struct err *err)
{
    for (size_t i = 0; i < rules->layers.count; i++) {
        if (!layers_have(&rules->layers, i, name))
            continue;

        const struct doc *doc = read_doc(rules, name, i, keys, err);

        /* without the shipped one there is nothing to go on with */
        if (doc == NULL && (i == 0 || !rules_go_on(rules, err)))
            return false;
        if (doc != NULL)
            layered_add(files, doc, i);
    }
    return true;
}

bool rules_read(struct rules *rules, const struct folder_files *names,
                const char *const *keys, struct layered *files, struct err *err)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct folder_file *file = &names->file[i];
        const struct doc *doc = read_doc(rules, file->name, file->layer, keys, err);

        if (doc == NULL && !rules_go_on(rules, err))
            return false;
        if (doc != NULL)
            layered_add(files, doc, file->layer);
    }
    return true;
}

bool rules_read_members(struct rules *rules, const struct members *members,
                        bool (*read)(struct rules *rules, const struct place *place,
                                     const json_t *object, struct err *err),
                        struct err *err)
{
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->member[i];

        if (!rules_noted(rules, read(rules, &member->place, member->object, err), err))
            return false;
    }
    return true;
}

const char *rules_name_in_folder(const struct rules *rules, const struct doc *doc)
{
    size_t layer = rules->layer[doc - rules->doc];

    return doc->name + (layer > 0 ? strlen(rules->layers.dir[layer]) + 1 : 0);
}

/* By the names of their tables' files; of one name the earlier folder's first. */
static int by_place(const void *left, const void *right)
{
    const struct rule *a = left, *b = right;
    int order = folder_compare(a->at.table, b->at.table);

    if (order == 0)
        order = (a->at.layer > b->at.layer) - (a->at.layer < b->at.layer);
    if (order == 0)
        order = (a->at.number > b->at.number) - (a->at.number < b->at.number);
    return order;
}

/* Folder by folder, so that a later one finds what it has otherwise. */
bool ruleset_load(struct rules *rules, struct err *err)
{
    struct folder_files names;
    struct layered files = { 0 };
    bool ok = folder_list(&rules->layers, FOLDER_TABLES, &names, err) &&
              rules_read(rules, &names, ruleset_keys, &files, err);

    for (size_t layer = 0; ok && layer < rules->layers.count; layer++)
        for (size_t i = 0; ok && i < files.count; i++)
            if (files.file[i].layer == layer)
                ok = ruleset_read(rules, files.file[i].doc,
                                  rules_name_in_folder(rules, files.file[i].doc), layer,
                                  err);
    if (ok)
        qsort(rules->rule, rules->count, sizeof *rules->rule, by_place);
    layered_free(&files);
    folder_free(&names);
    return ok;
}

/*
 * Names and contents in canonical form (sorted keys, no blanks), so that neither
 * layout nor the order of keys makes another set.  Line numbers stay out.
 */
static void identify(struct rules *rules)
{
    struct digest *digest = digest_new();
    unsigned char sum[DIGEST_BYTES];

    for (size_t i = 0; i < rules->ndocs; i++) {
        char *text = json_dumps(rules->doc[i].root, JSON_SORT_KEYS | JSON_COMPACT);

        digest_add_piece(digest, slice_of(rules_name_in_folder(rules, &rules->doc[i])));
        digest_add_piece(digest, slice_of(text != NULL ? text : ""));
        free(text);
    }
    number_lists_identify(rules, digest);
    digest_finish(digest, sum);
    digest_hex(sum, rules->identity);
    digest_free(digest);
}

/* Values that are ours, not a mapping's. */
static bool know_own_symbols(struct rules *rules, struct err *err)
{
    static const char *const dispositions[] = { "recv_bye",    "send_bye",
                                                "recv_refuse", "send_refuse",
                                                "recv_cancel", "send_cancel" };
    static const char *const weekdays[] = { "mon", "tue", "wed", "thu",
                                            "fri", "sat", "sun" };
    uint16_t number;

    for (size_t i = 0; i < COUNTOF(weekdays); i++)
        if (!symbol_known(rules, RULE_FIELD_LOCAL_WEEKDAY, weekdays[i],
                          &rules->weekday_symbol[i], err))
            return false;
    for (enum release i = RELEASE_NONE; i < RELEASE_COUNT; i++)
        if (!symbol_known(rules, RULE_FIELD_RELEASE, release_name(i),
                          &rules->release_symbol[i], err))
            return false;
    for (size_t i = 0; i < COUNTOF(dispositions); i++) {
        if (!symbol_known(rules, RULE_FIELD_DISPOSITION, dispositions[i], &number, err))
            return false;
        rules->symbols.symbol[number].release =
            (uint16_t)release_named(slice_of(dispositions[i]));
    }
    return symbol_known(rules, RULE_FIELD_LEG, "a", &rules->side_symbol[0], err) &&
           symbol_known(rules, RULE_FIELD_LEG, "b", &rules->side_symbol[1], err);
}

void rules_end_faults(struct rules *rules)
{
    rules->faults = rules->layers.faults = NULL;
    for (size_t i = 0; i < rules->ndocs; i++)
        rules->doc[i].faults = NULL;
}

static struct rules *rules_new(struct doc_faults *faults)
{
    struct rules *rules = xcalloc(1, sizeof *rules);

    rules->faults = faults;
    rules->doc = xcalloc(DOCS_MAX, sizeof *rules->doc);
    rules->layer = xcalloc(DOCS_MAX, sizeof *rules->layer);
    symbols_init(&rules->symbols);
    return rules;
}

/* All but the tables, out of the layers. */
static bool load_facts(struct rules *rules, struct err *err)
{
    rules->layers.faults = rules->faults;
    if (!know_own_symbols(rules, err) || !taxonomy_load(rules, err) ||
        !facts_load(rules, err) || !announcements_load(rules, err) ||
        !providers_load(rules, err))
        return false;
    rules->nfacts = rules->ndocs;
    return true;
}

struct rules *rules_facts(const char *path, struct doc_faults *faults, struct err *err)
{
    struct rules *rules = rules_new(faults);

    if (layers_split(path, &rules->layers, err) && load_facts(rules, err))
        return rules;
    rules_free(rules);
    return NULL;
}

bool rules_add_table(struct rules *rules, const char *name, struct slice text,
                     struct err *err)
{
    struct doc *doc = &rules->doc[rules->ndocs];

    if (rules->ndocs == DOCS_MAX)
        return err_set(err, EXIT_MAPPING,
                       "%s: more than %d files; put several tables into one",
                       rules->layers.dir[0], DOCS_MAX);
    if (!doc_parse(doc, name, text.s, text.len, err))
        return false;
    rules->ndocs++;
    doc->faults = rules->faults;
    return ruleset_read(rules, doc, name, 0, err);
}

bool rules_complete(struct rules *rules, struct err *err)
{
    if (!ruleset_check(rules, err))
        return false;
    /* what has faults decides nothing */
    if (rules->faults != NULL && rules->faults->count > 0)
        return true;
    index_build(rules);
    identify(rules);
    return true;
}

struct rules *rules_load(const char *path, struct err *err)
{
    struct rules *rules = rules_facts(path, NULL, err);

    if (rules == NULL || (ruleset_load(rules, err) && rules_complete(rules, err)))
        return rules;
    rules_free(rules);
    return NULL;
}

struct rules *rules_load_kept(const struct kept_file *file, size_t count, struct err *err)
{
    struct rules *rules = rules_new(NULL);

    layers_keep(file, count, &rules->layers);
    if (load_facts(rules, err) && ruleset_load(rules, err) && rules_complete(rules, err))
        return rules;
    rules_free(rules);
    return NULL;
}

struct rules *rules_load_all(const char *path, struct buf *faults, size_t *count,
                             struct err *err)
{
    struct doc_faults all = { .out = faults };
    struct rules *rules = rules_facts(path, &all, err);

    if (rules != NULL && !(ruleset_load(rules, err) && rules_complete(rules, err))) {
        rules_free(rules);
        rules = NULL;
    }
    if (rules != NULL)
        rules_end_faults(rules);
    *count = all.count;
    return rules;
}

void rules_free(struct rules *rules)
{
    if (rules == NULL)
        return;
    index_free(&rules->index);
    for (size_t i = 0; i < rules->count; i++)
        rule_free(&rules->rule[i]);
    for (size_t i = 0; i < rules->ndocs; i++)
        doc_free(&rules->doc[i]);
    symbols_free(&rules->symbols);
    free(rules->rule);
    free(rules->info);
    for (size_t i = 0; i < rules->providers.count; i++)
        zone_free(rules->providers.provider[i].zone);
    for (enum mark mark = 0; mark < MARK_COUNT; mark++)
        free(rules->providers.pattern[mark]);
    free(rules->providers.provider);
    number_lists_free(&rules->numbers);
    free(rules->announcement);
    free(rules->facts.cause);
    free(rules->category);
    free(rules->categories_json);
    free(rules->doc);
    free(rules->layer);
    layers_free(&rules->layers);
    free(rules);
}

const char *rules_identity(const struct rules *rules)
{
    return rules->identity;
}

const struct taxonomy *rules_taxonomy(const struct rules *rules)
{
    return &rules->taxonomy;
}

size_t rules_count(const struct rules *rules)
{
    return rules->count;
}

const char *rules_id(const struct rules *rules, size_t rule)
{
    return rules->rule[rule].id;
}

void rules_add_texts(const struct rules *rules, struct buf *out)
{
    for (size_t i = 0; i < rules->count; i++) {
        buf_add_text(out, i == 0 ? "[{\"rule_id\":" : ",{\"rule_id\":");
        buf_add_json(out, slice_of(rules_id(rules, i)));
        buf_add_text(out, ",\"why\":");
        buf_add_json_or_null(out, slice_of(rules->rule[i].why));
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

size_t rules_provider_count(const struct rules *rules)
{
    return rules->ninfo;
}

struct provider_info rules_provider(const struct rules *rules, size_t provider)
{
    return rules->info[provider];
}

/*
 * ruleset_load.c - a mapping folder, whole or not at all.
 */
#include "base/base.h"
#include "rules/mapping/folder.h"
#include "rules/rules_impl.h"

struct doc *rules_doc(struct rules *rules, const char *name, struct err *err)
{
    if (rules->ndocs == DOCS_MAX) {
        (void)err_set(err, EXIT_MAPPING, "%s: more than %d files", rules->dir, DOCS_MAX);
        return NULL;
    }

    struct doc *doc = &rules->doc[rules->ndocs];

    if (!doc_read(doc, rules->dir, name, err))
        return NULL;
    rules->ndocs++;
    return doc;
}

bool ruleset_load(struct rules *rules, struct err *err)
{
    struct folder_files files;
    bool ok = folder_list(rules->dir, FOLDER_TABLES, &files, err);

    for (size_t i = 0; ok && i < files.count; i++) {
        struct doc *doc = rules_doc(rules, files.name[i], err);

        ok = doc != NULL && ruleset_read(rules, doc, err);
    }
    folder_free(&files);
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

        digest_add_piece(digest, slice_of(rules->doc[i].name));
        digest_add_piece(digest, slice_of(text != NULL ? text : ""));
        free(text);
    }
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
    uint16_t number;

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

struct rules *rules_facts(const char *dir, struct err *err)
{
    struct rules *rules = xcalloc(1, sizeof *rules);

    rules->dir = xstrdup(dir);
    rules->doc = xcalloc(DOCS_MAX, sizeof *rules->doc);
    symbols_init(&rules->symbols);
    if (know_own_symbols(rules, err) && taxonomy_load(rules, err) &&
        facts_load(rules, err) && announcements_load(rules, err) &&
        providers_load(rules, err))
        return rules;
    rules_free(rules);
    return NULL;
}

bool rules_add_table(struct rules *rules, const char *name, struct slice text,
                     struct err *err)
{
    struct doc *doc = &rules->doc[rules->ndocs];

    if (rules->ndocs == DOCS_MAX)
        return err_set(err, EXIT_MAPPING, "%s: more than %d files", rules->dir, DOCS_MAX);
    if (!doc_parse(doc, name, text.s, text.len, err))
        return false;
    rules->ndocs++;
    return ruleset_read(rules, doc, err);
}

bool rules_complete(struct rules *rules, struct err *err)
{
    if (!ruleset_check(rules, err))
        return false;
    index_build(rules);
    identify(rules);
    return true;
}

struct rules *rules_load(const char *dir, struct err *err)
{
    struct rules *rules = rules_facts(dir, err);

    if (rules == NULL || (ruleset_load(rules, err) && rules_complete(rules, err)))
        return rules;
    rules_free(rules);
    return NULL;
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
    free(rules->providers.provider);
    free(rules->announcement);
    free(rules->facts.cause);
    free(rules->category);
    free(rules->categories_json);
    free(rules->doc);
    free(rules->dir);
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

const char *rules_why(const struct rules *rules, size_t rule)
{
    return rules->rule[rule].why;
}

size_t rules_provider_count(const struct rules *rules)
{
    return rules->ninfo;
}

struct provider_info rules_provider(const struct rules *rules, size_t provider)
{
    return rules->info[provider];
}

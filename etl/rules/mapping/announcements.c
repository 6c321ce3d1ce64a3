/*
 * announcements.c - mappings/announcements.json: what early media said.
 *
 * Two vocabularies share a column in exports: tokens of early media, which say
 * why nobody can be reached, and labels of answering-machine detectors.  The
 * first decide in refine.c, the second are only spelled alike for the rules.
 * A word of both is a token before an answer and a label after it.
 */
#include "base/base.h"
#include "rules/rules_impl.h"

/* KEY and the aliases beside it are spellings of WORD. */
static bool announcement_spell(struct rules *rules, const struct place *place,
                               const json_t *object, enum rule_field field,
                               uint16_t *first, struct err *err)
{
    bool token = field == RULE_FIELD_ANNOUNCEMENT;
    const char *key = token ? "token" : "label";
    const char *text = doc_text(place, object, key, err);
    const json_t *aliases;

    if (text == NULL || !doc_texts_or_none(place, object, "aliases", &aliases, err) ||
        !symbol_known(rules, field, text, first, err))
        return false;
    for (size_t i = 0; i <= json_array_size(aliases); i++) {
        const char *alias =
            i == 0 ? text : json_string_value(json_array_get(aliases, i - 1));
        uint16_t number = symbols_add(&rules->symbols, slice_of(alias));
        struct symbol *symbol = &rules->symbols.symbol[number];

        if (number == SYMBOL_ABSENT ||
            (token ? symbol->announcement : symbol->detector) != 0)
            return doc_fail(place, i == 0 ? key : "aliases", err, "\"%s\" is told twice",
                            alias);
        if (token)
            symbol->announcement = (uint16_t)rules->nannouncements; /* counts this one */
        else
            symbol->detector = *first;
    }
    return true;
}

/* The categories of the group that an announcement rules out, if it does. */
static bool read_ruled_out(const struct rules *rules, const struct place *place,
                           const json_t *object, category_set *set, struct err *err)
{
    const struct taxonomy *taxonomy = &rules->taxonomy;
    const char *group = NULL;

    if (json_object_get(object, "rules_out") == NULL)
        return true;
    group = doc_text(place, object, "rules_out", err);
    if (group == NULL)
        return false;
    for (size_t i = 0; i < taxonomy->count; i++)
        if (strcmp(taxonomy->category[i].group, group) == 0)
            *set |= (category_set)1 << i;
    return *set != 0 ||
           doc_fail(place, "rules_out", err, "no category is of the group \"%s\"", group);
}

static bool read_announcement(struct rules *rules, const struct place *place,
                              const json_t *object, struct err *err)
{
    static const char *const keys[] = { "token",     "category", "aliases",
                                        "rules_out", "about",    NULL };
    struct announcement *announcement = &rules->announcement[rules->nannouncements++];

    if (!doc_only_keys(place, object, keys, err) ||
        !announcement_spell(rules, place, object, RULE_FIELD_ANNOUNCEMENT,
                            &announcement->symbol, err))
        return false;
    announcement->text = slice_of(json_string_value(json_object_get(object, "token")));

    const char *category = doc_text(place, object, "category", err);

    if (category == NULL)
        return false;
    if (strcmp(category, rules->taxonomy.category[rules->taxonomy.undetermined].code) ==
        0)
        return doc_fail(place, "category", err, "an announcement must say something");
    return category_named(rules, place, "category", category, &announcement->category,
                          err) &&
           read_ruled_out(rules, place, object, &announcement->ruled_out, err);
}

static bool read_label(struct rules *rules, const struct place *place,
                       const json_t *object, struct err *err)
{
    static const char *const keys[] = { "label", "aliases", "about", NULL };
    uint16_t ignored;

    return doc_only_keys(place, object, keys, err) &&
           announcement_spell(rules, place, object, RULE_FIELD_AMD_RESULT, &ignored, err);
}

bool announcements_load(struct rules *rules, struct err *err)
{
    static const char *const keys[] = { "$schema", "about", "announcements",
                                        "detector_labels", NULL };
    struct members tokens = { 0 }, labels = { 0 };
    struct layered files = { 0 };
    bool ok = rules_layered(rules, "announcements.json", keys, &files, err) &&
              layered_members(&files, "announcements", "token", &tokens, err) &&
              layered_members(&files, "detector_labels", "label", &labels, err);

    rules->announcement = xcalloc(tokens.count + 1, sizeof *rules->announcement);
    ok = ok && rules_read_members(rules, &tokens, read_announcement, err) &&
         rules_read_members(rules, &labels, read_label, err);
    members_free(&tokens);
    members_free(&labels);
    layered_free(&files);
    return ok;
}

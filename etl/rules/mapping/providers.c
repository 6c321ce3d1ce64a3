/*
 * providers.c - mappings/providers.json and the carriers' packs, read.
 */
#include "base/base.h"
#include "leg/time/clock.h"
#include "rules/mapping/folder.h"
#include "rules/rules_impl.h"

const char *const mark_names[MARK_COUNT] = { "gateway", "caller", "network" };

static bool read_mark(struct rules *rules, const struct place *place, enum mark mark,
                      const json_t *value, struct err *err)
{
    struct providers *all = &rules->providers;
    uint16_t provider = (uint16_t)all->count; /* counts the one being read */
    struct atom atom;

    if (!atom_read_pattern(place, mark_names[mark], value, &atom, err))
        return false;
    if (atom.kind == ATOM_TEXT) {
        uint16_t number = symbols_add(&rules->symbols, atom.text);
        uint16_t *owner = &rules->symbols.symbol[number].provider[mark];

        if (number == SYMBOL_ABSENT)
            return doc_fail(place, mark_names[mark], err, "too many texts");
        if (*owner != 0)
            return doc_fail(place, mark_names[mark], err,
                            "\"" SLICE_FMT
                            "\" is claimed by \"%s\" in %s already; it can "
                            "be one carrier's only",
                            SLICE_ARG(atom.text), all->provider[*owner - 1].id,
                            all->provider[*owner - 1].place.doc->name);
        *owner = provider;
        return true;
    }
    all->pattern[mark] = xrealloc(all->pattern[mark], all->npatterns[mark] + 1,
                                  sizeof *all->pattern[mark]);
    all->pattern[mark][all->npatterns[mark]++] = (struct pattern){ atom, provider };
    return true;
}

static bool read_marks(struct rules *rules, const struct place *place,
                       const json_t *object, struct err *err)
{
    for (enum mark mark = 0; mark < MARK_COUNT; mark++) {
        const json_t *list = json_object_get(object, mark_names[mark]);

        if (list != NULL && !json_is_array(list) &&
            !doc_noted(place, doc_fail(place, mark_names[mark], err, "a list is due"),
                       err))
            return false;
        for (size_t i = 0; i < json_array_size(list); i++)
            if (!doc_noted(place,
                           read_mark(rules, place, mark, json_array_get(list, i), err),
                           err))
                return false;
    }
    return true;
}

static bool is_lower_case(const char *id)
{
    return id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

/* The id, known to rules from here on, whatever else is wrong with the entry. */
static bool read_id(struct rules *rules, const struct place *place, const json_t *object,
                    struct provider *provider, struct err *err)
{
    const char *id = doc_name(place, object, "id", err);

    if (id == NULL)
        return false;
    if (!is_lower_case(id))
        return doc_fail(place, "id", err, "lower-case letters, digits, _ and - only");
    for (const struct provider *other = rules->providers.provider; other < provider;
         other++)
        if (strcmp(other->id, id) == 0)
            return doc_fail(place, "id", err, "is declared already, in %s:%zu",
                            other->place.doc->name, doc_line(&other->place, NULL));
    provider->id = provider->name = id;
    provider->text = slice_of(id);
    return symbol_known(rules, RULE_FIELD_PROVIDER, id, &provider->symbol, err);
}

static bool read_zone(const struct place *place, const json_t *object,
                      struct provider *provider, struct err *err)
{
    struct err unknown = { 0 };
    const char *name;

    if (!doc_text_or_none(place, object, "zone", &name, err))
        return false;
    if (name == NULL)
        return true;
    provider->zone = zone_open(name, &unknown);
    return provider->zone != NULL || doc_fail(place, "zone", err, "%s", unknown.text);
}

static bool read_provider(struct rules *rules, const struct place *place,
                          const json_t *object, struct err *err)
{
    static const char *const keys[] = { "id",      "name",      "gateway", "caller",
                                        "network", "direction", "carrier", "zone",
                                        "about",   NULL };
    struct provider *provider = &rules->providers.provider[rules->providers.count];

    *provider = (struct provider){ .place = *place, .carrier = true };
    if (!read_id(rules, place, object, provider, err))
        return false;
    rules->providers.count++;
    if (!doc_only_keys(place, object, keys, err))
        return false;
    const char *name = doc_text(place, object, "name", err);

    if (name != NULL)
        provider->name = name;
    if (!doc_noted(place, name != NULL, err))
        return false;
    if (json_object_get(object, "carrier") != NULL &&
        !doc_noted(place, doc_flag(place, object, "carrier", &provider->carrier, err),
                   err))
        return false;
    return doc_noted(place, read_zone(place, object, provider, err), err) &&
           doc_noted(
               place,
               doc_text_or_none(place, object, "direction", &provider->direction, err),
               err) &&
           read_marks(rules, place, object, err);
}

/* The carriers, for the database's dimension. */
static void list_carriers(struct rules *rules)
{
    const struct providers *all = &rules->providers;

    rules->info = xcalloc(all->count + 1, sizeof *rules->info);
    for (size_t i = 0; i < all->count; i++)
        if (all->provider[i].carrier)
            rules->info[rules->ninfo++] =
                (struct provider_info){ all->provider[i].id, all->provider[i].name };
}

bool providers_load(struct rules *rules, struct err *err)
{
    static const char *const keys[] = { "$schema", "about", "providers", NULL };
    struct folder_files files;
    struct members members = { 0 };
    struct layered all = { 0 };
    bool ok = folder_list(&rules->layers, FOLDER_PROVIDERS, &files, err) &&
              rules_read(rules, &files, keys, &all, err) &&
              layered_members(&all, "providers", "id", &members, err);

    rules->providers.provider =
        xcalloc(members.count + 1, sizeof *rules->providers.provider);
    ok = ok && rules_read_members(rules, &members, read_provider, err);
    members_free(&members);
    layered_free(&all);
    folder_free(&files);
    if (ok)
        list_carriers(rules);
    return ok;
}

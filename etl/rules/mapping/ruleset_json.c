/*
 * ruleset_json.c - decision tables out of mappings/rules/NN-name.json.
 *
 * Strict on purpose: a table with one rule nobody can read is a wrong table, and
 * the whole set is refused.
 */
#include "base/base.h"
#include "leg/time/clock.h"
#include "rules/rules_impl.h"

static bool read_conditions(const struct rules *rules, const json_t *object,
                            const char *provider, struct rule *rule, struct err *err)
{
    json_t *when = json_object_get(object, "when"), *value;
    size_t count = json_object_size(when);
    char where[64];
    const char *key;

    if (when != NULL && !json_is_object(when))
        return doc_fail(&rule->place, "when", err, "an object is due");
    rule->cond = xcalloc(count + 1, sizeof *rule->cond);
    if (provider != NULL) {
        rule->cond[0].field = RULE_FIELD_PROVIDER;
        rule->nconds = 1;
        if (!cond_read(rules, &(struct place){ .doc = rule->place.doc }, "provider",
                       json_object_get(rule->place.doc->root, "provider"), &rule->cond[0],
                       err))
            return false;
    }
    json_object_foreach(when, key, value)
    {
        struct cond *cond = &rule->cond[rule->nconds];

        (void)snprintf(where, sizeof where, "when.%s", key);
        cond->field = rule_field_named(key);
        if (cond->field == RULE_FIELD_NONE)
            (void)doc_fail(&rule->place, where, err, "unknown field%s",
                           rule_field_nearest(key).text);
        else if (provider != NULL && cond->field == RULE_FIELD_PROVIDER)
            (void)doc_fail(&rule->place, where, err,
                           "the table already stands for provider \"%s\"", provider);
        else
            rule->nconds++;
        bool ok = err->code == EXIT_DONE &&
                  cond_read(rules, &rule->place, where, value, cond, err);

        if (!rules_noted(rules, ok, err))
            return false;
    }
    return true;
}

static bool read_confidence(const struct place *place, const json_t *then,
                            enum confidence *confidence, struct err *err)
{
    const char *name = doc_text(place, then, "confidence", err);

    if (name == NULL)
        return false;
    for (enum confidence i = CERTAIN; i <= AMBIGUOUS; i++)
        if (strcmp(name, confidence_name(i)) == 0) {
            *confidence = i;
            return true;
        }
    return doc_fail(place, "then.confidence", err,
                    "unknown value \"%s\"; it is certain, probable or ambiguous", name);
}

static bool read_alternatives(const struct rules *rules, const json_t *then,
                              struct rule *rule, struct err *err)
{
    static const char where[] = "then.alternatives";
    const json_t *list;
    uint8_t category;

    if (!doc_texts_or_none(&rule->place, then, "alternatives", &list, err))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *code = json_string_value(json_array_get(list, i));

        if (!category_named(rules, &rule->place, where, code, &category, err)) {
            if (!rules_go_on(rules, err))
                return false;
            continue;
        }
        if ((rule->alternatives >> category & 1) != 0)
            return doc_fail(&rule->place, where, err, "%s stands twice", code);
        if (category == rule->category || category == rules->taxonomy.undetermined)
            return doc_fail(&rule->place, where, err, "%s is no alternative", code);
        rule->alternatives |= (category_set)1 << category;
    }
    return true;
}

/* certain: no alternative; probable: one or more; ambiguous: no winner, two or more. */
static bool check_meaning(const struct rules *rules, const struct rule *rule,
                          struct err *err)
{
    int count = __builtin_popcountll(rule->alternatives);
    bool undetermined = rule->category == rules->taxonomy.undetermined;
    const char *code = rules->taxonomy.category[rules->taxonomy.undetermined].code;

    if (rule->confidence == AMBIGUOUS && !undetermined)
        return doc_fail(&rule->place, "then.category", err, "an ambiguous outcome is %s",
                        code);
    if (rule->confidence != AMBIGUOUS && undetermined)
        return doc_fail(&rule->place, "then.confidence", err, "%s is always ambiguous",
                        code);
    if (rule->confidence == CERTAIN && count != 0)
        return doc_fail(&rule->place, "then.alternatives", err,
                        "a certain outcome has none");
    if (rule->confidence == PROBABLE && count < 1)
        return doc_fail(&rule->place, "then.alternatives", err,
                        "a probable outcome has at least one");
    if (rule->confidence == AMBIGUOUS && count < 2)
        return doc_fail(&rule->place, "then.alternatives", err,
                        "an ambiguous outcome has at least two");
    return true;
}

static bool read_outcome(const struct rules *rules, const json_t *object,
                         struct rule *rule, struct err *err)
{
    static const char *const keys[] = { "category", "confidence", "alternatives", NULL };
    const json_t *then = json_object_get(object, "then");
    size_t before = doc_fault_count(&rule->place);

    if (then == NULL)
        return doc_fail(&rule->place, "then", err, "is missing");
    if (!doc_only_keys(&rule->place, then, keys, err))
        return false;

    const char *category = doc_text(&rule->place, then, "category", err);

    if (!rules_noted(rules,
                     category != NULL &&
                         category_named(rules, &rule->place, "then.category", category,
                                        &rule->category, err),
                     err) ||
        !rules_noted(rules, read_confidence(&rule->place, then, &rule->confidence, err),
                     err) ||
        !rules_noted(rules, read_alternatives(rules, then, rule, err), err))
        return false;
    if (doc_fault_count(&rule->place) == before && !check_meaning(rules, rule, err))
        return false;
    rule->group = outcome_group(&rules->taxonomy, rule->category, rule->alternatives);
    return true;
}

/* *TEXT begins with FORM, in which 0 is any digit: then it is moved behind it. */
static bool takes_form(const char **text, const char *form)
{
    size_t i = 0;

    for (; form[i] != '\0'; i++)
        if (form[i] == '0' ? (*text)[i] < '0' || (*text)[i] > '9' : (*text)[i] != form[i])
            return false;
    *text += i;
    return true;
}

/* A day, or an instant as RFC 3339 writes it; the schema has the same form. */
static bool is_iso(const char *text)
{
    if (!takes_form(&text, "0000-00-00"))
        return false;
    if (*text == '\0')
        return true;
    if (!takes_form(&text, "T00:00"))
        return false;
    if (takes_form(&text, ":00") && takes_form(&text, ".0"))
        text += strspn(text, DOC_DIGITS);
    return (takes_form(&text, "Z") || takes_form(&text, "+00:00") ||
            takes_form(&text, "-00:00")) &&
           *text == '\0';
}

static bool ruleset_json_read_day(const struct place *place, const json_t *valid,
                                  const char *key, int64_t *ms, struct err *err)
{
    const char *text;

    if (!doc_text_or_none(place, valid, key, &text, err))
        return false;
    if (text == NULL)
        return true;

    enum clock_got got =
        is_iso(text) ? clock_read(slice_of(text), DATE_YMD, ms) : CLOCK_BAD;

    return got == CLOCK_DAY_ONLY || got == CLOCK_INSTANT ||
           doc_fail(place, "valid", err,
                    "%s: a day such as 2020-01-31 (UTC) or an instant with zone is due",
                    key);
}

static bool read_validity(const json_t *object, struct rule *rule, struct err *err)
{
    static const char *const keys[] = { "from", "to", NULL };
    const json_t *valid = json_object_get(object, "valid");

    rule->valid_from = INT64_MIN;
    rule->valid_to = INT64_MAX;
    if (valid == NULL)
        return true;
    if (!doc_only_keys(&rule->place, valid, keys, err) ||
        !ruleset_json_read_day(&rule->place, valid, "from", &rule->valid_from, err) ||
        !ruleset_json_read_day(&rule->place, valid, "to", &rule->valid_to, err))
        return false;
    if (json_object_size(valid) == 0)
        return doc_fail(&rule->place, "valid", err, "from or to is due");
    if (rule->valid_from >= rule->valid_to)
        return doc_fail(&rule->place, "valid", err, "ends before it begins");
    return true;
}

static bool read_rule(const struct rules *rules, const json_t *object,
                      const char *provider, struct rule *rule, struct err *err)
{
    static const char *const keys[] = { "id", "when", "then", "why", "valid", NULL };

    if (!doc_only_keys(&rule->place, object, keys, err))
        return false;
    rule->id =
        doc_id(&rule->place, object, "id", DOC_LOWER DOC_CAPITALS DOC_DIGITS "._-", err);
    return rules_noted(rules, rule->id != NULL, err) &&
           rules_noted(rules,
                       doc_text_or_none(&rule->place, object, "why", &rule->why, err),
                       err) &&
           rules_noted(rules, read_conditions(rules, object, provider, rule, err), err) &&
           rules_noted(rules, read_outcome(rules, object, rule, err), err) &&
           rules_noted(rules, read_validity(object, rule, err), err);
}

/* The rule of that id in an earlier folder; else a new one, which stands in TABLE. */
static struct rule *rule_place(struct rules *rules, const char *id, size_t layer,
                               const char *table)
{
    struct rule *rule;

    for (size_t i = 0; id != NULL && i < rules->count; i++)
        if (rules->rule[i].id != NULL && strcmp(rules->rule[i].id, id) == 0 &&
            rules->rule[i].layer < layer) {
            rule_free(&rules->rule[i]);
            return &rules->rule[i];
        }
    rule = &rules->rule[rules->count];
    rule->at.table = table;
    rule->at.layer = layer;
    rule->at.number = rules->count++;
    return rule;
}

static void drop_rule(struct rules *rules, struct rule *rule)
{
    size_t behind = rules->count - 1 - (size_t)(rule - rules->rule);

    rule_free(rule);
    memmove(rule, rule + 1, behind * sizeof *rule);
    rules->count--;
}

const char *const ruleset_keys[] = { "$schema", "about", "provider", "rules", NULL };

bool ruleset_read(struct rules *rules, const struct doc *doc, const char *table,
                  size_t layer, struct err *err)
{
    struct place place = { .doc = doc };
    const char *provider;

    if (!doc_only_keys(&place, doc->root, ruleset_keys, err) ||
        !doc_text_or_none(&place, doc->root, "provider", &provider, err))
        return rules_go_on(rules, err);

    const json_t *array = doc_array(doc, "rules", err);
    size_t count = json_array_size(array);

    if (array == NULL)
        return rules_go_on(rules, err);
    rules->rule = xrealloc(rules->rule, rules->count + count + 1, sizeof *rules->rule);
    for (size_t i = 0; i < count; i++) {
        const json_t *object = json_array_get(array, i);
        const char *id = json_string_value(json_object_get(object, "id"));
        struct rule *rule = rule_place(rules, id, layer, table);

        *rule = (struct rule){ .place = { doc, "rules", i, id },
                               .layer = layer,
                               .at = rule->at };
        size_t before = doc_fault_count(&rule->place);

        if (number_lists_need(rules, json_object_get(object, "when"), err) &&
            read_rule(rules, object, provider, rule, err) &&
            doc_fault_count(&rule->place) == before)
            continue;
        if (err->code != EXIT_DONE && !rules_go_on(rules, err))
            return false;
        drop_rule(rules, rule);
    }
    return true;
}

void rule_free(struct rule *rule)
{
    for (size_t i = 0; i < rule->nconds; i++)
        cond_free(&rule->cond[i]);
    free(rule->cond);
}

static bool check_against_earlier(const struct rules *rules, size_t later,
                                  struct err *err)
{
    const struct rule *rule = &rules->rule[later];

    for (size_t i = 0; i < later; i++) {
        const struct rule *earlier = &rules->rule[i];

        if (strcmp(earlier->id, rule->id) == 0)
            return doc_fail(&rule->place, "id", err, "already used in %s",
                            earlier->place.doc->name);
        /* A site may well decide before all that was shipped. */
        if (earlier->layer <= rule->layer && rule_covers(rules, earlier, rule))
            return doc_fail(&rule->place, NULL, err,
                            "never reached: rule \"%s\" in %s always decides before",
                            earlier->id, earlier->place.doc->name);
    }
    return true;
}

/* Patterns of RULE that may begin with anything: nothing puts those in order. */
static size_t count_wild(const struct rule *rule)
{
    size_t count = 0;

    for (size_t i = 0; i < rule->nconds; i++)
        for (size_t k = 0; k < rule->cond[i].natoms; k++) {
            const struct atom *atom = &rule->cond[i].atom[k];

            count += atom->kind == ATOM_GLOB && atom->text.len > 0 &&
                     strchr("*?", atom->text.s[0]) != NULL;
        }
    return count;
}

/* Each is held against each of the others, and against every text. */
static bool check_wild(const struct rules *rules, struct err *err)
{
    size_t count = 0;

    for (size_t i = 0; i < rules->count; i++)
        if ((count += count_wild(&rules->rule[i])) > WILD_MAX)
            return doc_fail(&rules->rule[i].place, "when", err,
                            "by now more than %d patterns begin with * or ?: such a one "
                            "is tried on everything; say how texts begin, or list them",
                            WILD_MAX);
    return true;
}

bool ruleset_check(const struct rules *rules, struct err *err)
{
    if (!check_wild(rules, err))
        return false;
    for (size_t i = 1; i < rules->count; i++)
        if (!rules_noted(rules, check_against_earlier(rules, i, err), err))
            return false;

    const struct rule *last = rules->count > 0 ? &rules->rule[rules->count - 1] : NULL;

    if (last != NULL && last->nconds == 0 && last->valid_from == INT64_MIN &&
        last->valid_to == INT64_MAX)
        return true;
    if (last == NULL)
        return err_set(err, EXIT_MAPPING, "%s/rules: holds no rule",
                       rules->layers.dir[0]);
    return rules_noted(
        rules,
        doc_fail(&last->place, NULL, err,
                 "the last rule must be a default: no conditions, no validity"),
        err);
}

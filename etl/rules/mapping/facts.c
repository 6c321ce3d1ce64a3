/*
 * facts.c - mappings/causes.json: what switches and carriers mean by their codes.
 *
 * Facts only, no decisions: the names and numbers of causes, what FreeSWITCH
 * makes of a bare SIP code (which is how a hidden Reason header shows), and the
 * values that closed fields can take.
 */
#include <assert.h>

#include "base/base.h"
#include "rules/rules_impl.h"

static const int32_t number_range[2] = { 0, 1023 };
static const int32_t q850_range[2] = { Q850_MIN, Q850_MAX };

bool symbol_known(struct rules *rules, enum rule_field field, const char *text,
                  uint16_t *number, struct err *err)
{
    assert(field != RULE_FIELD_NONE);
    *number = symbols_add(&rules->symbols, slice_of(text));
    if (*number == SYMBOL_ABSENT)
        return err_set(err, EXIT_MAPPING, "%s: too many texts", rules->layers.dir[0]);
    rules->symbols.symbol[*number].fields |= (uint64_t)1 << field;
    return true;
}

/* Causes were renumbered in 2022: an old number stays a text that rules can name. */
static bool note_old_number(struct rules *rules, const struct place *place,
                            const json_t *object, struct err *err)
{
    int32_t old = -1;
    uint16_t ignored;
    char digits[16];

    if (!doc_int_or_none(place, object, "number_before_2022", number_range, &old, err))
        return false;
    if (old < 0)
        return true;
    (void)snprintf(digits, sizeof digits, "%d", old);
    return symbol_known(rules, RULE_FIELD_HANGUP_CAUSE, digits, &ignored, err);
}

static bool read_cause(struct rules *rules, const struct place *place,
                       const json_t *object, struct err *err)
{
    static const char *const keys[] = { "name",  "q850",  "number", "number_before_2022",
                                        "naive", "about", NULL };
    struct cause *cause = &rules->facts.cause[rules->facts.ncauses++];
    uint16_t place_plus_one = (uint16_t)rules->facts.ncauses;
    int32_t q850 = NO_CODE, number = -1;
    uint16_t ignored;

    const char *name = doc_id(place, object, "name", DOC_CAPITALS DOC_DIGITS "_", err);

    if (name == NULL ||
        !symbol_known(rules, RULE_FIELD_HANGUP_CAUSE, name, &cause->symbol, err) ||
        !symbol_known(rules, RULE_FIELD_ORIGINATE_DISPOSITION, name, &ignored, err))
        return false;
    if (rules->symbols.symbol[cause->symbol].cause != 0)
        return doc_fail(place, "name", err, "listed twice");
    rules->symbols.symbol[cause->symbol].cause = place_plus_one;
    cause->text = slice_of(name);
    if (!doc_only_keys(place, object, keys, err))
        return false;

    const char *naive = doc_text(place, object, "naive", err);

    if (!doc_noted(place,
                   naive != NULL &&
                       category_named(rules, place, "naive", naive, &cause->naive, err),
                   err) ||
        !doc_noted(place, doc_int_or_none(place, object, "q850", q850_range, &q850, err),
                   err) ||
        !doc_noted(place,
                   doc_int_or_none(place, object, "number", number_range, &number, err),
                   err) ||
        !note_old_number(rules, place, object, err))
        return false;
    cause->q850 = (int16_t)q850;
    if (q850 != NO_CODE)
        rules->facts.by_q850[q850] = place_plus_one;
    if (number >= 0 && rules->facts.by_number[number] == 0)
        rules->facts.by_number[number] = place_plus_one;
    return true;
}

static bool read_causes(struct rules *rules, const struct layered *files, struct err *err)
{
    struct members causes;
    bool ok = layered_members(files, "causes", "name", &causes, err);

    rules->facts.cause = xcalloc(causes.count + 1, sizeof *rules->facts.cause);
    ok = ok && rules_read_members(rules, &causes, read_cause, err);
    members_free(&causes);
    return ok;
}

/* {"code": 486, "name": "Busy Here", "cause": "USER_BUSY"} */
static bool read_sip_code(struct rules *rules, const struct place *place,
                          const json_t *object, struct err *err)
{
    static const char *const keys[] = { "code", "name", "cause", NULL };
    int32_t code = 0;

    if (!doc_only_keys(place, object, keys, err) ||
        !doc_int_or_none(place, object, "code", (int32_t[]){ SIP_MIN, SIP_MAX }, &code,
                         err))
        return false;
    if (code == 0)
        return doc_fail(place, "code", err, "is missing");

    const char *name = doc_text(place, object, "name", err), *cause;

    if (name == NULL || !doc_text_or_none(place, object, "cause", &cause, err))
        return false;
    rules->facts.sip_name[code] = name;
    if (cause == NULL)
        return true;

    uint16_t symbol = symbols_find(&rules->symbols, slice_of(cause));

    if (rules->symbols.symbol[symbol].cause == 0)
        return doc_fail(
            place, "cause", err, "unknown cause \"%s\"%s", cause,
            symbols_nearest(&rules->symbols, RULE_FIELD_HANGUP_CAUSE, slice_of(cause))
                .text);
    rules->facts.of_sip[code] = rules->symbols.symbol[symbol].cause;
    return true;
}

static bool read_q850(struct rules *rules, const struct place *place,
                      const json_t *object, struct err *err)
{
    static const char *const keys[] = { "value", "name", NULL };
    int32_t value = 0;

    if (!doc_only_keys(place, object, keys, err) ||
        !doc_int_or_none(place, object, "value", q850_range, &value, err))
        return false;
    if (value == 0)
        return doc_fail(place, "value", err, "is missing");
    rules->facts.q850_name[value] = doc_text(place, object, "name", err);
    return rules->facts.q850_name[value] != NULL;
}

static bool read_each(struct rules *rules, const struct layered *files, const char *array,
                      const char *id,
                      bool (*read)(struct rules *, const struct place *, const json_t *,
                                   struct err *),
                      struct err *err)
{
    struct members members;
    bool ok = layered_members(files, array, id, &members, err) &&
              rules_read_members(rules, &members, read, err);

    members_free(&members);
    return ok;
}

/* What FreeSWITCH makes of every code that the table does not name. */
static bool fill_codes(struct rules *rules, const struct layered *files, struct err *err)
{
    const struct doc *last = layered_last(files, "cause_of_other_codes");
    struct place place = { .doc = last != NULL ? last : files->file[0].doc };
    const char *name = doc_text(&place, place.doc->root, "cause_of_other_codes", err);

    if (name == NULL)
        return false;

    uint16_t cause =
        rules->symbols.symbol[symbols_find(&rules->symbols, slice_of(name))].cause;

    if (cause == 0)
        return doc_fail(
            &place, "cause_of_other_codes", err, "unknown cause \"%s\"%s", name,
            symbols_nearest(&rules->symbols, RULE_FIELD_HANGUP_CAUSE, slice_of(name))
                .text);
    for (size_t code = SIP_MIN; code <= SIP_MAX; code++)
        if (rules->facts.of_sip[code] == 0)
            rules->facts.of_sip[code] = cause;
    return true;
}

/* "values": {"direction": ["inbound", ...], ...} */
static bool read_values(struct rules *rules, const struct doc *doc, struct err *err)
{
    struct place place = { .doc = doc };
    json_t *values = json_object_get(doc->root, "values"), *list, *member;
    const char *key;
    uint16_t ignored;
    size_t i;

    if (!json_is_object(values))
        return doc_fail(&place, "values", err, "an object is due");
    json_object_foreach(values, key, list)
    {
        enum rule_field field = rule_field_named(key);

        if (field == RULE_FIELD_NONE || !rule_field_is_text(field))
            (void)doc_fail(&place, "values", err, "%s: unknown field of text%s", key,
                           rule_field_nearest(key).text);
        else if (!json_is_array(list))
            (void)doc_fail(&place, "values", err, "%s: a list is due", key);
        if (err->code != EXIT_DONE) {
            if (!doc_noted(&place, false, err))
                return false;
            continue;
        }
        if (!doc_noted(&place,
                       doc_none_twice(&place, doc_below("values", key).path, list, err),
                       err))
            return false;
        json_array_foreach(list, i, member)
        {
            if (json_string_length(member) == 0)
                return doc_fail(&place, "values", err, "%s: a list of texts is due", key);
            if (!symbol_known(rules, field, json_string_value(member), &ignored, err))
                return false;
        }
    }
    return true;
}

bool facts_load(struct rules *rules, struct err *err)
{
    static const char *const keys[] = { "$schema",   "about", "causes",
                                        "sip_codes", "q850",  "cause_of_other_codes",
                                        "values",    NULL };
    struct layered files = { 0 };
    bool ok = rules_layered(rules, "causes.json", keys, &files, err) &&
              read_causes(rules, &files, err) &&
              read_each(rules, &files, "sip_codes", "code", read_sip_code, err) &&
              read_each(rules, &files, "q850", "value", read_q850, err) &&
              rules_noted(rules, fill_codes(rules, &files, err), err);

    for (size_t i = 0; ok && i < files.count; i++)
        if (i == 0 || json_object_get(files.file[i].doc->root, "values") != NULL)
            ok = rules_noted(rules, read_values(rules, files.file[i].doc, err), err);
    layered_free(&files);
    return ok;
}

const struct cause *cause_of(const struct rules *rules, struct slice text)
{
    const struct facts *facts = &rules->facts;
    uint16_t found = 0;
    int64_t number;

    if (text.len == 0)
        return NULL;
    if (text.s[0] < '0' || text.s[0] > '9')
        found = rules->symbols.symbol[symbols_find(&rules->symbols, text)].cause;
    else if (slice_int(text, &number) && number >= 0)
        found = number <= Q850_MAX && number > 0              ? facts->by_q850[number]
                : number < (int64_t)COUNTOF(facts->by_number) ? facts->by_number[number]
                                                              : 0;
    return found != 0 ? &facts->cause[found - 1] : NULL;
}

/*
 * cond_json.c - conditions out of JSON.
 *
 * A scalar, a list of what may be, null for "no value", {"min", "max"},
 * {"prefix"}, {"glob"}, {"present"}, or {"not": any of these}.
 */
#include "base/base.h"
#include "base/nearest.h"
#include "rules/rules_impl.h"

/* The condition being read, for its words and for complaints. */
struct spot {
    const struct rules *rules;
    const struct place *place;
    const char *key;
    enum rule_field field;
};

static bool text_allowed(const struct spot *spot, const char *text, struct err *err)
{
    const struct symbols *symbols = &spot->rules->symbols;
    uint16_t number = symbols_find(symbols, slice_of(text));

    if (!rule_field_row(spot->field)->closed ||
        (symbols->symbol[number].fields >> spot->field & 1) != 0)
        return true;
    return doc_fail(spot->place, spot->key, err, "unknown value \"%s\"%s", text,
                    symbols_nearest(symbols, spot->field, slice_of(text)).text);
}

static bool number_allowed(const struct spot *spot, json_int_t number, struct err *err)
{
    const struct rule_field_row *row = rule_field_row(spot->field);

    if (number >= row->min && number <= row->max)
        return true;
    return doc_fail(spot->place, spot->key, err, "%lld is out of range (%d to %d)",
                    (long long)number, row->min, row->max);
}

static bool read_scalar(const struct spot *spot, const json_t *value, struct atom *atom,
                        struct err *err)
{
    if (json_is_null(value)) {
        *atom = (struct atom){ .kind = ATOM_ABSENT };
        return true;
    }
    if (rule_field_is_text(spot->field)) {
        const char *text = json_string_value(value);

        if (text == NULL || *text == '\0')
            return doc_fail(spot->place, spot->key, err, "a text or null is due");
        *atom = (struct atom){ .kind = ATOM_TEXT,
                               .text = slice_of(text),
                               .is_wide = !text_is_ascii(slice_of(text)) };
        return text_allowed(spot, text, err);
    }
    if (rule_field_row(spot->field)->kind == RULE_FIELD_FLAG ? !json_is_boolean(value)
                                                             : !json_is_integer(value))
        return doc_fail(spot->place, spot->key, err, "%s or null is due",
                        rule_field_row(spot->field)->kind == RULE_FIELD_FLAG
                            ? "true, false"
                            : "a whole number");

    json_int_t number =
        json_is_boolean(value) ? json_is_true(value) : json_integer_value(value);

    if (!number_allowed(spot, number, err))
        return false;
    *atom = (struct atom){ .kind = ATOM_RANGE,
                           .min = (int32_t)number,
                           .max = (int32_t)number };
    return true;
}

static bool read_bound(const struct spot *spot, const json_t *value, int32_t *bound,
                       struct err *err)
{
    if (value == NULL)
        return true;
    if (!json_is_integer(value))
        return doc_fail(spot->place, spot->key, err, "min and max are whole numbers");
    if (!number_allowed(spot, json_integer_value(value), err))
        return false;
    *bound = (int32_t)json_integer_value(value);
    return true;
}

static bool read_range(const struct spot *spot, const json_t *object, struct atom *atom,
                       struct err *err)
{
    static const char *const keys[] = { "min", "max", NULL };
    const struct rule_field_row *row = rule_field_row(spot->field);

    *atom = (struct atom){ .kind = ATOM_RANGE, .min = row->min, .max = row->max };
    if (row->kind == RULE_FIELD_TEXT || row->kind == RULE_FIELD_FLAG)
        return doc_fail(spot->place, spot->key, err, "min and max are for numbers");
    if (!doc_only_keys(spot->place, object, keys, err) ||
        !read_bound(spot, json_object_get(object, "min"), &atom->min, err) ||
        !read_bound(spot, json_object_get(object, "max"), &atom->max, err))
        return false;
    if (atom->min > atom->max)
        return doc_fail(spot->place, spot->key, err, "min is above max");
    return true;
}

bool atom_read_pattern(const struct place *place, const char *key, const json_t *value,
                       struct atom *atom, struct err *err)
{
    const char *text = json_string_value(value);

    atom->kind = ATOM_TEXT;
    if (json_is_object(value) && json_object_size(value) == 1) {
        const json_t *prefix = json_object_get(value, "prefix");
        const json_t *pattern = json_object_get(value, "glob");

        atom->kind = prefix != NULL ? ATOM_PREFIX : ATOM_GLOB;
        text = json_string_value(prefix != NULL ? prefix : pattern);
    }
    if (text == NULL || *text == '\0')
        return doc_fail(place, key, err,
                        "a text, {\"prefix\": text} or {\"glob\": text} is due");
    atom->text = slice_of(text);
    atom->is_wide = !text_is_ascii(atom->text);
    return true;
}

static bool read_object(const struct spot *spot, const json_t *object, struct atom *atom,
                        struct err *err)
{
    const json_t *present = json_object_get(object, "present");

    if (json_object_get(object, "min") != NULL || json_object_get(object, "max") != NULL)
        return read_range(spot, object, atom, err);
    if (json_object_size(object) != 1)
        return doc_fail(spot->place, spot->key, err,
                        "one of min and max, prefix, glob, present, not "
                        "is due");
    if (present != NULL) {
        if (!json_is_boolean(present))
            return doc_fail(spot->place, spot->key, err, "present: true or false is due");
        *atom =
            (struct atom){ .kind = json_is_true(present) ? ATOM_PRESENT : ATOM_ABSENT };
        return true;
    }
    if (json_object_get(object, "prefix") == NULL &&
        json_object_get(object, "glob") == NULL)
        return doc_fail(
            spot->place, spot->key, err, "unknown condition \"%s\"",
            json_object_iter_key(json_object_iter((json_t *)(uintptr_t)object)));
    if (!rule_field_is_text(spot->field))
        return doc_fail(spot->place, spot->key, err, "prefix and glob are for texts");
    return atom_read_pattern(spot->place, spot->key, object, atom, err);
}

static bool read_atom(const struct spot *spot, const json_t *value, struct cond *cond,
                      struct err *err)
{
    struct atom *atom = &cond->atom[cond->natoms];

    if (json_is_array(value) || json_object_get(value, "not") != NULL)
        return doc_fail(spot->place, spot->key, err,
                        "a list holds no list and no \"not\"");
    if (json_is_object(value) ? !read_object(spot, value, atom, err)
                              : !read_scalar(spot, value, atom, err))
        return false;
    cond->natoms++;
    return true;
}

bool cond_read(const struct rules *rules, const struct place *place, const char *key,
               const json_t *value, struct cond *cond, struct err *err)
{
    struct spot spot = { rules, place, key, cond->field };

    if (json_is_object(value) && json_object_get(value, "not") != NULL) {
        if (json_object_size(value) != 1)
            return doc_fail(place, key, err, "\"not\" stands alone");
        cond->negated = true;
        value = json_object_get(value, "not");
    }

    size_t count = json_is_array(value) ? json_array_size(value) : 1;

    if (count == 0)
        return doc_fail(place, key, err, "an empty list is never met");
    cond->atom = xcalloc(count, sizeof *cond->atom);
    for (size_t i = 0; i < count; i++)
        if (!rules_noted(
                rules,
                read_atom(&spot, json_is_array(value) ? json_array_get(value, i) : value,
                          cond, err),
                err))
            return false;
    cond_put_in_order(cond);
    return true;
}

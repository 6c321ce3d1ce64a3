/*
 * cond_set.c - conditions as sets: does one hold wherever another does?
 *
 * Asked of witnesses: values at every edge of either condition.  Between two
 * edges nothing changes, so for numbers, flags and listed texts the answer is
 * exact.  A star of a pattern is tried as nothing and as text that stands
 * nowhere else, which is exact enough for patterns that people write.
 */
#include "base/base.h"
#include "rules/rules_impl.h"

enum { WITNESS_BYTES = 256 };

/* Is there a value of FIELD that meets, or does not meet, each of these? */
struct question {
    enum rule_field field;
    const struct cond_part *part;
    size_t count;
};

static bool met(const struct cond *cond, const struct fact *fact)
{
    return cond == NULL || cond_holds(cond, fact);
}

static bool is_witness(const struct question *question, const struct fact *fact)
{
    for (size_t i = 0; i < question->count; i++) {
        const struct cond_part *part = &question->part[i];

        if ((part->cond == NULL || part->cond->field == question->field) &&
            met(part->cond, fact) != part->want)
            return false;
    }
    return true;
}

static bool number_is_witness(const struct question *question, int64_t number)
{
    const struct rule_field_row *row = rule_field_row(question->field);
    struct fact fact = { .present = true, .number = (int32_t)number };

    return number >= row->min && number <= row->max && is_witness(question, &fact);
}

static bool text_is_witness(const struct question *question, const char *text, size_t len)
{
    struct fact fact = { .present = true, .text = { text, len } };

    return is_witness(question, &fact);
}

/* The pattern with every star and question mark as FILL, or stars left out. */
static bool pattern_is_witness(const struct question *question, struct slice pattern,
                               const char *fill)
{
    char text[WITNESS_BYTES];
    size_t len = 0;

    for (size_t i = 0; i < pattern.len && len + 2 < sizeof text; i++) {
        if (pattern.s[i] != '*' && pattern.s[i] != '?')
            text[len++] = pattern.s[i];
        else if (pattern.s[i] == '?')
            text[len++] = '\x01';
        else
            for (const char *c = fill; *c != '\0'; c++)
                text[len++] = *c;
    }
    return text_is_witness(question, text, len);
}

static bool atom_has_witness(const struct question *question, const struct atom *atom)
{
    char text[WITNESS_BYTES];
    size_t len = atom->text.len < sizeof text - 1 ? atom->text.len : sizeof text - 1;

    switch (atom->kind) {
    case ATOM_RANGE:
        return number_is_witness(question, (int64_t)atom->min - 1) ||
               number_is_witness(question, atom->min) ||
               number_is_witness(question, atom->max) ||
               number_is_witness(question, (int64_t)atom->max + 1);
    case ATOM_TEXT:
        return text_is_witness(question, atom->text.s, atom->text.len);
    case ATOM_PREFIX:
        memcpy(text, atom->text.s, len);
        text[len] = '\x01';
        return text_is_witness(question, text, len) ||
               text_is_witness(question, text, len + 1);
    case ATOM_GLOB:
        return pattern_is_witness(question, atom->text, "") ||
               pattern_is_witness(question, atom->text, "\x01") ||
               pattern_is_witness(question, atom->text, "\x01\x02");
    case ATOM_ABSENT:
    case ATOM_PRESENT:
        break;
    }
    return false;
}

static bool cond_has_witness(const struct question *question, const struct cond *cond)
{
    for (size_t i = 0; cond != NULL && i < cond->natoms; i++)
        if (atom_has_witness(question, &cond->atom[i]))
            return true;
    return false;
}

/* A text of a closed field must be one of the declared. */
static bool text_at_large(const struct rules *rules, const struct question *question)
{
    if (!rule_field_row(question->field)->closed)
        return text_is_witness(question, "\x03", 1);
    for (size_t i = SYMBOL_FIRST; i < rules->symbols.count; i++)
        if ((rules->symbols.symbol[i].fields >> question->field & 1) != 0 &&
            text_is_witness(question, rules->symbols.symbol[i].text.s,
                            rules->symbols.symbol[i].text.len))
            return true;
    /* legs do bring values that nobody declared */
    return question->field != RULE_FIELD_LEG && question->field != RULE_FIELD_RELEASE &&
           question->field != RULE_FIELD_PROVIDER && text_is_witness(question, "\x03", 1);
}

static bool can_be_absent(enum rule_field field)
{
    return field != RULE_FIELD_LEG && field != RULE_FIELD_RELEASE &&
           field != RULE_FIELD_ANSWERED;
}

static bool parts_have_witness(const struct question *question)
{
    for (size_t i = question->count; i > 0; i--) {
        const struct cond *cond = question->part[i - 1].cond;

        if (cond != NULL && cond->field == question->field &&
            cond_has_witness(question, cond))
            return true;
    }
    return false;
}

static bool has_witness(const struct rules *rules, const struct question *question)
{
    const struct rule_field_row *row = rule_field_row(question->field);
    struct fact absent = { .present = false };

    /* What the last itself names is mostly one; the thousand declared texts come last. */
    if ((can_be_absent(question->field) && is_witness(question, &absent)) ||
        parts_have_witness(question))
        return true;
    return row->kind == RULE_FIELD_TEXT ? text_at_large(rules, question)
                                        : number_is_witness(question, row->min) ||
                                              number_is_witness(question, row->max);
}

bool cond_parts_meet(const struct rules *rules, enum rule_field field,
                     const struct cond_part *part, size_t count)
{
    return has_witness(rules, &(struct question){ field, part, count });
}

bool cond_covers(const struct rules *rules, enum rule_field field,
                 const struct cond *wide, const struct cond *narrow)
{
    const struct cond_part parts[] = { { wide, false }, { narrow, true } };

    return wide == NULL || !cond_parts_meet(rules, field, parts, COUNTOF(parts));
}

bool cond_overlaps(const struct rules *rules, enum rule_field field, const struct cond *a,
                   const struct cond *b)
{
    const struct cond_part parts[] = { { a, true }, { b, true } };

    return a == NULL || b == NULL || cond_parts_meet(rules, field, parts, COUNTOF(parts));
}

bool rule_covers(const struct rules *rules, const struct rule *wide,
                 const struct rule *narrow)
{
    if (wide->valid_from > narrow->valid_from || wide->valid_to < narrow->valid_to)
        return false;
    /* What NARROW does not ask for is the quickest to tell, and mostly tells. */
    for (int asked = 0; asked < 2; asked++)
        for (size_t i = 0; i < wide->nconds; i++) {
            const struct cond *cond = &wide->cond[i];
            const struct cond *of_narrow = rule_cond(narrow, cond->field);

            if ((of_narrow != NULL) == asked &&
                !cond_covers(rules, cond->field, cond, of_narrow))
                return false;
        }
    return true;
}

bool rule_overlaps(const struct rules *rules, const struct rule *a, const struct rule *b)
{
    if (a->valid_from >= b->valid_to || b->valid_from >= a->valid_to)
        return false;
    for (size_t i = 0; i < a->nconds; i++)
        if (!cond_overlaps(rules, a->cond[i].field, &a->cond[i],
                           rule_cond(b, a->cond[i].field)))
            return false;
    return true;
}

/*
 * cond.c - whether a fact meets a condition.  Pure.
 *
 * Texts compare without regard to the case of letters, in every script; where both are
 * ASCII nothing is folded first.  A negated
 * condition is the plain opposite: {"not": "x"} holds when there is no value.
 */
#include "base/base.h"
#include "base/unicode.h"
#include "rules/rules_impl.h"

/* A pattern that ends in a letter asks for it, and most texts end otherwise. */
static bool ends_otherwise(struct slice text, struct slice pattern)
{
    char last = '*';

    if (pattern.len != 0)
        last = pattern.s[pattern.len - 1];
    return last != '*' && last != '?' &&
           (text.len == 0 || ascii_lower(last) != ascii_lower(text.s[text.len - 1]));
}

/* * is any run, ? any character; the last star is the only one to come back to. */
static bool glob(struct slice text, struct slice pattern)
{
    size_t t = 0, p = 0, star = SIZE_MAX, back = 0;

    if (ends_otherwise(text, pattern))
        return false;

    while (t < text.len) {
        if (p < pattern.len && pattern.s[p] == '*') {
            star = p++;
            back = t;
        } else if (p < pattern.len && pattern.s[p] == '?') {
            size_t len = text_char(text.s + t, text.len - t);

            p++;
            t += len != 0 ? len : 1;
        } else if (p < pattern.len &&
                   ascii_lower(pattern.s[p]) == ascii_lower(text.s[t])) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++back;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.s[p] == '*')
        p++;
    return p == pattern.len;
}

static bool text_holds(enum atom_kind kind, struct slice pattern, struct slice text)
{
    if (kind == ATOM_GLOB)
        return glob(text, pattern);
    if (kind == ATOM_PREFIX && text.len > pattern.len)
        text.len = pattern.len;
    return slice_equal_nocase(text, pattern);
}

/* Both folded before they are compared. */
static bool wide_holds(enum atom_kind kind, struct slice pattern, struct slice text)
{
    struct buf folded_pattern = { 0 }, folded_text = { 0 };

    fold_text(&folded_pattern, pattern);
    fold_text(&folded_text, text);
    bool holds = text_holds(kind, buf_slice(&folded_pattern), buf_slice(&folded_text));
    buf_free(&folded_pattern);
    buf_free(&folded_text);
    return holds;
}

bool atom_holds(const struct atom *atom, const struct fact *fact)
{
    if (atom->kind == ATOM_ABSENT)
        return !fact->present;
    if (!fact->present)
        return false;
    switch (atom->kind) {
    case ATOM_RANGE:
        return fact->number >= atom->min && fact->number <= atom->max;
    case ATOM_TEXT:
    case ATOM_PREFIX:
    case ATOM_GLOB:
        return !atom->is_wide || text_is_ascii(fact->text)
                   ? text_holds(atom->kind, atom->text, fact->text)
                   : wide_holds(atom->kind, atom->text, fact->text);
    case ATOM_PRESENT:
    case ATOM_ABSENT:
        break;
    }
    return true;
}

bool cond_holds(const struct cond *cond, const struct fact *fact)
{
    if (cond->order != NULL)
        return cond_order_holds(cond->order, fact) != cond->negated;
    for (size_t i = 0; i < cond->natoms; i++)
        if (atom_holds(&cond->atom[i], fact))
            return !cond->negated;
    return cond->negated;
}

void cond_free(struct cond *cond)
{
    free(cond->atom);
    cond_order_free(cond->order);
    cond->atom = NULL;
    cond->order = NULL;
}

const struct cond *rule_cond(const struct rule *rule, enum rule_field field)
{
    for (size_t i = 0; i < rule->nconds; i++)
        if (rule->cond[i].field == field)
            return &rule->cond[i];
    return NULL;
}

static bool in_force(const struct rule *rule, int64_t started_at)
{
    /* a leg without a start is judged by the rules that are still in force */
    if (started_at == NO_TIME)
        return rule->valid_to == INT64_MAX;
    return started_at >= rule->valid_from && started_at < rule->valid_to;
}

bool rule_holds(const struct rule *rule, const struct evidence *evidence,
                const struct cond **failed)
{
    *failed = NULL;
    for (size_t i = 0; i < rule->nconds; i++)
        if (!cond_holds(&rule->cond[i], &evidence->fact[rule->cond[i].field])) {
            *failed = &rule->cond[i];
            return false;
        }
    return in_force(rule, evidence->started_at);
}

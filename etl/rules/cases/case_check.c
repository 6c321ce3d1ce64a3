/*
 * case_check.c - does a row of a case file make sense?
 *
 * A case with a word that nobody knows tests something else than it says, so every cell
 * is held against what exports and mappings know.
 */
#include <stdarg.h>

#include "base/base.h"
#include "leg/sip_fields.h"
#include "leg/time/clock.h"
#include "rules/cases/cases.h"

void case_fault(struct case_check *check, const char *column, const char *format, ...)
{
    const char *id = check->row->cell[CASE_ID];
    char message[512];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    buf_addf(check->out, "%s:%zu: %s%s%s: %s\n", check->path, check->row->line, id,
             *id != '\0' ? ": " : "", column, message);
    check->faults++;
}

bool case_is_known(const struct rules *rules, enum rule_field field, struct slice text)
{
    uint16_t number = symbols_find(&rules->symbols, text);

    return (rules->symbols.symbol[number].fields >> field & 1) != 0;
}

void case_unknown(struct case_check *check, const char *column, enum rule_field field,
                  struct slice text)
{
    case_fault(check, column, "unknown value \"" SLICE_FMT "\"%s", SLICE_ARG(text),
               symbols_nearest(&check->rules->symbols, (int)field, text).text);
}

/* A cause by name, or by a number that FreeSWITCH had or has. */
void case_check_cause(struct case_check *check, const char *column, struct slice text)
{
    enum { NUMBERS = 1024 };
    int64_t number;

    if (text.s == NULL || (slice_int(text, &number) && number >= 0 && number < NUMBERS) ||
        case_is_known(check->rules, RULE_FIELD_HANGUP_CAUSE, text))
        return;
    case_unknown(check, column, RULE_FIELD_HANGUP_CAUSE, text);
}

static void check_disposition(struct case_check *check)
{
    struct slice text = case_cell(check->row, CASE_DISPOSITION);
    struct buf scratch = { 0 };
    struct leg leg = { 0 };

    if (text.s == NULL)
        return;
    (void)buf_room(&scratch, 64 + 4 * text.len);
    sip_fields_disposition(text, &leg, &scratch);
    if (leg.disposition.s == NULL &&
        !case_is_known(check->rules, RULE_FIELD_WEBITEL_RESULT, leg.webitel_result))
        case_unknown(check, "disposition", RULE_FIELD_DISPOSITION, text);
    buf_free(&scratch);
}

/* Codes from 700 to 999 are no SIP, but FreeSWITCH's own stack has some. */
static void check_code(struct case_check *check)
{
    enum { OWN_MIN = 100, OWN_MAX = 999 };
    struct slice text = case_cell(check->row, CASE_SIP_CODE), digits = text;
    int64_t number;

    if (text.s == NULL || sip_fields_sip_code(text) != NO_CODE)
        return;
    if (slice_starts(text, "sip:"))
        digits = slice_from(text, 4);
    if (!slice_int(digits, &number) || number < OWN_MIN || number > OWN_MAX)
        case_fault(check, "sip_code",
                   "\"" SLICE_FMT "\" is no SIP code; write 486 or sip:486",
                   SLICE_ARG(text));
}

static void check_q850(struct case_check *check)
{
    struct slice text = case_cell(check->row, CASE_Q850);
    int64_t number;

    if (text.s == NULL || sip_fields_q850(text) != NO_CODE ||
        (slice_int(text, &number) && number == 0))
        return;
    case_fault(check, "q850", "\"" SLICE_FMT "\" is no cause of Q.850; it is 1 to %d",
               SLICE_ARG(text), Q850_MAX);
}

void case_check_seconds(struct case_check *check, const char *column, struct slice text)
{
    int64_t number;

    if (text.s != NULL && (!slice_int(text, &number) || number < 0 || number > INT32_MAX))
        case_fault(check, column, "\"" SLICE_FMT "\" is no number of whole seconds",
                   SLICE_ARG(text));
}

void case_check_instant(struct case_check *check, const char *column, struct slice text)
{
    int64_t ms;

    if (clock_read(text, DATE_YMD, &ms) != CLOCK_INSTANT)
        case_fault(check, column,
                   "\"" SLICE_FMT "\" is no time with a zone, such as "
                   "2026-06-01T10:00:00Z",
                   SLICE_ARG(text));
}

/* What no mapping knows may be a trunk's name, but not one almost like a carrier's. */
static void case_check_provider(struct case_check *check)
{
    const struct providers *all = &check->rules->providers;
    struct slice text = case_cell(check->row, CASE_PROVIDER);
    struct nearest nearest = nearest_to(text);

    if (text.s == NULL || case_provider(check->rules, text) != NULL)
        return;
    for (size_t i = 0; i < all->count; i++) {
        nearest_try(&nearest, all->provider[i].id);
        nearest_try(&nearest, all->provider[i].name);
    }
    if (nearest.name != NULL)
        case_fault(check, "provider", "unknown provider \"" SLICE_FMT "\"%s",
                   SLICE_ARG(text), nearest_hint(&nearest).text);
}

/* Labels of anybody's detector come here, but none almost like a known one. */
static void check_heard(struct case_check *check, const char *column, struct slice text)
{
    const struct symbols *symbols = &check->rules->symbols;
    const struct symbol *known = &symbols->symbol[symbols_find(symbols, text)];
    struct nearest nearest = nearest_to(text);

    if (text.s == NULL || known->announcement != 0 || known->detector != 0)
        return;
    for (size_t i = SYMBOL_FIRST; i < symbols->count; i++)
        if (symbols->symbol[i].announcement != 0 || symbols->symbol[i].detector != 0)
            nearest_try(&nearest, symbols->symbol[i].text.s);
    if (nearest.name != NULL)
        case_fault(check, column, "unknown value \"" SLICE_FMT "\"%s", SLICE_ARG(text),
                   nearest_hint(&nearest).text);
}

static void check_known(struct case_check *check, enum case_column column,
                        const char *name, enum rule_field field)
{
    struct slice text = case_cell(check->row, column);

    if (text.s != NULL && !case_is_known(check->rules, field, text))
        case_unknown(check, name, field, text);
}

static bool is_odd_on_purpose(const struct rule_case *row)
{
    return strcmp(row->cell[CASE_SOURCE], "robustness") == 0 ||
           strcmp(row->cell[CASE_SOURCE], CASE_SOURCE_ODD) == 0;
}

static void check_inputs(struct case_check *check)
{
    const struct rule_case *row = check->row;

    case_check_cause(check, "hangup_cause", case_cell(row, CASE_HANGUP_CAUSE));
    check_disposition(check);
    check_code(check);
    check_q850(check);
    case_check_provider(check);
    check_known(check, CASE_DIRECTION, "direction", RULE_FIELD_DIRECTION);
    check_known(check, CASE_LEG, "leg", RULE_FIELD_LEG);
    case_check_seconds(check, "billsec", case_cell(row, CASE_BILLSEC));
    case_check_seconds(check, "duration", case_cell(row, CASE_DURATION));
    check_heard(check, "md_result", case_cell(row, CASE_HEARD));
    case_check_hints(check);
}

bool case_inputs_are_known(const struct rules *rules, const struct rule_case *row)
{
    struct buf out = { 0 };
    struct case_check check = { .rules = rules, .path = "", .row = row, .out = &out };

    check_inputs(&check);
    buf_free(&out);
    return check.faults == 0;
}

/* --- what is expected --- */

bool case_is_blank(const struct rule_case *row)
{
    static const enum case_column expectation[] = { CASE_CATEGORY, CASE_CONFIDENCE,
                                                    CASE_ALTERNATIVES, CASE_GROUP,
                                                    CASE_LINKED };

    for (size_t i = 0; i < COUNTOF(expectation); i++)
        if (case_cell(row, expectation[i]).s != NULL)
            return false;
    return true;
}

static bool case_read_category(struct case_check *check, const char *column,
                               struct slice text, uint8_t *category)
{
    const struct taxonomy *taxonomy = &check->rules->taxonomy;

    for (size_t i = 0; i < taxonomy->count; i++)
        if (slice_is(text, taxonomy->category[i].code)) {
            *category = (uint8_t)i;
            return true;
        }
    case_fault(check, column, "category \"" SLICE_FMT "\" is not declared%s",
               SLICE_ARG(text), category_nearest(taxonomy, text).text);
    return false;
}

static void case_read_alternatives(struct case_check *check, struct expected *expected)
{
    struct slice rest = case_cell(check->row, CASE_ALTERNATIVES), part;
    uint8_t category;

    while (slice_next(&rest, '|', &part)) {
        if (slice_count(part, ',') > 0 || slice_count(part, ';') > 0)
            case_fault(check, "alternatives", "categories have a | between them");
        else if (case_read_category(check, "alternatives", slice_trim(part), &category))
            expected->alternatives |= (category_set)1 << category;
    }
}

/* certain: no alternative; probable: some; ambiguous: two or more, and no winner. */
static void case_check_meaning(struct case_check *check, const struct expected *expected)
{
    const struct taxonomy *taxonomy = &check->rules->taxonomy;
    const char *code = taxonomy->category[taxonomy->undetermined].code;
    int count = __builtin_popcountll(expected->alternatives);
    bool open = expected->category == taxonomy->undetermined;

    if (open != (expected->confidence == AMBIGUOUS))
        case_fault(check, "confidence", "%s is ambiguous, and nothing else is", code);
    else if (expected->confidence == CERTAIN && count != 0)
        case_fault(check, "alternatives", "a certain outcome has none");
    else if (expected->confidence == AMBIGUOUS && count < 2)
        case_fault(check, "alternatives", "an ambiguous outcome has at least two");
}

static bool case_read_confidence(struct case_check *check, enum confidence *confidence)
{
    static const char *const words[] = { "certain", "probable", "ambiguous", NULL };
    struct slice text = case_cell(check->row, CASE_CONFIDENCE);

    for (enum confidence i = CERTAIN; i <= AMBIGUOUS; i++)
        if (slice_is(text, confidence_name(i))) {
            *confidence = i;
            return true;
        }
    if (text.s == NULL) {
        case_fault(check, "confidence", "is blank; write certain, probable or ambiguous");
        return false;
    }
    case_fault(check, "confidence", "unknown confidence \"" SLICE_FMT "\"%s",
               SLICE_ARG(text),
               nearest_of(check->row->cell[CASE_CONFIDENCE], words).text);
    return false;
}

static void check_group(struct case_check *check)
{
    const struct taxonomy *taxonomy = &check->rules->taxonomy;
    struct slice text = case_cell(check->row, CASE_GROUP);
    struct nearest nearest = nearest_to(text);

    if (text.s == NULL)
        return;
    for (size_t i = 0; i < taxonomy->count; i++)
        if (slice_is(text, taxonomy->category[i].group))
            return;
    for (size_t i = 0; i < taxonomy->count; i++)
        nearest_try(&nearest, taxonomy->category[i].group);
    case_fault(check, "expected_group", "unknown group \"" SLICE_FMT "\"%s",
               SLICE_ARG(text), nearest_hint(&nearest).text);
}

static void check_expected(struct case_check *check, struct expected *expected)
{
    struct slice category = case_cell(check->row, CASE_CATEGORY);
    struct slice disputed = case_cell(check->row, CASE_DISPUTED);
    struct slice linked = case_cell(check->row, CASE_LINKED);
    size_t before = check->faults;
    uint8_t ignored;

    if (category.s == NULL) {
        case_fault(check, "expected_category",
                   "is blank; write what the call came to, or take the row out");
        return;
    }
    (void)case_read_category(check, "expected_category", category, &expected->category);
    (void)case_read_confidence(check, &expected->confidence);
    case_read_alternatives(check, expected);
    if (before == check->faults)
        case_check_meaning(check, expected);
    check_group(check);
    if (linked.s != NULL)
        (void)case_read_category(check, "expected_if_linked", linked, &ignored);
    if (disputed.s != NULL && !slice_is(disputed, "yes") && !slice_is(disputed, "no"))
        case_fault(check, "disputed", "\"" SLICE_FMT "\" is neither yes nor no",
                   SLICE_ARG(disputed));
}

size_t case_check(const struct rules *rules, const char *path,
                  const struct case_file *file, const struct rule_case *row,
                  struct expected *expected, struct buf *out)
{
    struct case_check check = { .rules = rules, .path = path, .row = row, .out = out };

    *expected = (struct expected){ 0 };
    if (row->cells != file->cells) {
        case_fault(&check, "cells",
                   "there are %zu, and %zu captions; put texts with a comma into \"\"",
                   row->cells, file->cells);
        return check.faults;
    }
    if (!is_odd_on_purpose(row))
        check_inputs(&check);
    check_expected(&check, expected);
    return check.faults;
}

/* rules/cond_order: a long condition in order holds where it holds atom by atom. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "rules/rules_impl.h"
#include "support/table.h"

enum { ATOMS = 40, TEXT = 6, ROUNDS = 300, FACTS = 60 };

static struct slice some_text(uint64_t *dice, char *text, bool pattern)
{
    size_t len = table_dice(dice, TEXT);

    for (size_t i = 0; i < len; i++)
        text[i] = (pattern ? "aAbB*?" : "aAbBc")[table_dice(dice, pattern ? 6 : 5)];
    return (struct slice){ text, len };
}

static struct atom some_atom(uint64_t *dice, bool numbers, char *text)
{
    static const enum atom_kind kinds[] = { ATOM_TEXT, ATOM_PREFIX, ATOM_GLOB };
    size_t what = table_dice(dice, 50);
    int32_t min = (int32_t)table_dice(dice, 200);

    if (what < 2)
        return (struct atom){ .kind = what == 0 ? ATOM_ABSENT : ATOM_PRESENT };
    if (numbers)
        return (struct atom){ .kind = ATOM_RANGE,
                              .min = min,
                              .max = min + (int32_t)table_dice(dice, 4) };

    enum atom_kind kind = kinds[table_dice(dice, COUNTOF(kinds))];

    return (struct atom){ .kind = kind,
                          .text = some_text(dice, text, kind == ATOM_GLOB) };
}

static void expect_alike(uint64_t *dice, bool numbers)
{
    char text[ATOMS][TEXT];
    struct atom atom[ATOMS];
    struct cond plain = { .atom = atom, .negated = table_dice(dice, 2) == 0 };
    size_t held = 0;

    for (plain.natoms = 0; plain.natoms < 9 + table_dice(dice, ATOMS - 9);)
        atom[plain.natoms] = some_atom(dice, numbers, text[plain.natoms]), plain.natoms++;

    struct cond ordered = plain;

    cond_put_in_order(&ordered);
    cr_assert_not_null(ordered.order);
    for (size_t i = 0; i < FACTS; i++) {
        char value[TEXT];
        struct fact fact = { .present = table_dice(dice, 10) > 0 };

        if (fact.present && numbers)
            fact.number = (int32_t)table_dice(dice, 210) - 3;
        else if (fact.present)
            fact.text = some_text(dice, value, false);
        cr_expect_eq(cond_holds(&ordered, &fact), cond_holds(&plain, &fact),
                     "<" SLICE_FMT "> %d", SLICE_ARG(fact.text), fact.number);
        held += cond_holds(&plain, &fact);
    }
    cr_expect_lt(held, FACTS + 1u);
    cond_order_free(ordered.order);
}

Test(cond_order, holds_where_an_atom_does)
{
    uint64_t dice = 20261130;

    for (size_t i = 0; i < ROUNDS; i++)
        expect_alike(&dice, i % 2 == 0);
}

/*
 * option_values.c - values from the table of options, and from the mapping files.
 */
#include "commands/shared/option_values.h"

#include "base/base.h"
#include "rules/rules.h"

static void print_named(const char *values)
{
    struct slice rest = slice_of(values);

    while (rest.len > 0) {
        struct slice one = slice_before(rest, '|');

        printf("    " SLICE_FMT "\n", SLICE_ARG(one));
        one.len += one.len < rest.len;
        rest = (struct slice){ rest.s + one.len, rest.len - one.len };
    }
}

static void print_providers(const struct rules *rules)
{
    for (size_t i = 0; i < rules_provider_count(rules); i++)
        printf("    %s\n", rules_provider(rules, i).id);
}

static void values_print_categories(const struct rules *rules)
{
    const struct taxonomy *taxonomy = rules_taxonomy(rules);

    for (size_t i = 0; i < taxonomy->count; i++)
        printf("    %s\n", taxonomy->category[i].code);
}

void option_values_print(const struct option_row *option, const char *mappings)
{
    const char *values = options_values(option);
    bool providers = strcmp(option->name, "provider") == 0;

    if (values != NULL) {
        print_named(values);
    } else if (providers || strcmp(option->name, "category") == 0) {
        struct err ignored = { 0 }; /* whoever completes is told nothing */
        struct rules *rules = rules_load(mappings, &ignored);

        if (rules != NULL && providers)
            print_providers(rules);
        else if (rules != NULL)
            values_print_categories(rules);
        rules_free(rules);
    }
}

/* leg/number: numbers as mappings/numbers.json says that they are written. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "leg/number/number_plan.h"

struct number_case {
    const char *gateway, *number, *e164; /* NULL: not known */
};

static struct number_plan *open_plan(const char *dir)
{
    struct err err = { 0 };
    struct number_plan *plan = number_plan_load(dir, &err);

    cr_assert_not_null(plan, "%s", err.text);
    return plan;
}

static void knows(const struct number_plan *plan, const struct number_case *cases,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char e164[E164_SIZE];
        const struct trunk *trunk = number_plan_trunk(plan, slice_of(cases[i].gateway));
        bool known = number_plan_e164(plan, trunk, slice_of(cases[i].number), e164);
        const char *wanted = cases[i].e164 != NULL ? cases[i].e164 : "";

        cr_expect_eq(known, cases[i].e164 != NULL, "%s", cases[i].number);
        cr_expect_str_eq(e164, wanted, "%s: %s", cases[i].number, e164);
    }
}

/* Ukraine: 0 and nine digits, 00 or, until 2009, 8~10 and a country. */
Test(number_plan, ukraine)
{
    static const struct number_case cases[] = {
        { NULL, "0636159079", "+380636159079" },
        { NULL, "380636159079", "+380636159079" },
        { NULL, "+380636159079", "+380636159079" },
        { NULL, "00380636159079", "+380636159079" },
        { NULL, "810380636159079", "+380636159079" },
        { NULL, "80636159079", "+380636159079" },
        { NULL, "636159079", "+380636159079" }, /* a spreadsheet took the 0 */
        { NULL, "+38 (063) 615-90-79", "+380636159079" },
        { NULL, "+380 (0) 63 615 90 79", "+380636159079" },
        { NULL,
          "38 063\xc2\xa0"
          "615\xe2\x80\x91"
          "9079",
          "+380636159079" },
        { NULL, "tel:+380636159079", "+380636159079" },
        { NULL, "0800300460", "+380800300460" },
        { NULL, "0048221234567", "+48221234567" },
        { NULL, "+48 22 123 45 67", "+48221234567" },
        { NULL, "77012345678", "+77012345678" }, /* of another country that is named */
        { NULL, "+77012345678", "+77012345678" },
        { NULL, "1001", NULL },
        { NULL, "2327757", NULL },
        { NULL, "063615907", NULL },   /* a digit is missing */
        { NULL, "06361590791", NULL }, /* or too many */
        { NULL, "0136159079", NULL },  /* no number begins with 1 */
        { NULL, "48221234567", NULL }, /* whose country nobody says */
        { NULL, "87012345678", NULL },
        { NULL, "+380***159079", NULL },
        { NULL, "3,80636E+11", NULL },
        { NULL, "anonymous", NULL },
        { NULL, "", NULL },
        { NULL, "123456789012345678901234", NULL },
    };
    struct number_plan *plan = open_plan("mappings");

    knows(plan, cases, COUNTOF(cases));
    number_plan_free(plan);
}

/* Kazakhstan: 8 and ten digits, 8~10 and a country. */
Test(number_plan, kazakhstan_by_its_trunks)
{
    static const struct number_case cases[] = {
        { "kz-almaty", "87012345678", "+77012345678" },
        { "KZ-Almaty", "77012345678", "+77012345678" },
        { "sip.operator.kz", "7012345678", "+77012345678" },
        { "kz_backup", "8 (727) 250-10-00", "+77272501000" },
        { "kz-almaty", "+7 701 234 56 78", "+77012345678" },
        { "kz-almaty", "810380636159079", "+380636159079" },
        { "kz-almaty", "380636159079", "+380636159079" },
        { "kz-almaty", "0636159079", NULL },
        { "kzx", "87012345678", NULL },
    };
    struct number_plan *plan = open_plan("mappings");

    knows(plan, cases, COUNTOF(cases));
    number_plan_free(plan);
}

static char folder[64];

static void write_plan(const char *text)
{
    char path[128];

    snprintf(folder, sizeof folder, "/tmp/cdretl-numbers-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/numbers.json", folder);

    FILE *file = fopen(path, "w");

    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

static void remove_plan(void)
{
    char path[128];

    snprintf(path, sizeof path, "%s/numbers.json", folder);
    unlink(path);
    rmdir(folder);
}

#define UA                                                                               \
    "{\"id\":\"ua\",\"code\":\"380\",\"national\":[\"0\"],"                              \
    "\"numbers\":[{\"digits\":9}]}"

Test(number_plan, trunks_with_a_prefix_and_an_area)
{
    static const struct number_case cases[] = {
        { "lviv", "2327757", "+380322327757" },
        { "lviv", "90636159079", "+380636159079" },
        { "lviv", "0636159079", "+380636159079" },
        { "other", "2327757", NULL },
        { "other", "90636159079", NULL },
    };

    write_plan(
        "{\"country\":\"ua\",\"countries\":[" UA "],\"trunks\":[{\"gateway\":"
        "[\"lviv\"],\"strip\":[\"9\"],\"local\":{\"area\":\"32\",\"digits\":7}}]}");

    struct number_plan *plan = open_plan(folder);

    knows(plan, cases, COUNTOF(cases));
    number_plan_free(plan);
    remove_plan();
}

static void refused(const char *text, const char *complaint)
{
    struct err err = { 0 };

    write_plan(text);
    cr_expect_null(number_plan_load(folder, &err), "%s", text);
    cr_expect_eq(err.code, EXIT_MAPPING);
    cr_expect_not_null(strstr(err.text, complaint), "%s: %s", text, err.text);
    remove_plan();
}

Test(number_plan, what_makes_no_sense_is_refused)
{
    struct err err = { 0 };

    cr_expect_null(number_plan_load("/nowhere", &err));
    cr_expect_eq(err.code, EXIT_MAPPING);
    refused("{\"country\":\"ua\"}", "countries");
    refused("{\"country\":\"ua\",\"countries\":[]}", "1 to 250");
    refused("{\"country\":\"kz\",\"countries\":[" UA "]}", "no country of that id");
    refused("{\"country\":\"ua\",\"countries\":[" UA "," UA "]}", "declared twice");
    refused("{\"country\":\"ua\",\"countries\":[" UA "],\"prefix\":[]}", "unknown key");
    refused("{\"country\":\"ua\",\"countries\":[{\"id\":\"ua\",\"code\":\"038\"}]}",
            "the first not 0");
    refused("{\"country\":\"ua\",\"countries\":[{\"id\":\"ua\",\"code\":\"380\"}]}",
            "numbers");
    refused("{\"country\":\"ua\",\"countries\":[{\"id\":\"ua\",\"code\":\"380\","
            "\"national\":[\"a\"],\"numbers\":[{\"digits\":9}]}]}",
            "digits are due");
    refused("{\"country\":\"ua\",\"countries\":[{\"id\":\"ua\",\"code\":\"380\","
            "\"numbers\":[{\"digits\":99}]}]}",
            "a whole number");
    refused("{\"country\":\"ua\",\"countries\":[" UA "],\"trunks\":[{}]}", "gateway");
    refused("{\"country\":\"ua\",\"countries\":[" UA "],\"trunks\":[{\"gateway\":[1]}]}",
            "prefix");
    refused("{\"country\":\"ua\",\"countries\":[" UA "],\"trunks\":[{\"gateway\":[\"x\"],"
            "\"country\":\"pl\"}]}",
            "no country of that id");
    refused("{\"country\":\"ua\",\"countries\":[" UA "],\"trunks\":[{\"gateway\":[\"x\"],"
            "\"local\":{\"area\":\"32\",\"digits\":6}}]}",
            "no number of the country");
}

static bool is_spelled(const struct spelling *spelling, size_t count, const char *digits)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(spelling[i].s, digits) == 0)
            return true;
    return false;
}

/* Every spelling is read back as the number, and all that a reader takes are among them.
 */
Test(number_plan, spellings)
{
    static const char *const due[] = {
        "380636159079", "0636159079",    "80636159079",
        "636159079",    "3800636159079", "810380636159079"
    };
    struct number_plan *plan = open_plan("mappings");
    struct spelling spelling[SPELLINGS_MAX];
    size_t count = number_plan_spellings(plan, "+380636159079", spelling);

    cr_expect_str_eq(spelling[0].s, "380636159079");
    for (size_t i = 0; i < COUNTOF(due); i++)
        cr_expect(is_spelled(spelling, count, due[i]), "%s", due[i]);
    for (size_t i = 0; i < count; i++) {
        char e164[E164_SIZE];

        cr_expect(number_plan_any(plan, slice_of(spelling[i].s), e164));
        cr_expect_str_eq(e164, "+380636159079", "%s: %s", spelling[i].s, e164);
    }
    count = number_plan_spellings(plan, "+48221234567", spelling);
    cr_expect(is_spelled(spelling, count, "0048221234567"));
    cr_expect_not(is_spelled(spelling, count, "221234567"));
    number_plan_free(plan);
}

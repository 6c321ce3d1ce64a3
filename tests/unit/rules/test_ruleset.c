/*
 * rules/load, ruleset_json, cond_json: what is refused, and with which words.
 */
#include <criterion/criterion.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "rules/rules_impl.h"

#define TAIL                                                                             \
    "{\"id\":\"default\",\"then\":{\"category\":\"UNDETERMINED\",\"confidence\":"        \
    "\"ambiguous\",\"alternatives\":[\"BUSY\",\"NO_ANSWER\"]}}"
#define THEN           "\"then\":{\"category\":\"BUSY\",\"confidence\":\"certain\"}"
#define RULE(id, when) "{\"id\":\"" id "\",\"when\":{" when "}," THEN "}"
#define TABLE(rules)   "{\"rules\":[\n" rules "]}"

/* What a table is refused with; "" when it is taken. */
static const char *complaint(const char *table)
{
    static struct err err;
    struct rules *rules;

    err = (struct err){ 0 };
    rules = rules_facts("mappings", NULL, &err);
    cr_assert_not_null(rules, "%s", err.text);
    bool ok = rules_add_table(rules, "rules/x.json", slice_of(table), &err) &&
              rules_complete(rules, &err);
    rules_free(rules);
    cr_expect_eq(ok, err.code == EXIT_DONE);
    cr_expect(ok || err.code == EXIT_MAPPING);
    return err.text;
}

Test(ruleset, takes_a_table_that_makes_sense)
{
    cr_expect_str_eq(complaint(TABLE(RULE("a", "\"sip_code\":486") ",\n" TAIL)), "");
}

Test(ruleset, names_file_line_rule_and_key)
{
    static const struct {
        const char *table, *message;
    } cases[] = {
        { "{\"rules\":[", "rules/x.json:1:10: ']' expected near end of file" },
        { "{\"rules\":[],\"rules\":[]}",
          "rules/x.json:1:19: duplicate object key near '\"rules\"'" },
        { "[]", "rules/x.json:1: is no JSON object" },
        { "{}", "rules/x.json:1: rules: is missing; a list is due" },
        { TABLE(""), "mappings/rules: holds no rule" },
        { "{\"rulse\":[]}",
          "rules/x.json:1: rulse: unknown key; did you mean \"rules\"?" },
        { TABLE(TAIL ",\n{\"id\":\"b\",\"couse\":1," THEN "}"),
          "rules/x.json:3: rules[1] (b): couse: unknown key" },
        { TABLE(RULE("a", "\n\"couse\":1") "," TAIL),
          "rules/x.json:3: rules[0] (a): when.couse: unknown field" },
        { TABLE(RULE("a", "\"sip_code\":\"486\"") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.sip_code: a whole number or null is due" },
        { TABLE(RULE("a", "\"sip_code\":99") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.sip_code: 99 is out of range (100 to "
          "699)" },
        { TABLE(RULE("a", "\"q850\":{\"min\":30,\"max\":20}") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.q850: min is above max" },
        { TABLE(RULE("a", "\"answered\":1") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.answered: true, false or null is due" },
        { TABLE(RULE("a", "\"hangup_cause\":\"USER_BUZY\"") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.hangup_cause: unknown value "
          "\"USER_BUZY\"; did you mean \"USER_BUSY\"?" },
        { TABLE(RULE("a", "\"release\":\"recv_refuse\"") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.release: unknown value \"recv_refuse\"" },
        { TABLE(RULE("a", "\"provider\":\"vegas\"") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.provider: unknown value \"vegas\"; did "
          "you mean \"vega\"?" },
        { TABLE(RULE("a", "\"queue\":[]") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.queue: an empty list is never met" },
        { TABLE(RULE("a", "\"queue\":[[\"x\"]]") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.queue: a list holds no list and no "
          "\"not\"" },
        { TABLE(RULE("a", "\"queue\":{\"like\":\"x\"}") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.queue: unknown condition \"like\"" },
        { TABLE(RULE("a", "\"sip_code\":{\"glob\":\"4*\"}") "," TAIL),
          "rules/x.json:2: rules[0] (a): when.sip_code: prefix and glob are for texts" },
        { "{\"provider\":\"vega\",\"rules\":[" RULE("a", "\"provider\":\"vega\"") "]}",
          "rules/x.json:1: rules[0] (a): when.provider: the table already stands for "
          "provider \"vega\"" },
        { "{\"provider\":\"vegas\",\"rules\":[" RULE("a", "") "]}",
          "rules/x.json:1: provider: unknown value \"vegas\"; did you mean \"vega\"?" },
        { TABLE("{\"id\":\"a\"}"), "rules/x.json:2: rules[0] (a): then: is missing" },
        { TABLE("{" THEN "}"), "rules/x.json:2: rules[0]: id: is missing" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        cr_expect_str_eq(complaint(cases[i].table), cases[i].message, "case %zu: %s", i,
                         complaint(cases[i].table));
}

static const char *outcome_complaint(const char *then)
{
    char table[1024];

    (void)snprintf(
        table, sizeof table,
        TABLE("{\"id\":\"a\",\"when\":{\"sip_code\":486},\"then\":{%s}}," TAIL), then);
    return complaint(table);
}

Test(ruleset, holds_alternatives_to_what_the_confidence_means)
{
    static const struct {
        const char *then, *message;
    } cases[] = {
        { "\"category\":\"BUSY\",\"confidence\":\"certain\",\"alternatives\":["
          "\"REJECTED\"]",
          "then.alternatives: a certain outcome has none" },
        { "\"category\":\"BUSY\",\"confidence\":\"probable\"",
          "then.alternatives: a probable outcome has at least one" },
        { "\"category\":\"BUSY\",\"confidence\":\"ambiguous\",\"alternatives\":["
          "\"REJECTED\","
          "\"NO_ANSWER\"]",
          "then.category: an ambiguous outcome is UNDETERMINED" },
        { "\"category\":\"UNDETERMINED\",\"confidence\":\"ambiguous\",\"alternatives\":["
          "\"BUSY\"]",
          "then.alternatives: an ambiguous outcome has at least two" },
        { "\"category\":\"UNDETERMINED\",\"confidence\":\"certain\"",
          "then.confidence: UNDETERMINED is always ambiguous" },
        { "\"category\":\"BUSY\",\"confidence\":\"probable\",\"alternatives\":[\"BUSY\"]",
          "then.alternatives: BUSY is no alternative" },
        { "\"category\":\"BUSY\",\"confidence\":\"probable\",\"alternatives\":["
          "\"REJECTED\","
          "\"REJECTED\"]",
          "then.alternatives: REJECTED stands twice" },
        { "\"category\":\"ENGAGED\",\"confidence\":\"certain\"",
          "then.category: category \"ENGAGED\" is not declared in categories.json" },
        { "\"category\":\"BUSY\",\"confidence\":\"sure\"",
          "then.confidence: unknown value \"sure\"; it is certain, probable or "
          "ambiguous" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        char expected[512];

        (void)snprintf(expected, sizeof expected, "rules/x.json:2: rules[0] (a): %s",
                       cases[i].message);
        cr_expect_str_eq(outcome_complaint(cases[i].then), expected, "case %zu: %s", i,
                         outcome_complaint(cases[i].then));
    }
}

Test(ruleset, wants_a_default_at_the_end_and_every_id_once)
{
    cr_expect_str_eq(complaint(TABLE(RULE("a", "\"sip_code\":486"))),
                     "rules/x.json:2: rules[0] (a): the last rule must be a default: no "
                     "conditions, no validity");
    cr_expect_str_eq(complaint(TABLE(RULE("a", "\"sip_code\":486") ",\n" RULE(
                         "a", "\"sip_code\":480") "," TAIL)),
                     "rules/x.json:3: rules[1] (a): id: already used in rules/x.json");
}

#define HIDDEN                                                                           \
    "rules/x.json:3: rules[1] (b): never reached: rule \"a\" in rules/x.json always "    \
    "decides before"

Test(ruleset, refuses_a_rule_that_an_earlier_one_always_hides)
{
    static const struct {
        const char *earlier, *later;
        bool hidden;
    } cases[] = {
        { "", "\"sip_code\":486", true },
        { "\"sip_code\":486", "\"sip_code\":486,\"queue\":\"x\"", true },
        { "\"sip_code\":486,\"queue\":\"x\"", "\"sip_code\":486", false },
        { "\"sip_code\":[486,480]", "\"sip_code\":480", true },
        { "\"sip_code\":[486,480]", "\"sip_code\":[480,404]", false },
        { "\"sip_code\":{\"min\":400,\"max\":499}", "\"sip_code\":[404,480]", true },
        { "\"sip_code\":{\"min\":400,\"max\":499}", "\"sip_code\":{\"min\":450}", false },
        { "\"sip_code\":{\"min\":400}", "\"sip_code\":{\"min\":450,\"max\":460}", true },
        { "\"sip_code\":{\"not\":486}", "\"sip_code\":[480,null]", true },
        { "\"sip_code\":{\"not\":486}", "\"sip_code\":{\"not\":[486,480]}", true },
        { "\"sip_code\":{\"not\":[486,480]}", "\"sip_code\":{\"not\":486}", false },
        { "\"sip_code\":{\"present\":true}", "\"sip_code\":480", true },
        { "\"sip_code\":{\"present\":true}", "\"sip_code\":[480,null]", false },
        { "\"sip_code\":{\"not\":null}", "\"sip_code\":480", true },
        { "\"gateway\":{\"prefix\":\"ve\"}", "\"gateway\":{\"prefix\":\"vega\"}", true },
        { "\"gateway\":{\"prefix\":\"vega\"}", "\"gateway\":{\"prefix\":\"ve\"}", false },
        { "\"gateway\":{\"prefix\":\"ve\"}", "\"gateway\":[\"Vega\",\"verdi\"]", true },
        { "\"gateway\":{\"glob\":\"v*a\"}", "\"gateway\":{\"glob\":\"v*g*a\"}", true },
        { "\"gateway\":{\"glob\":\"v*g*a\"}", "\"gateway\":{\"glob\":\"v*a\"}", false },
        { "\"gateway\":{\"glob\":\"*\"}", "\"gateway\":{\"prefix\":\"x\"}", true },
        { "\"release\":[\"bye\",\"none\",\"own_cancel\",\"own_refusal\",\"remote_"
          "cancel\","
          "\"remote_refusal\"]",
          "\"sip_code\":480", true },
        { "\"answered\":[true,false]", "\"sip_code\":480", true },
        { "\"leg\":\"a\"", "\"leg\":{\"not\":\"b\"}", true },
        { "\"duration\":{\"max\":20}", "\"duration\":{\"min\":5,\"max\":10}", true },
        { "\"duration\":{\"max\":20}", "\"duration\":{\"min\":5,\"max\":21}", false },
    };
    char table[2048];

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        (void)snprintf(table, sizeof table,
                       TABLE(RULE("a", "%s") ",\n" RULE("b", "%s") "," TAIL),
                       cases[i].earlier, cases[i].later);
        cr_expect_str_eq(complaint(table), cases[i].hidden ? HIDDEN : "", "case %zu: %s",
                         i, complaint(table));
    }
}

#define DATED(id, valid)                                                                 \
    "{\"id\":\"" id "\",\"when\":{\"sip_code\":486},\"valid\":{" valid "}," THEN "}"

Test(ruleset, lets_periods_follow_each_other)
{
    cr_expect_str_eq(complaint(TABLE(DATED("a", "\"to\":\"2024-01-01\"") ",\n" DATED(
                         "b", "\"from\":\"2024-01-01\"") "," TAIL)),
                     "");
    cr_expect_str_eq(complaint(TABLE(DATED("a", "\"from\":\"2020-01-01\"") ",\n" DATED(
                         "b", "\"from\":\"2024-01-01\"") "," TAIL)),
                     HIDDEN);
    cr_expect_str_eq(
        complaint(TABLE(DATED("a", "\"from\":\"2020-02-30\"") "," TAIL)),
        "rules/x.json:2: rules[0] (a): valid: from: a day such as 2020-01-31 (UTC) or an "
        "instant with zone is due");
    cr_expect_str_eq(complaint(TABLE(DATED(
                         "a", "\"from\":\"2020-02-01\",\"to\":\"2020-02-01\"") "," TAIL)),
                     "rules/x.json:2: rules[0] (a): valid: ends before it begins");
}

/* --- the files beside the tables --- */

static char *copy_of_file(const char *path)
{
    struct buf text = { 0 };
    FILE *file = fopen(path, "r");
    size_t got;

    cr_assert_not_null(file, "%s", path);
    while ((got = fread(buf_room(&text, 65536), 1, 65536, file)) > 0)
        text.len += got;
    (void)fclose(file);
    char *copy = xstrndup(text.s, text.len);
    buf_free(&text);
    return copy;
}

static void write_file(const char *dir, const char *name, const char *text)
{
    char path[512];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    cr_assert(fputs(text, file) >= 0);
    cr_assert_eq(fclose(file), 0);
}

/* The shipped facts with OLD replaced by NEW once in NAME: what they are refused with. */
static const char *facts_complaint(const char *name, const char *old, const char *new)
{
    static const char *const names[] = { "categories.json", "causes.json",
                                         "announcements.json", "providers.json" };
    static struct err err;
    char dir[] = "/tmp/test_ruleset.XXXXXX", path[512];

    err = (struct err){ 0 };
    cr_assert_not_null(mkdtemp(dir));
    for (size_t i = 0; i < COUNTOF(names); i++) {
        (void)snprintf(path, sizeof path, "mappings/%s", names[i]);
        char *text = copy_of_file(path);
        struct buf changed = { 0 };
        char *at = strcmp(names[i], name) == 0 ? strstr(text, old) : NULL;

        cr_assert(strcmp(names[i], name) != 0 || at != NULL, "%s is not in %s", old,
                  name);
        if (at != NULL)
            buf_addf(&changed, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
        write_file(dir, names[i], at != NULL ? buf_cstr(&changed) : text);
        buf_free(&changed);
        free(text);
    }

    struct rules *rules = rules_facts(dir, NULL, &err);

    for (size_t i = 0; i < COUNTOF(names); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(dir);
    cr_expect_eq(rules == NULL, err.code == EXIT_MAPPING);
    rules_free(rules);
    return err.text;
}

#define LONG_64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LONG    LONG_64 LONG_64 LONG_64 LONG_64

Test(ruleset, refuses_facts_that_make_no_sense)
{
    static const struct {
        const char *name, *old, *new, *message;
    } cases[] = {
        { "categories.json", "\"group\": \"answered\"", "\"group\": \"happy\"",
          "categories.json:7: categories[0] (ANSWERED): group: unknown value \"happy\"" },
        { "categories.json", "\"undetermined\": \"UNDETERMINED\"",
          "\"undetermined\": \"NOBODY\"",
          "categories.json:4: undetermined: category \"NOBODY\" is not declared in "
          "categories.json" },
        { "categories.json", "\"code\": \"BUSY\"", "\"code\": \"ANSWERED\"",
          "declared twice" },
        { "categories.json", "\"asr\": \"numerator\"", "\"asr\": \"nominator\"",
          "asr: unknown value \"nominator\"" },
        { "causes.json", "\"naive\": \"BUSY\"", "\"naive\": \"ENGAGED\"",
          "naive: category \"ENGAGED\" is not declared in categories.json" },
        { "causes.json", "\"cause\": \"USER_BUSY\"", "\"cause\": \"USER_BUZY\"",
          "unknown cause \"USER_BUZY\"" },
        { "causes.json", "\"q850\": 17", "\"q850\": 170",
          "q850: a whole number from 1 to 127 is due" },
        { "causes.json", "\"name\": \"NO_ANSWER\"", "\"name\": \"USER_BUSY\"",
          "name: listed twice" },
        { "causes.json",
          "\"direction\":", "\"duration\":", "duration: unknown field of text" },
        { "announcements.json", "\"category\": \"BUSY\"",
          "\"category\": \"UNDETERMINED\"",
          "category: an announcement must say something" },
        { "announcements.json", "\"label\": \"FAX\"", "\"label\": \"HUMAN\"",
          "\"HUMAN\" is told twice" },
        { "announcements.json", "\"token\": \"ann_busy\"", "\"token\": \"busy_tone\"",
          "\"busy_tone\" is told twice" },
        { "announcements.json", "\"rules_out\": \"network\"", "\"rules_out\": \"nobody\"",
          "rules_out: no category is of the group \"nobody\"" },
        { "providers.json", "\"id\": \"vega\"", "\"id\": \"Vega\"",
          "id: lower-case letters, digits, _ and - only" },
        { "providers.json", "\"id\": \"vega\"", "\"id\": \"v" LONG "\"",
          "id: is longer than 255 bytes" },
        { "providers.json", "\"id\": \"intertelecom\"", "\"id\": \"vega\"",
          "id: is declared already, in providers.json:5" },
        { "providers.json", "[\"10004057\"]", "[\"380322327757\"]",
          "caller: \"380322327757\" is claimed by \"vega\" in providers.json already" },
        { "providers.json", "[\"10004057\"]", "[{\"like\": \"1\"}]",
          "caller: a text, {\"prefix\": text} or {\"glob\": text} is due" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        const char *got = facts_complaint(cases[i].name, cases[i].old, cases[i].new);

        cr_expect(strstr(got, cases[i].message) != NULL, "case %zu: %s", i, got);
        cr_expect_eq(strncmp(got, cases[i].name, strlen(cases[i].name)), 0, "%s", got);
    }
    cr_expect_str_eq(facts_complaint("providers.json", "\"Vega\"", "\"Vega Telecom\""),
                     "");
}

Test(ruleset, says_which_folder_is_missing)
{
    struct err err = { 0 };

    cr_expect_null(rules_load("/nowhere", &err));
    cr_expect_eq(err.code, EXIT_MAPPING);
    cr_expect_str_eq(err.text, "/nowhere/categories.json: No such file or directory");
}

/* --- identity --- */

static void identity_of(const char *table, char identity[static 65])
{
    struct err err = { 0 };
    struct rules *rules = rules_facts("mappings", NULL, &err);

    cr_assert_not_null(rules);
    cr_assert(rules_add_table(rules, "rules/x.json", slice_of(table), &err) &&
                  rules_complete(rules, &err),
              "%s", err.text);
    (void)snprintf(identity, 65, "%s", rules_identity(rules));
    rules_free(rules);
}

Test(ruleset, is_known_by_what_it_says_not_by_how_it_is_laid_out)
{
    char plain[65], spread[65], other[65];

    identity_of("{\"rules\":[{\"id\":\"d\",\"why\":\"x\",\"then\":{\"category\":"
                "\"BUSY\",\"confidence\":\"certain\"}}]}",
                plain);
    identity_of("{ \"rules\": [ { \"then\": { \"confidence\": \"certain\", \"category\":"
                " \"BUSY\" },\n \"why\": \"x\", \"id\": \"d\" } ] }\n",
                spread);
    identity_of("{\"rules\":[{\"id\":\"d\",\"why\":\"y\",\"then\":{\"category\":"
                "\"BUSY\",\"confidence\":\"certain\"}}]}",
                other);
    cr_expect_eq(strlen(plain), 64);
    cr_expect_str_eq(plain, spread);
    cr_expect_str_neq(plain, other);
}

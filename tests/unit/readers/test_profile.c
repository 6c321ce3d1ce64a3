/* readers/profile: mapping files that are right, and every way to be wrong. */
#include <criterion/criterion.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "readers/profile/profile.h"
#include "support/export.h"

#define CSV  "\"name\":\"p\",\"title\":\"t\",\"container\":\"csv\",\"nulls\":[\"\"],"
#define JSON "\"name\":\"p\",\"title\":\"t\",\"container\":\"json\",\"records\":[\"\"],"

/* A mapping folder with these files in fields/, in this order; removed by drop(). */
static char folder[] = "/tmp/cdretl-test-XXXXXX";
static size_t nfiles;

static const char *at(size_t i)
{
    static char path[64];

    snprintf(path, sizeof path, "%s/fields/%zu.json", folder, i);
    return path;
}

static void make(const char *const *files)
{
    char path[64];

    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fields", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    for (nfiles = 0; files[nfiles] != NULL; nfiles++) {
        FILE *file = fopen(at(nfiles), "w");

        fputs(files[nfiles], file);
        (void)fclose(file);
    }
}

static void drop(void)
{
    char path[64];

    for (size_t i = 0; i < nfiles; i++)
        unlink(at(i));
    snprintf(path, sizeof path, "%s/fields", folder);
    rmdir(path);
    rmdir(folder);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
}

/* The fault of a folder whose last file is the one at fault. */
static void faulty(const char *first, const char *second, const char *fault)
{
    const char *files[] = { first, second, NULL };
    struct err err = { 0 };

    make(files);

    struct profiles *profiles = profiles_load(folder, &err);
    const char *place =
        strstr(err.text, second != NULL ? "fields/1.json:" : "fields/0.json:");

    cr_expect_null(profiles);
    cr_expect_eq(err.code, EXIT_MAPPING);
    cr_expect_not_null(place, "%s", err.text);
    cr_expect_not_null(strstr(err.text, fault), "no \"%s\" in: %s", fault, err.text);
    profiles_free(profiles);
    drop();
}

Test(profile, the_shipped_ones_load)
{
    const struct profiles *profiles = export_profiles();

    cr_expect_gt(profiles_count(profiles), 8);
    cr_expect_not_null(profiles_named(profiles, "history"));
    cr_expect_null(profiles_named(profiles, "nobody"));
    for (size_t i = 1; i < profiles_count(profiles); i++)
        cr_expect_lt(
            strcmp(profiles_at(profiles, i - 1)->name, profiles_at(profiles, i)->name),
            0);
}

/* a number that FreeSWITCH derived is no evidence. */
Test(profile, derived_codes_are_never_evidence)
{
    const struct profiles *profiles = export_profiles();

    for (size_t i = 0; i < profiles_count(profiles); i++) {
        const struct profile *profile = profiles_at(profiles, i);

        for (size_t a = 0; a < profile->naliases; a++) {
            const struct alias *alias = &profile->alias[a];

            if (strstr(alias->text, "q850") != NULL ||
                strstr(alias->text, "Q850") != NULL ||
                strstr(alias->text, "sip_term_cause") != NULL)
                cr_expect_eq(alias->field, FIELD_NONE, "%s: %s", profile->name,
                             alias->text);
            if (strcmp(alias->text, "talksec") == 0)
                cr_expect_eq(alias->field, FIELD_BRIDGE_SECONDS, "%s", profile->name);
            if (strcmp(alias->text, "talk_sec") == 0)
                cr_expect_eq(alias->field, FIELD_TALK_SECONDS, "%s", profile->name);
        }
    }
}

Test(profile, what_is_not_known_is_a_fault)
{
    faulty("{" CSV "\"feilds\":{}}", NULL, "feilds: unknown key");
    faulty("{" CSV "\"fields\":{\"uuuid\":[\"id\"]}}", NULL, "uuuid: is no field");
    faulty("{" CSV "\"fields\":{},\"cut_domain\":[\"x\"]}", NULL,
           "cut_domain: x is no field");
    faulty("{\"name\":\"p\",\"title\":\"t\",\"container\":\"xml\"}", NULL,
           "container: must be");
    faulty("{" CSV "\"date_order\":\"ydm\"}", NULL, "date_order: must be");
    faulty("{" CSV "\"zone\":\"Europe/Nowhere\"}", NULL, "zone: ");
    faulty("{" CSV "\"fields\":{}}", "{\"extends\":\"p\",\"nulls\":[]}",
           "nulls: unknown key");
}

Test(profile, what_is_of_the_wrong_kind_is_a_fault)
{
    faulty("[]", NULL, "is no JSON object");
    faulty("{", NULL, "fields/0.json:1:1: ");
    faulty("{" CSV "\"title\":\"u\"}", NULL, "title");
    faulty("{" CSV "\"fields\":[]}", NULL, "fields: must be an object");
    faulty("{" CSV "\"fields\":{\"uuid\":\"id\"}}", NULL, "uuid: must be a list");
    faulty("{" CSV "\"fields\":{\"uuid\":[1]}}", NULL, "uuid: must be a list of names");
    faulty("{" CSV "\"fields\":{\"uuid\":[\"\"]}}", NULL,
           "uuid: must be a list of names");
    faulty("{" CSV "\"extra\":\"x\"}", NULL, "extra: must be a list");
    faulty("{" CSV "\"ignore\":[1]}", NULL, "ignore: must be a list of strings");
    faulty("{" CSV "\"quoting\":1}", NULL, "quoting: must be true or false");
    faulty("{" CSV "\"delimiters\":\"\"}", NULL, "delimiters: is empty");
    faulty("{" CSV "\"records\":[\"\"]}", NULL, "records: ");
    faulty("{\"name\":\"p\",\"title\":\"t\",\"container\":\"json\"}", NULL, "records: ");
    faulty("{" JSON "\"url_encoded\":{\"key\":\"x\"}}", NULL, "url_encoded: must hold");
    faulty("{\"title\":\"t\",\"container\":\"csv\"}", NULL, "name: is missing");
    faulty("{\"name\":\"p\",\"container\":\"csv\"}", NULL, "title: is missing");
}

Test(profile, values_that_stand_for_codes)
{
    faulty("{" CSV "\"values\":[]}", NULL, "values: must be an object");
    faulty("{" CSV "\"values\":{\"outcome\":{}}}", NULL, "outcome: is no field");
    faulty("{" CSV "\"values\":{\"disposition\":[]}}", NULL,
           "disposition: must be an object of codes");
    faulty("{" CSV "\"values\":{\"disposition\":{\"error\":\"Fehler\"}}}", NULL,
           "error: must be a list of labels");
    faulty("{" CSV "\"values\":{\"disposition\":{\"error\":[\"\"]}}}", NULL,
           "error: must be a list of labels");
    faulty("{" CSV "\"values\":{\"disposition\":{\"error\":[\"A\"]}}}",
           "{\"extends\":\"p\",\"values\":{\"disposition\":{\"ended\":[\" a \"]}}}",
           "ended: \" a \" is named twice");
}

/* Contract §3: file, key and line. */
Test(profile, a_fault_names_its_line)
{
    faulty("{\n" CSV "\n\"fields\":{\n\"uuid\":[\"id\"],\n\"calller\":[\"From\"]}}", NULL,
           "fields/0.json:5: fields.calller: is no field of a record");
    faulty("{" CSV "\n\"values\":{\"disposition\":{\n\"a\":[\"x\"],\n\"b\":[\"X\"]}}}",
           NULL, "fields/0.json:4: values.disposition.b: \"X\" is named twice");
    faulty("{" CSV "\n\"fields\":{\"uuid\":[\"a\"]},\n\"extra\":[\"A\"]}", NULL,
           "fields/0.json:3: extra: \"A\" is named twice in profile p");
}

Test(profile, no_name_twice)
{
    faulty("{" CSV "\"fields\":{\"uuid\":[\"Id\"],\"leg\":[\" ID: \"]}}", NULL,
           "leg: \" ID: \" is named twice in profile p");
    faulty("{" CSV "\"fields\":{\"uuid\":[\"a\"]},\"extra\":[\"A\"]}", NULL,
           "extra: \"A\" is");
    faulty("{" CSV "\"fields\":{}}", "{" CSV "\"fields\":{}}",
           "name: p is named already");
    faulty("{" CSV "\"fields\":{\"uuid\":[\"a\"]}}",
           "{\"extends\":\"p\",\"fields\":{\"leg\":[\"A\"]}}",
           "leg: \"A\" is named twice");
}

Test(profile, keys_of_json_are_told_apart_by_case)
{
    const char *files[] = { "{" JSON "\"fields\":{\"uuid\":[\"id\",\"ID\"]}}", NULL };
    struct err err = { 0 };

    make(files);

    struct profiles *profiles = profiles_load(folder, &err);

    cr_expect_not_null(profiles, "%s", err.text);
    profiles_free(profiles);
    drop();
}

Test(profile, a_site_adds_names_in_a_file_of_its_own)
{
    const char *files[] = { "{\"extends\":\"p\",\"fields\":{\"uuid\":[\"Nummer\"],"
                            "\"hangup_cause\":[\"Grund\"]},\"ignore\":[\"Unfug\"]}",
                            "{" CSV
                            "\"fields\":{\"uuid\":[\"id\"],\"started_at\":[\"at\"]}}",
                            NULL };
    struct err err = { 0 };

    make(files);

    struct profiles *profiles = profiles_load(folder, &err);

    cr_assert_not_null(profiles, "%s", err.text);

    const struct profile *profile = profiles_named(profiles, "p");

    cr_expect_eq(profile->naliases, 4);
    cr_expect_str_eq(profile->alias[2].text, "Nummer");
    cr_expect_eq(profile->alias[2].rank, 1);
    cr_expect(profile_ignores(profile, slice_of("Unfug")));
    cr_expect_not(profile_ignores(profile, slice_of("Nummer")));
    profiles_free(profiles);
    drop();
    faulty("{\"extends\":\"nobody\",\"fields\":{}}", NULL,
           "extends: there is no profile");
}

Test(profile, a_folder_that_is_none)
{
    struct err err = { 0 };

    cr_expect_null(profiles_load("/nowhere", &err));
    cr_expect_eq(err.code, EXIT_MAPPING);
    cr_expect_not_null(strstr(err.text, "/nowhere/fields: "));
}

Test(profile, values)
{
    const struct profile *grid = profiles_named(export_profiles(), "legacy-grid");

    cr_expect_null(profile_value(grid, FIELD_UUID, slice_of(" - ")).s);
    cr_expect_null(profile_value(grid, FIELD_UUID, slice_of("\xc2\xa0")).s);
    cr_expect(slice_is(profile_value(grid, FIELD_UUID, slice_of(" a b\t")), "a b"));
    cr_expect(slice_is(profile_value(grid, FIELD_QUEUE, slice_of("sales@x.y")), "sales"));
    cr_expect(slice_is(profile_value(grid, FIELD_CALLER, slice_of("1@x.y")), "1@x.y"));
}

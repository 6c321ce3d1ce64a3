/*
 * evidence.c - the shipped rules, a leg that nobody answered, and what it proves.
 */
#include "support/evidence.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"

struct rules *evidence_rules;

void evidence_setup(void)
{
    struct err err = { 0 };

    evidence_rules = rules_load("mappings", &err);
    cr_assert_not_null(evidence_rules, "%s", err.text);
}

void evidence_teardown(void)
{
    rules_free(evidence_rules);
}

struct leg evidence_unanswered(void)
{
    return (struct leg){ .side = 'b',
                         .started_at = 0,
                         .answered_at = NO_TIME,
                         .bridged_at = NO_TIME,
                         .ended_at = NO_TIME,
                         .media_at = NO_TIME,
                         .rang_at = NO_TIME,
                         .duration = 20,
                         .bill_seconds = 0,
                         .talk_seconds = NO_SECONDS,
                         .bridge_seconds = NO_SECONDS,
                         .pdd_seconds = NO_SECONDS,
                         .ring_seconds = NO_SECONDS,
                         .wait_seconds = NO_SECONDS,
                         .hold_seconds = NO_SECONDS };
}

int evidence_number(const struct evidence *evidence, enum rule_field field)
{
    return evidence->fact[field].present ? evidence->fact[field].number : -1;
}

bool evidence_is_text(const struct evidence *evidence, enum rule_field field,
                      const char *text)
{
    return evidence->fact[field].present ? slice_is(evidence->fact[field].text, text)
                                         : text == NULL;
}

/* A folder of links, and a pack. */

static const char provider[] =
    "{\"providers\": [{\"id\": \"late\", \"name\": \"Late\", \"gateway\": "
    "[\"reserve\"]}]}";

static const char rules[] =
    "{\"about\": \"A test's.\", \"rules\": ["
    "{\"id\": \"late.busy\", \"when\": {\"hangup_cause\": \"USER_BUSY\", \"duration\": "
    "{\"min\": 3}}, \"then\": {\"category\": \"REJECTED\", \"confidence\": "
    "\"certain\"}, \"why\": \"a test\"}, "
    "{\"id\": \"late.no_answer\", \"when\": {\"hangup_cause\": \"NO_ANSWER\", "
    "\"direction\": \"outbound\", \"duration\": {\"max\": 20}}, \"then\": "
    "{\"category\": \"UNDETERMINED\", \"confidence\": \"ambiguous\", "
    "\"alternatives\": [\"NO_ANSWER\", \"UNREACHABLE\"]}, \"why\": \"a test\"}]}";

static char folder[256];

static int remove_one(const char *path, const struct stat *stat, int type,
                      struct FTW *walk)
{
    (void)stat;
    (void)type;
    (void)walk;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void write_file(const char *name, const char *text)
{
    struct buf path = { 0 };
    FILE *file;

    buf_addf(&path, "%s/%s", folder, name);
    file = fopen(buf_cstr(&path), "w");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
    buf_free(&path);
}

static void make_folder(const char *name)
{
    struct buf path = { 0 };

    buf_addf(&path, "%s/%s", folder, name);
    if (mkdir(buf_cstr(&path), 0700) != 0)
        abort();
    buf_free(&path);
}

static void link_to(const char *name)
{
    struct buf from = { 0 }, to = { 0 };
    char here[512];

    if (getcwd(here, sizeof here) == NULL)
        abort();
    buf_addf(&from, "%s/mappings/%s", here, name);
    buf_addf(&to, "%s/%s", folder, name);
    if (symlink(buf_cstr(&from), buf_cstr(&to)) != 0)
        abort();
    buf_free(&from);
    buf_free(&to);
}

const char *mappings_otherwise(void)
{
    static const char *const shared[] = {
        "categories.json", "causes.json",  "announcements.json",
        "providers.json",  "numbers.json", "prefixes.json",
        "rules",           "fields"
    };
    const char *dir = getenv("TMPDIR");

    snprintf(folder, sizeof folder, "%s/cdretl-mappings-XXXXXX",
             dir != NULL ? dir : "/tmp");
    if (mkdtemp(folder) == NULL)
        abort();
    atexit(remove_folder);
    for (size_t i = 0; i < COUNTOF(shared); i++)
        link_to(shared[i]);
    make_folder("carriers");
    make_folder("carriers/late");
    write_file("carriers/late/provider.json", provider);
    write_file("carriers/late/05-late.json", rules);
    return folder;
}

/*
 * mappings.c - a folder of links, and a pack.
 */
#include "support/mappings.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"

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
        "providers.json",  "numbers.json", "rules",
        "fields"
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

/*
 * Any bytes as a profile: refused with a message that names the file, or a profile
 * that reads an export or refuses it.
 */
#include <assert.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "support/export.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/cdretl-fuzz-XXXXXX";
static char file[64];

static void clean_up(void)
{
    char fields[64];

    snprintf(fields, sizeof fields, "%s/fields", folder);
    unlink(file);
    rmdir(fields);
    rmdir(folder);
}

static void set_up(void)
{
    char fields[64];

    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(fields, sizeof fields, "%s/fields", folder);
    snprintf(file, sizeof file, "%s/fields/fuzz.json", folder);
    if (mkdir(fields, 0700) != 0)
        abort();
    atexit(clean_up);
}

static void read_with(const struct profiles *profiles, const char *text)
{
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };
    struct err err = { 0 };
    struct reader *reader = reader_open(export_text(text), profiles, &options, &err);
    struct rec rec;
    struct reject reject;

    while (reader != NULL && reader_next(reader, &rec, &reject, &err) < READER_END)
        ;
    assert(reader != NULL || *err.text != '\0');
    reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = { 0 };

    if (*file == '\0')
        set_up();

    FILE *out = fopen(file, "wb");

    if (out == NULL || fwrite(data, 1, size, out) != size || fclose(out) != 0)
        abort();

    struct profiles *profiles = profiles_load(folder, &err);

    assert((profiles == NULL) == (err.code == EXIT_MAPPING));
    assert(profiles != NULL || strstr(err.text, "fuzz.json") != NULL);
    if (profiles != NULL) {
        read_with(profiles,
                  "id;created_at;cause;gateway\n1;2;3;{\"name\":\"x\"}\n4;5;-;@\n");
        read_with(profiles,
                  "{\"id\":\"a\",\"created_at\":1,\"cause\":\"x%3A\",\"n\":{\"m\":[1]}}");
    }
    profiles_free(profiles);
    return 0;
}

/* readers/: memory does not grow with the input. */
#include <criterion/criterion.h>

#include <unistd.h>

#include "base/base.h"
#include "support/export.h"

static const struct reader_options nothing = { .parse_options = { .day = NO_DAY } };

/* The most memory this process ever had, in KiB. */
static long peak(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kib = -1;

    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            break;
    if (file != NULL)
        (void)fclose(file);
    return kib;
}

/* Read an export of HEAD, BODY over and over until MIB are full, and TAIL. */
static void read_much(const char *head, const char *body, const char *tail, int mib)
{
    char path[] = "/tmp/cdretl-test-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "wb");
    struct err err = { 0 };
    struct rec rec;
    struct reject reject;

    fputs(head, file);
    for (long len = 0; len < (long)mib << 20; len += (long)strlen(body))
        fputs(body, file);
    fputs(tail, file);
    cr_assert_eq(fclose(file), 0);

    struct reader *reader = reader_open(path, export_profiles(), &nothing, &err);

    unlink(path);
    cr_assert_not_null(reader, "%s", err.text);

    enum reader_got got;

    while ((got = reader_next(reader, &rec, &reject, &err)) < READER_END)
        ;
    cr_expect_eq(got, READER_END, "%s", err.text);
    reader_close(reader);
}

static void constant(const char *head, const char *body, const char *tail)
{
    read_much(head, body, tail, 2);

    long small = peak();

    read_much(head, body, tail, 48);
    cr_expect_lt(peak(), small + 1024, "%ld KiB, then %ld KiB", small, peak());
}

Test(memory, does_not_grow_with_the_input)
{
#ifdef __SANITIZE_ADDRESS__
    cr_skip_test("the sanitizer keeps what was freed");
#endif
    constant("id;created_at;cause\n", "1;2;\"x\"\"y\";\n", "");
    constant("[{\"id\":\"a\",\"created_at\":1,\"sip_code\":486}",
             ",\n{\"id\":\"a\",\"created_at\":1,\"mine\":[1,2,{\"k\\u0041\":\"v\"}]}",
             "]");
    constant("{\"id\":\"a\",\"created_at\":1,\"sip_code\":486}\n{\"id\":1}\n",
             "{\"id\":\"a\",\"created_at\"}\n{\"id\":\"a\"}\n", "");
}

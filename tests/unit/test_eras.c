/*
 * The JSON profiles of ./mappings against webitel-exports: which profile a wrapper goes
 * to (§3), and what it tells.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/export.h"

/* A record of each. */
#define PG                                                                               \
    "{\"id\":\"u\",\"created_at\":\"2024-06-04T09:43:48.123+03:00\",\"from_number\":"    \
    "\"1000\",\"destination\":\"05\",\"cause\":\"USER_BUSY\",\"sip_code\":486,"          \
    "\"duration\":0,\"payload\":{\"flow_schema_name\":\"S\",\"sip_reason\":"             \
    "\"Q.850;cause=17\"},\"progress_at\":\"2024-06-04T09:43:50.123+03:00\"}"
#define REST                                                                             \
    "{\"id\":\"u\",\"created_at\":\"1717483428123\",\"from\":{\"number\":\"1000\"},"     \
    "\"destination\":\"05\",\"cause\":\"USER_BUSY\",\"sip_code\":486,\"duration\":7}"

/* One record: TEXT is read by PROFILE and has each of the FIELDS, absent ones as "-name".
 */
struct era {
    const char *text, *profile, *fields[4];
};

static void check(const struct era *era)
{
    const char *got = export_told(era->text);
    char word[128];

    snprintf(word, sizeof word, "end %s ", era->profile);
    cr_expect_not_null(strstr(got, word), "no \"%s\" of:\n%s\n%s", word, era->text, got);
    for (size_t i = 0; i < COUNTOF(era->fields) && era->fields[i] != NULL; i++) {
        bool absent = era->fields[i][0] == '-';

        snprintf(word, sizeof word, absent ? " %s=" : " %s", era->fields[i] + absent);
        cr_expect_eq(strstr(got, word) == NULL, absent, "\"%s\" of:\n%s\n%s",
                     era->fields[i], era->text, got);
    }
}

/* §3: rows of the table and pages of REST come in the same wrappers. */
Test(eras, rows_and_pages_in_wrappers)
{
    static const char *const wrappers[] = { "",      "data",    "rows",  "docs",
                                            "calls", "records", "result" };
    struct buf text = { 0 };

    for (size_t i = 0; i < COUNTOF(wrappers); i++)
        for (int rest = 0; rest < 2; rest++) {
            const char *record = rest ? REST : PG;

            buf_reset(&text);
            if (wrappers[i][0] == '\0')
                buf_addf(&text, "[%s,%s]", record, record);
            else
                buf_addf(&text, "{\"n\":1,\"%s\":[%s,%s]}", wrappers[i], record, record);
            if (rest)
                check(&(struct era){ buf_cstr(&text),
                                     "rest",
                                     { "duration=7", "caller=1000", "sip_code=486" } });
            else
                check(&(struct era){ buf_cstr(&text),
                                     "history-rows",
                                     { "sip_reason=Q.850;cause=17", "schema_name=S",
                                       "rang_at=2024-06-04T09:43:50.123+03:00",
                                       "-duration" } });
        }
    check(&(struct era){ "{\"items\":[" REST "]}", "rest", { "duration=7" } });
    buf_free(&text);
}

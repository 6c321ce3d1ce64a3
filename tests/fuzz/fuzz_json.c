/*
 * Any bytes in the place of JSON: a refusal with a message, or records of good text
 * and rejects.  Where jansson takes the whole, so do we, and find as many objects.
 */
#include <assert.h>
#include <jansson.h>

#include "base/base.h"
#include "support/export.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct reader_options options = { .profile = "rest",
                                               .encoding = "UTF-8",
                                               .parse_options = { .day = NO_DAY } };

/* What jansson takes, or would take if its numbers had no limits. */
static bool is_json(struct slice text)
{
    json_error_t why;
    json_t *json = json_loadb(text.s, text.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &why);
    bool is = json != NULL || json_error_code(&why) == json_error_numeric_overflow;

    json_decref(json);
    return is;
}

/* Records and rejects of PATH, -1 when it is refused. */
static int read_all(const char *path)
{
    struct err err = { 0 };
    struct reader *reader = reader_open(path, export_profiles(), &options, &err);
    enum reader_got got = READER_FAILED;
    struct rec rec;
    struct reject reject;
    int records = 0;

    while (reader != NULL &&
           (got = reader_next(reader, &rec, &reject, &err)) < READER_END) {
        records++;
        if (got != READER_REC)
            continue;
        for (int f = 0; f < FIELD_COUNT; f++)
            assert(rec.field[f].s == NULL || text_is_utf8(rec.field[f]));
        assert(rec.extra.s == NULL || is_json(rec.extra));
        assert(is_json(rec.raw));
    }
    assert((got == READER_FAILED) == (err.code != EXIT_DONE));
    assert(got != READER_FAILED || *err.text != '\0');
    reader_close(reader);
    return got == READER_END ? records : -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char first[] = "[{\"id\":\"a\",\"created_at\":1,\"sip_code\":486},";
    struct buf text = { 0 };

    (void)read_all(export_file(data, size));

    /* As the rest of a list that has begun well. */
    buf_add_text(&text, first);
    buf_add(&text, data, size);
    buf_add_char(&text, ']');

    json_t *list = json_loadb(text.s, text.len, JSON_ALLOW_NUL, NULL);
    int records = read_all(export_file(text.s, text.len));

    /* A NUL byte is no JSON; jansson 2.14 loses one that stands behind a number. */
    if (list != NULL && memchr(text.s, '\0', text.len) == NULL)
        assert(records == (int)json_array_size(list));
    json_decref(list);
    buf_free(&text);
    return 0;
}

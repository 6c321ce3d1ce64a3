/*
 * outcome_read.c - what was decided about a stored leg.
 */
#include "db/row/outcome_read.h"

#include "base/base.h"
#include "db/row/row_read.h"

/* Where the columns of an outcome stand. */
struct outcome_columns {
    size_t provider, is_outbound, answered, category, confidence, alternatives,
        naive_category, early_media;
};

struct outcome_reader {
    const struct taxonomy *taxonomy;
    struct outcome_columns column;
    struct buf provider, code; /* with a NUL behind */
};

struct outcome_reader *outcome_reader_new(const struct taxonomy *taxonomy)
{
    struct outcome_reader *reader = xcalloc(1, sizeof *reader);

    reader->taxonomy = taxonomy;
    reader->column = (struct outcome_columns){
        .provider = row_column_named("provider"),
        .is_outbound = row_column_named("is_outbound"),
        .answered = row_column_named("answered"),
        .category = row_column_named("category"),
        .confidence = row_column_named("confidence"),
        .alternatives = row_column_named("alternatives"),
        .naive_category = row_column_named("naive_category"),
        .early_media = row_column_named("early_media_seconds"),
    };
    return reader;
}

void outcome_reader_free(struct outcome_reader *reader)
{
    if (reader == NULL)
        return;
    buf_free(&reader->provider);
    buf_free(&reader->code);
    free(reader);
}

static bool read_category(struct outcome_reader *reader, struct slice code,
                          uint8_t *category)
{
    const struct taxonomy *taxonomy = reader->taxonomy;

    buf_reset(&reader->code);
    buf_add_slice(&reader->code, code);

    size_t place = taxonomy_find(taxonomy, buf_cstr(&reader->code));

    *category = (uint8_t)place;
    return place < taxonomy->count;
}

/* A text[] of one dimension in its binary form: three numbers, two a dimension, elements.
 */
static bool read_alternatives(struct outcome_reader *reader, struct slice array,
                              category_set *set)
{
    enum { NUMBER = 4, HEAD = 5 * NUMBER };

    *set = 0;
    for (size_t at = HEAD; at + NUMBER <= array.len;) {
        struct slice len = { array.s + at, NUMBER };
        struct slice code = { array.s + at + NUMBER, (size_t)row_value_int(len) };
        uint8_t category;

        if (code.len > array.len - at - NUMBER || !read_category(reader, code, &category))
            return false;
        *set |= (category_set)1 << category;
        at += NUMBER + code.len;
    }
    return true;
}

static enum confidence confidence_of(struct slice name)
{
    for (enum confidence confidence = CERTAIN; confidence < AMBIGUOUS; confidence++)
        if (slice_is(name, confidence_name(confidence)))
            return confidence;
    return AMBIGUOUS;
}

bool outcome_read(struct outcome_reader *reader, const struct slice *value,
                  struct outcome *outcome)
{
    const struct outcome_columns *column = &reader->column;
    struct slice provider = value[column->provider];
    struct slice early_media = value[column->early_media];

    buf_reset(&reader->provider);
    buf_add_slice(&reader->provider, provider);
    *outcome = (struct outcome){
        .taxonomy = reader->taxonomy,
        .provider = provider.s != NULL ? buf_cstr(&reader->provider) : NULL,
        .is_outbound = row_value_int(value[column->is_outbound]) != 0,
        .answered = row_value_int(value[column->answered]) != 0,
        .confidence = confidence_of(value[column->confidence]),
        .early_media_seconds =
            early_media.s != NULL ? (int32_t)row_value_int(early_media) : NO_SECONDS,
    };
    return read_category(reader, value[column->category], &outcome->category) &&
           read_category(reader, value[column->naive_category],
                         &outcome->naive_category) &&
           read_alternatives(reader, value[column->alternatives], &outcome->alternatives);
}

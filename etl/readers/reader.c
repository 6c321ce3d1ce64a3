/*
 * reader.c - opening an export of whatever kind.
 */
#include "readers/reader.h"
#include "readers/csv/csv.h"
#include "readers/json/json.h"

#include "base/base.h"
#include "input/source_impl.h"
#include "leg/time/clock.h"
#include "readers/format.h"
#include "readers/sniff.h"

static struct reader *new_reader(struct source *source, const struct profiles *profiles,
                                 const struct reader_options *options, struct err *err)
{
    struct sniff sniff;

    if (!sniff_export(source, profiles, options, &sniff, err))
        return NULL;
    if (sniff.profile->container == CONTAINER_CSV)
        return csv_reader_new(source, &sniff, err);
    return json_reader_new(source, &sniff, err);
}

/* What the command line leaves open is the profile's to say. */
static bool fill_parse_options(struct reader *reader,
                               const struct reader_options *options, struct err *err)
{
    const struct profile *profile = reader->profile;
    struct parse_options *parse_options = &reader->parse_options;

    *parse_options = options->parse_options;
    parse_options->resaved = profile->container == CONTAINER_CSV;
    if (parse_options->date_order == DATE_GUESSED)
        parse_options->date_order = profile->date_order;
    if (parse_options->zone == NULL && profile->zone != NULL) {
        reader->zone = zone_open(profile->zone, err);
        parse_options->zone = reader->zone;
        return reader->zone != NULL;
    }
    return true;
}

struct reader *reader_open(const char *path, const struct profiles *profiles,
                           const struct reader_options *options, struct err *err)
{
    struct source *source =
        source_open(path, options->encoding, !options->skip_digest, err);

    if (source == NULL)
        return NULL;

    struct reader *reader = new_reader(source, profiles, options, err);

    if (reader == NULL) {
        source_close(source);
        return NULL;
    }
    if (!fill_parse_options(reader, options, err)) {
        reader_close(reader);
        return NULL;
    }
    return reader;
}

enum reader_got reader_next(struct reader *reader, struct rec *rec, struct reject *reject,
                            struct err *err)
{
    enum reader_got got = reader->next(reader, rec, reject, err);

    reader->records += got == READER_REC || got == READER_REJECT;
    return got;
}

const struct parse_options *reader_parse_options(const struct reader *reader)
{
    return &reader->parse_options;
}

bool reader_has_ids(const struct reader *reader)
{
    return reader->has_ids;
}

struct slice reader_caption(const struct reader *reader)
{
    return reader->profile->container == CONTAINER_CSV ? csv_reader_caption(reader)
                                                       : SLICE_NONE;
}

static char *again(char *old, const char *text)
{
    free(old);
    return xstrdup(text);
}

void reader_report(const struct reader *reader, struct report *report)
{
    const struct source *source = reader->source;

    report->profile = again(report->profile, reader->profile->name);
    report->encoding = again(report->encoding, source_encoding(source));
    report->has_lines = reader->has_lines;
    report->lines = reader->has_lines ? reader->lines : 0;
    report->headers = reader->has_lines ? reader->headers : 0;
    report->blank = reader->has_lines ? reader->blank : 0;
    if (source_encoding_note(source) != NULL)
        report_warn(report, "%s %s", source_encoding_note(source),
                    source_encoding(source));
    if (source_junk_note(source) != NULL)
        report_warn(report, "%s", source_junk_note(source));
    if (source_ended(source) && source_window(source).len == 0) {
        report->has_sha256 = source_sum(source) != NULL;
        if (report->has_sha256)
            memcpy(report->sha256, source_sum(source), DIGEST_BYTES);
        if (reader->records == 0)
            report_warn(report, "there is no record in it");
    }
}

void reader_describe(const struct reader *reader, struct buf *out)
{
    bool is_csv = reader->profile->container == CONTAINER_CSV;
    const char *packing = source_packing(reader->source);

    buf_addf(out, "  profile    %s: %s\n", reader->profile->name, reader->profile->title);
    buf_addf(out, "  container  %s%s%s\n", is_csv ? "CSV" : "JSON",
             packing != NULL ? ", packed with " : "", packing != NULL ? packing : "");
    buf_addf(out, "  encoding   %s\n", source_encoding(reader->source));
    (is_csv ? csv_reader_describe : json_reader_describe)(reader, out);
}

void reader_progress(const struct reader *reader, uint64_t *done, uint64_t *total)
{
    source_progress(reader->source, done, total);
}

void reader_close(struct reader *reader)
{
    if (reader == NULL)
        return;

    struct source *source = reader->source;

    zone_free(reader->zone);
    reader->close(reader);
    source_close(source);
}

bool reader_digest(const char *path, unsigned char sum[static DIGEST_BYTES],
                   struct err *err)
{
    struct unpack *unpack = unpack_open(path, err);

    if (unpack == NULL)
        return false;

    enum { PIECE = 64 << 10 };
    char *piece = xcalloc(1, PIECE);
    struct digest *digest = digest_new();
    size_t got;
    bool ok;

    while ((ok = unpack_pull(unpack, piece, PIECE, &got, err)) && got > 0)
        digest_add(digest, piece, got);
    if (ok)
        digest_finish(digest, sum);
    digest_free(digest);
    free(piece);
    unpack_close(unpack);
    return ok;
}

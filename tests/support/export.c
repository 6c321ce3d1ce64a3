/*
 * export.c - exports made of text.
 */
#include "support/export.h"

#include <inttypes.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/base.h"
#include "base/log.h"
#include "leg/time/clock.h"

static char paths[64][256];
static size_t npaths;

static void remove_files(void)
{
    for (size_t i = 0; i < npaths; i++)
        unlink(paths[i]);
}

const char *export_file(const void *bytes, size_t len)
{
    static size_t next;
    char *path = paths[next++ % COUNTOF(paths)];
    FILE *file;
    int fd;

    if (npaths == 0)
        atexit(remove_files);
    if (npaths < COUNTOF(paths))
        npaths++;
    else
        unlink(path);
    const char *dir = getenv("TMPDIR"); /* tests/run gives one, and removes it */

    snprintf(path, sizeof paths[0], "%s/cdretl-test-XXXXXX", dir != NULL ? dir : "/tmp");
    fd = mkstemp(path);
    file = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (file == NULL || fwrite(bytes, 1, len, file) != len || fclose(file) != 0)
        abort();
    return path;
}

const char *export_text(const char *text)
{
    return export_file(text, strlen(text));
}

void export_decode(struct buf *out, struct slice cell)
{
    static const char open[] = "\xc2\xab", close[] = "\xc2\xbb";

    while (cell.len > 0) {
        const char *from = memmem(cell.s, cell.len, open, 2);
        size_t plain = from != NULL ? (size_t)(from - cell.s) : cell.len;

        buf_add(out, cell.s, plain);
        cell = (struct slice){ cell.s + plain, cell.len - plain };
        if (from == NULL)
            return;

        const char *to = memmem(cell.s, cell.len, close, 2);

        if (to == NULL)
            abort(); /* nothing closes it */

        const char *text = cell.s + 2, *star = memrchr(text, '*', (size_t)(to - text));
        long count = star != NULL ? strtol(star + 1, NULL, 10) : 1;

        if (star == NULL && to > text)
            buf_add_char(out, (char)strtol(text, NULL, 16));
        for (long i = 0; star != NULL && i < count; i++)
            buf_add(out, text, (size_t)(star - text));
        text = to + 2;
        if (to == cell.s + 2 && text < cell.s + cell.len)
            text++; /* the line end behind an empty pair */
        cell = (struct slice){ text, (size_t)(cell.s + cell.len - text) };
    }
}

static struct profiles *profiles;

static void free_profiles(void)
{
    profiles_free(profiles);
}

const struct profiles *export_profiles(void)
{
    struct err err = { 0 };

    if (profiles == NULL) {
        profiles = profiles_load("mappings", &err);
        if (profiles == NULL) {
            log_error(&err);
            abort();
        }
        atexit(free_profiles);
    }
    return profiles;
}

static void tell_record(struct buf *out, const struct rec *rec)
{
    buf_addf(out, "rec %" PRIu64 " %" PRIu64, rec->line, rec->offset);
    for (int f = 0; f < FIELD_COUNT; f++)
        if (rec->field[f].s != NULL) {
            buf_addf(out, " %s=", field_name((enum field)f));
            buf_add_slice(out, rec->field[f]);
        }
    if (rec->extra.s != NULL) {
        buf_add_text(out, " extra=");
        buf_add_slice(out, rec->extra);
    }
    buf_add_char(out, '\n');
}

static void tell_end(struct buf *out, const struct reader *reader, const struct err *err)
{
    struct report report;

    report_init(&report, "test");
    reader_report(reader, &report);
    if (err->code != EXIT_DONE)
        buf_addf(out, "failed %d %s\n", (int)err->code, err->text);
    else if (report.has_lines)
        buf_addf(
            out, "end %s %s lines=%" PRIu64 " headers=%" PRIu64 " blank=%" PRIu64 "\n",
            report.profile, report.encoding, report.lines, report.headers, report.blank);
    else
        buf_addf(out, "end %s %s lines=none\n", report.profile, report.encoding);
    for (size_t i = 0; i < report.nwarnings; i++)
        buf_addf(out, "warn %s\n", report.warnings[i]);
    report_free(&report);
}

static struct buf told;

static void free_told(void)
{
    buf_free(&told);
}

const char *export_read(const char *path, const struct reader_options *options)
{
    struct err err = { 0 };
    struct reader *reader = reader_open(path, export_profiles(), options, &err);
    struct rec rec;
    struct reject reject;
    enum reader_got got = READER_FAILED;

    if (told.s == NULL)
        atexit(free_told);
    buf_reset(&told);
    if (reader == NULL) {
        buf_addf(&told, "failed %d %s\n", (int)err.code, err.text);
        return buf_cstr(&told);
    }
    while ((got = reader_next(reader, &rec, &reject, &err)) == READER_REC ||
           got == READER_REJECT) {
        if (got == READER_REC)
            tell_record(&told, &rec);
        else
            buf_addf(&told, "reject %s %" PRIu64 " %" PRIu64 "\n",
                     reject_name(reject.code), reject.line, reject.offset);
    }
    tell_end(&told, reader, &err);
    reader_close(reader);
    return buf_cstr(&told);
}

const char *export_told(const char *text)
{
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };

    return export_read(export_text(text), &options);
}

size_t export_count(const char *text, const char *word)
{
    size_t count = 0;

    while ((text = strstr(text, word)) != NULL) {
        count++;
        text += strlen(word);
    }
    return count;
}

/* Texts packed as files are. */

void pack_gzip(struct buf *out, struct slice text)
{
    z_stream z = { 0 };

    if (deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    z.next_in = (unsigned char *)text.s;
    z.avail_in = (unsigned)text.len;
    z.avail_out = (unsigned)deflateBound(&z, text.len);
    z.next_out = (unsigned char *)buf_room(out, z.avail_out);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        abort();
    out->len += z.total_out;
    deflateEnd(&z);
}

void pack_zstd(struct buf *out, struct slice text)
{
    size_t room = ZSTD_compressBound(text.len);
    size_t len = ZSTD_compress(buf_room(out, room), room, text.s, text.len, 3);

    if (ZSTD_isError(len))
        abort();
    out->len += len;
}

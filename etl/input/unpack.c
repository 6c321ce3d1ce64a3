/*
 * unpack.c - a file, plain or packed, as a stream of unpacked bytes.
 *
 * What is damaged or cut off is an error, never a shorter file: half a day of
 * calls looks like a quiet day.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/base.h"
#include "base/stop.h"
#include "input/source_impl.h"

/* zstd needs a window as large as its packer chose; 8 MiB is what levels up to 19 use. */
enum { PIECE = 64 << 10, ZSTD_WINDOW_LOG = 23, MAGIC = 4 };

enum packing { PLAIN, GZIP, ZSTD };

struct unpack {
    int fd;
    bool is_stdin, at_end, known;
    off_t begin; /* where standard input stood, to be left there; -1: it is a pipe */
    enum packing packing;
    uint64_t done, total;
    char *in; /* read, not yet unpacked */
    size_t at, len;
    bool between; /* packed: no stream is open */
    z_stream gzip;
    ZSTD_DStream *zstd;
    const char *note;
};

struct unpack *unpack_open(const char *path, struct err *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    /* A pipe without a writer must not hold us here, where signals are not looked for. */
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;

    if (fd < 0 || fstat(fd, &st) != 0 || S_ISDIR(st.st_mode)) {
        err_set(err, EXIT_INPUT, "cannot be opened: %s",
                fd < 0 ? strerror(errno) : "a folder");
        if (fd >= 0 && !is_stdin)
            close(fd);
        return NULL;
    }

    if (!is_stdin)
        (void)fcntl(fd, F_SETFL, 0);

    struct unpack *unpack = xcalloc(1, sizeof *unpack);

    unpack->fd = fd;
    unpack->is_stdin = is_stdin;
    unpack->begin = is_stdin ? lseek(fd, 0, SEEK_CUR) : -1;
    unpack->total = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
    unpack->in = xcalloc(1, PIECE);
    return unpack;
}

void unpack_close(struct unpack *unpack)
{
    if (unpack == NULL)
        return;
    if (unpack->packing == GZIP)
        inflateEnd(&unpack->gzip);
    ZSTD_freeDStream(unpack->zstd);
    if (!unpack->is_stdin)
        close(unpack->fd);
    else if (unpack->begin >= 0) /* so that the next one can read it again */
        (void)lseek(unpack->fd, unpack->begin, SEEK_SET);
    free(unpack->in);
    free(unpack);
}

static bool read_into(struct unpack *unpack, char *out, size_t cap, size_t *got,
                      struct err *err)
{
    ssize_t n;

    /* A pipe may be silent for hours. */
    if (!stop_wait(unpack->fd, err))
        return false;
    do
        n = read(unpack->fd, out, cap);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_set(err, EXIT_INPUT, "cannot be read: %s", strerror(errno));
    unpack->at_end = n == 0;
    unpack->done += (uint64_t)n;
    *got = (size_t)n;
    return true;
}

/* Let the window hold LEN bytes unless the file ends before: a pipe hands them over one
 * by one.
 */
static bool have(struct unpack *unpack, size_t len, struct err *err)
{
    while (unpack->len - unpack->at < len && !unpack->at_end) {
        size_t got = 0;

        unpack->len -= unpack->at;
        memmove(unpack->in, unpack->in + unpack->at, unpack->len);
        unpack->at = 0;
        if (!read_into(unpack, unpack->in + unpack->len, PIECE - unpack->len, &got, err))
            return false;
        unpack->len += got;
    }
    return true;
}

static bool unpack_starts_with(const struct unpack *unpack, const char *magic, size_t len)
{
    return unpack->len - unpack->at >= len &&
           memcmp(unpack->in + unpack->at, magic, len) == 0;
}

static bool is_gzip(const struct unpack *unpack)
{
    return unpack_starts_with(unpack, "\x1f\x8b", 2);
}

/* A frame, or one to be skipped: those have 16 numbers, and pzstd begins with one. */
static bool is_zstd(const struct unpack *unpack)
{
    char skippable[] = "P*M\x18";

    if (unpack->at < unpack->len)
        skippable[0] = (char)(0x50 | (unpack->in[unpack->at] & 0x0f));
    return unpack_starts_with(unpack, "\x28\xb5\x2f\xfd", 4) ||
           unpack_starts_with(unpack, skippable, 4);
}

static bool unpack_look(struct unpack *unpack, struct err *err)
{
    if (!have(unpack, MAGIC, err))
        return false;
    unpack->known = unpack->between = true;
    if (is_gzip(unpack)) {
        unpack->packing = GZIP;
        if (inflateInit2(&unpack->gzip, 16 + MAX_WBITS) != Z_OK)
            return err_set(err, EXIT_INTERNAL, "zlib does not start");
    } else if (is_zstd(unpack)) {
        unpack->packing = ZSTD;
        unpack->zstd = ZSTD_createDStream();
        ZSTD_DCtx_setParameter(unpack->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
    }
    return true;
}

static bool pull_plain(struct unpack *unpack, char *out, size_t cap, size_t *got,
                       struct err *err)
{
    size_t left = unpack->len - unpack->at;

    if (left == 0)
        return unpack->at_end ? (*got = 0, true) : read_into(unpack, out, cap, got, err);
    *got = left < cap ? left : cap;
    memcpy(out, unpack->in + unpack->at, *got);
    unpack->at += *got;
    return true;
}

static bool truncated(const struct unpack *unpack, struct err *err)
{
    err_set(err, EXIT_INPUT, "the %s stream is truncated: it ends after %llu bytes",
            unpack_packing(unpack), (unsigned long long)unpack->done);
    return err_cut(err);
}

/* Is the window the beginning of a magic number, cut off by the end of the file? */
static bool is_cut_magic(const struct unpack *unpack)
{
    static const char rest[MAGIC] = { 0, '*', 'M', '\x18' };
    size_t left = unpack->len - unpack->at;

    if (unpack->packing == GZIP)
        return left == 1 && unpack_starts_with(unpack, "\x1f", left);
    return left < MAGIC &&
           (unpack_starts_with(unpack, "\x28\xb5\x2f", left) ||
            ((unpack->in[unpack->at] & 0xf0) == 0x50 &&
             memcmp(unpack->in + unpack->at + 1, rest + 1, left - 1) == 0));
}

/* To the end, with a note: what was unpacked is whole. */
static bool pass_junk(struct unpack *unpack, struct err *err)
{
    unpack->note =
        "something follows the end of the packed data and was passed over: the "
        "file may be damaged";
    while (!unpack->at_end) {
        unpack->at = unpack->len;
        if (!have(unpack, 1, err))
            return false;
    }
    unpack->at = unpack->len;
    return true;
}

/*
 * Between two streams: is there another one?  Zeros are padding, and one may follow
 * them; behind anything else nothing is looked for, for it would be found by chance.
 */
static bool another(struct unpack *unpack, bool *is, struct err *err)
{
    do {
        if (!have(unpack, MAGIC, err))
            return false;
        *is = unpack->packing == GZIP ? is_gzip(unpack) : is_zstd(unpack);
        if (*is || unpack->at == unpack->len)
            return true;
    } while (unpack->in[unpack->at] == '\0' && ++unpack->at);
    return is_cut_magic(unpack) ? truncated(unpack, err) : pass_junk(unpack, err);
}

static bool gzip_failed(const char *why, struct err *err)
{
    if (why != NULL && strcmp(why, "incorrect data check") == 0)
        why = "its checksum is wrong";
    return err_set(err, EXIT_INPUT, "the gzip stream is damaged: %s",
                   why != NULL ? why : "it breaks off");
}

static bool pull_gzip(struct unpack *unpack, char *out, size_t cap, size_t *got,
                      struct err *err)
{
    z_stream *z = &unpack->gzip;
    bool more;

    z->next_out = (unsigned char *)out;
    z->avail_out = (unsigned)cap;
    while (z->avail_out == cap) {
        if (unpack->between) {
            if (!another(unpack, &more, err))
                return false;
            if (!more)
                break;
            inflateReset(z);
            unpack->between = false;
        }
        if (!have(unpack, 1, err))
            return false;
        if (unpack->at == unpack->len)
            return truncated(unpack, err);
        z->next_in = (unsigned char *)unpack->in + unpack->at;
        z->avail_in = (unsigned)(unpack->len - unpack->at);

        int status = inflate(z, Z_NO_FLUSH);

        unpack->at = unpack->len - z->avail_in;
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
            return gzip_failed(z->msg, err);
        unpack->between = status == Z_STREAM_END;
    }
    *got = cap - z->avail_out;
    return true;
}

static bool zstd_failed(size_t code, struct err *err)
{
    if (ZSTD_isError(code) && strstr(ZSTD_getErrorName(code), "too much memory") != NULL)
        return err_set(err, EXIT_INPUT,
                       "the zstd stream was packed with a window of more than %d MiB "
                       "(--long or --ultra): unpack it with zstd -d, or pack it again "
                       "without them",
                       1 << (ZSTD_WINDOW_LOG - 20));
    return err_set(err, EXIT_INPUT, "the zstd stream is damaged: %s",
                   ZSTD_getErrorName(code));
}

static bool pull_zstd(struct unpack *unpack, char *out, size_t cap, size_t *got,
                      struct err *err)
{
    ZSTD_outBuffer to = { .size = cap };
    bool more;

    to.dst = out;
    while (to.pos == 0) {
        if (unpack->between) {
            if (!another(unpack, &more, err))
                return false;
            if (!more)
                break;
            unpack->between = false;
        }
        if (!have(unpack, 1, err))
            return false;

        ZSTD_inBuffer from = { unpack->in, unpack->len, unpack->at };
        size_t status = ZSTD_decompressStream(unpack->zstd, &to, &from);
        bool starved = unpack->at == unpack->len && to.pos == 0;

        unpack->at = from.pos;
        if (ZSTD_isError(status))
            return zstd_failed(status, err);
        unpack->between = status == 0;
        if (starved && !unpack->between)
            return truncated(unpack, err);
    }
    *got = to.pos;
    return true;
}

bool unpack_pull(struct unpack *unpack, char *out, size_t cap, size_t *got,
                 struct err *err)
{
    if (!unpack->known && !unpack_look(unpack, err))
        return false;
    switch (unpack->packing) {
    case GZIP:
        return pull_gzip(unpack, out, cap, got, err);
    case ZSTD:
        return pull_zstd(unpack, out, cap, got, err);
    case PLAIN:
        break;
    }
    return pull_plain(unpack, out, cap, got, err);
}

const char *unpack_packing(const struct unpack *unpack)
{
    static const char *const names[] = {
        [PLAIN] = NULL, [GZIP] = "gzip", [ZSTD] = "zstd"
    };

    return names[unpack->packing];
}

void unpack_progress(const struct unpack *unpack, uint64_t *done, uint64_t *total)
{
    *done = unpack->done;
    *total = unpack->total;
}

const char *unpack_note(const struct unpack *unpack)
{
    return unpack->note;
}

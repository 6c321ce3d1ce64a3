/*
 * terminal.c - a stream in front of standard output.
 */
#include "output/terminal.h"

#include <unistd.h>

#include "base/base.h"
#include "base/unicode.h"

enum { TORN_MAX = 3 }; /* bytes of a character whose rest comes with the next write */

static struct buf waiting; /* what is not yet written: a torn character */

static bool write_all(const struct buf *out)
{
    for (size_t at = 0; at < out->len;) {
        ssize_t written = write(STDOUT_FILENO, out->s + at, out->len - at);

        if (written < 0)
            return false;
        at += (size_t)written;
    }
    return true;
}

/* How many bytes at the end of TEXT begin a character that is not whole. */
static size_t torn_bytes(struct slice text)
{
    for (size_t back = 1; back <= TORN_MAX && back <= text.len; back++) {
        unsigned char c = (unsigned char)text.s[text.len - back];

        if (c >= 0xc0) {
            size_t whole = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

            return back < whole ? back : 0;
        }
        if (c < 0x80)
            return 0;
    }
    return 0;
}

static bool put(struct slice text)
{
    struct buf out = { 0 };

    bool ends = slice_ends(text, "\n");
    struct slice line;

    while (slice_next(&text, '\n', &line)) {
        buf_add_shown(&out, line);
        if (text.len > 0 || ends)
            buf_add_char(&out, '\n');
    }

    bool ok = write_all(&out);

    buf_free(&out);
    return ok;
}

static ssize_t terminal_write(void *cookie, const char *bytes, size_t len)
{
    (void)cookie;
    buf_add(&waiting, bytes, len);

    struct slice text = buf_slice(&waiting);
    size_t torn = torn_bytes(text);
    bool ok = put((struct slice){ text.s, text.len - torn });

    memmove(waiting.s, waiting.s + waiting.len - torn, torn);
    waiting.len = torn;
    return ok ? (ssize_t)len : 0;
}

static int terminal_close(void *cookie)
{
    (void)cookie;

    bool ok = put(buf_slice(&waiting));

    buf_free(&waiting);
    return ok ? 0 : -1;
}

void terminal_guard(void)
{
    static const cookie_io_functions_t functions = { .write = terminal_write,
                                                     .close = terminal_close };
    FILE *guarded = isatty(STDOUT_FILENO) ? fopencookie(NULL, "w", functions) : NULL;

    if (guarded == NULL)
        return;
    setvbuf(guarded, NULL, _IOLBF, BUFSIZ);
    stdout = guarded;
}

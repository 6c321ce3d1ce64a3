/*
 * crew_pipe.c - a word and its bytes over a socket, and a report among them.
 */
#include "commands/load/crew_pipe.h"

#include <errno.h>
#include <sys/socket.h>

#include "base/base.h"

struct fate_head {
    enum crew_word word;
    size_t len;
};

static bool pipe_send(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        bytes += sent;
        len -= (size_t)sent;
    }
    return true;
}

bool crew_send(int fd, enum crew_word word, const void *bytes, size_t len)
{
    struct fate_head head;

    memset(&head, 0, sizeof head);
    head.word = word;
    head.len = len;
    return pipe_send(fd, (const char *)&head, sizeof head) && pipe_send(fd, bytes, len);
}

static bool receive_all(int fd, char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t got = recv(fd, bytes, len, 0);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes += got;
        len -= (size_t)got;
    }
    return true;
}

bool crew_receive(int fd, enum crew_word *word, struct buf *payload)
{
    struct fate_head head;

    buf_reset(payload);
    if (!receive_all(fd, (char *)&head, sizeof head) ||
        !receive_all(fd, buf_room(payload, head.len), head.len))
        return false;
    payload->len += head.len;
    *word = head.word;
    return true;
}

static void add_text(struct buf *out, const char *text)
{
    size_t len = text != NULL ? strlen(text) : SIZE_MAX;

    buf_add(out, &len, sizeof len);
    if (text != NULL)
        buf_add(out, text, len);
}

static bool take(struct slice *bytes, void *to, size_t len)
{
    if (len > bytes->len)
        return false;
    memcpy(to, bytes->s, len);
    *bytes = slice_from(*bytes, len);
    return true;
}

static bool pipe_take_text(struct slice *bytes, char **text)
{
    size_t len;

    *text = NULL;
    if (!take(bytes, &len, sizeof len))
        return false;
    if (len == SIZE_MAX)
        return true;
    if (len > bytes->len)
        return false;
    *text = xstrndup(bytes->s, len);
    *bytes = slice_from(*bytes, len);
    return true;
}

/* The texts of a fate, but for warnings. */
enum { TEXTS = 6 };

static void texts_of(struct crew_fate *fate, char **text[static TEXTS])
{
    struct report *report = &fate->report;
    char **all[TEXTS] = { &fate->left,      &report->name,     &report->reason,
                          &report->profile, &report->encoding, &report->zone };

    memcpy(text, all, sizeof all);
}

void crew_add_fate(struct buf *out, const struct crew_fate *fate)
{
    struct crew_fate copy = *fate;
    char **text[TEXTS];

    buf_add(out, &copy, sizeof copy);
    texts_of(&copy, text);
    for (size_t i = 0; i < TEXTS; i++)
        add_text(out, *text[i]);
    for (size_t i = 0; i < copy.report.nwarnings; i++)
        add_text(out, copy.report.warnings[i]);
}

bool crew_read_fate(struct slice bytes, struct crew_fate *fate)
{
    char **text[TEXTS];
    size_t warnings;
    bool ok = take(&bytes, fate, sizeof *fate);

    if (!ok)
        return false;
    /* The addresses are the other's: only the taxonomy, older than the fork, is ours. */
    warnings = fate->report.nwarnings;
    fate->report.watch = (struct phase_watch){ 0 };
    fate->report.nwarnings = 0;
    fate->report.warnings = xcalloc(warnings, sizeof *fate->report.warnings);
    texts_of(fate, text);
    for (size_t i = 0; i < TEXTS; i++)
        *text[i] = NULL;
    for (size_t i = 0; ok && i < TEXTS; i++)
        ok = pipe_take_text(&bytes, text[i]);
    while (ok && fate->report.nwarnings < warnings)
        ok = pipe_take_text(&bytes, &fate->report.warnings[fate->report.nwarnings++]);
    return ok;
}

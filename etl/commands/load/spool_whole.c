/*
 * spool_whole.c - does a file end as a finished file does?
 *
 * A writer that is stopped in a line leaves a line without an end.  Some finished
 * exports have none either: a JSON document is whole with its last bracket, packed
 * and binary files have ends of their own.
 */
#include <unistd.h>

#include "base/base.h"
#include "commands/load/spool_impl.h"

enum { LOOK = 4096 };

static struct slice bytes_at(int fd, off_t at, char space[static LOOK])
{
    ssize_t got = pread(fd, space, LOOK, at);

    return (struct slice){ space, got > 0 ? (size_t)got : 0 };
}

/* Packed, or of a program that writes no lines: UTF-16 has its mark. */
static bool is_binary(struct slice head)
{
    return slice_starts(head, "\x1f\x8b") || slice_starts(head, "\x28\xb5\x2f\xfd") ||
           (memchr(head.s, '\0', head.len) != NULL && !slice_starts(head, "\xff\xfe") &&
            !slice_starts(head, "\xfe\xff"));
}

/* Behind an object, another one begins: records one by one, not a document. */
static bool has_two_objects(int fd, off_t size)
{
    char space[LOOK];
    bool closed = false;

    for (off_t at = 0; at < size; at += LOOK) {
        struct slice part = bytes_at(fd, at, space);

        for (size_t i = 0; i < part.len; i++) {
            if (closed && part.s[i] == '{')
                return true;
            if (strchr(" \t\r\n", part.s[i]) == NULL)
                closed = part.s[i] == '}';
        }
    }
    return false;
}

static bool ends_line(struct slice tail)
{
    size_t len = tail.len;

    if (len > 1 && tail.s[len - 1] == '\0') /* the second half of a line end in UTF-16 */
        len--;
    return len > 0 && (tail.s[len - 1] == '\n' || tail.s[len - 1] == '\r');
}

bool spool_ends_whole(int fd, off_t size)
{
    char head_space[LOOK], tail_space[LOOK];
    struct slice head = bytes_at(fd, 0, head_space);
    struct slice tail = bytes_at(fd, size > LOOK ? size - LOOK : 0, tail_space);

    if (head.len == 0 || is_binary(head) || ends_line(tail))
        return true; /* what packed data lacks is found out when it is unpacked */
    if (slice_starts(head, "\xef\xbb\xbf"))
        head = slice_from(head, 3);
    head = slice_trim(head);
    tail = slice_trim(tail);
    if (slice_starts(head, "["))
        return slice_ends(tail, "]");
    return slice_starts(head, "{") && slice_ends(tail, "}") && !has_two_objects(fd, size);
}

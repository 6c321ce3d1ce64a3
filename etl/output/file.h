/*
 * file.h - files that others read, files that others write, and folders of them.
 *
 * A regular file is written beside its place and renamed: readers see the old one or
 * the new one, never a part.  A device, a pipe or a link is written to and stays what
 * it is.
 */
#ifndef ETL_OUTPUT_FILE_H
#define ETL_OUTPUT_FILE_H

#include <stdio.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/text.h"

struct file_out; /* a file that is being written */

/*
 * Begin to write PATH, with the permissions MODE (less the umask) where it is new.
 * NULL with ERR (EXIT_USAGE): PATH names what cannot be written.
 */
struct file_out *file_create(const char *path, mode_t mode, struct err *err) MUST_USE;
FILE *file_stream(struct file_out *out);

/*
 * End it, and free OUT: WHOLE puts it in its place, on the disk for good; else the
 * place is as it was, unless it is a device, a pipe or a link.
 */
bool file_finish(struct file_out *out, bool whole, struct err *err);

/* Make BYTES the content of PATH, all of the above at once. */
bool file_replace(const char *path, struct slice bytes, struct err *err) MUST_USE;

/* The same; to standard output where PATH is NULL or "-". */
bool file_give(const char *path, struct slice bytes, struct err *err) MUST_USE;

/*
 * PATH for reading, or NULL and errno.  A pipe that nobody writes to is at its end,
 * where fopen() would wait for ever.
 */
FILE *file_open(const char *path);

/* What a file was when it was looked at. */
struct file_stamp {
    bool is_set; /* false: it is no regular file, or is not there */
    dev_t dev;
    ino_t ino;
    off_t size;
    struct timespec changed; /* its time of writing, which whoever writes may set back */
    struct timespec noted;   /* when the system saw a change, which nobody sets */
};

/* Of the open file FD, or of what PATH leads to. */
struct file_stamp file_stamp_fd(int fd);
struct file_stamp file_stamp_path(const char *path);
struct file_stamp file_stamp_of(const struct stat *st);

/* The same file, as long as before, and nobody has written to it in between. */
bool file_stamp_same(const struct file_stamp *a, const struct file_stamp *b);

/* Sync the open folder FD: what was renamed in it stays renamed. */
bool file_sync_folder(int fd) MUST_USE;

/*
 * A new, empty folder beside DIR, for rename() to put in its place when it is full:
 * nobody sees it before.  Owned by the caller; NULL with ERR (EXIT_USAGE).
 */
char *folder_new_beside(const char *dir, struct err *err) MUST_USE;

/*
 * A new file NAME below DIR, with the folders that it needs.  NAME is trusted.  False
 * with ERR (EXIT_USAGE).
 */
bool folder_add_file(const char *dir, const char *name, struct slice bytes,
                     struct err *err) MUST_USE;

/* Remove DIR and all that is in it, as well as it goes. */
void folder_remove(const char *dir);

#endif

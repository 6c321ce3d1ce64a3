/*
 * keys.c - read once, and never said.
 */
#include "loader/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "db/sql.h"

bool name_key_read(struct slice hex, unsigned char key[static LEG_NAME_KEY],
                   struct err *err)
{
    if (hex.len != (size_t)2 * LEG_NAME_KEY)
        return err_set(err, EXIT_DATABASE,
                       "the key leg_name in cdr.secret is not there: bring it back from "
                       "a backup of this database, for legs without id are named with "
                       "it");
    for (size_t i = 0; i < LEG_NAME_KEY; i++)
        key[i] =
            (unsigned char)(16 * hex_digit(hex.s[2 * i]) + hex_digit(hex.s[2 * i + 1]));
    return true;
}

bool name_key_load(struct db *db, unsigned char key[static LEG_NAME_KEY], struct err *err)
{
    struct db_rows *rows = db_query(db, sql_load_name_key, NULL, err);

    if (rows == NULL)
        return false;

    struct slice hex = db_rows_count(rows) == 1 ? db_value(rows, 0, 0) : SLICE_NONE;
    bool ok = name_key_read(hex, key, err);

    db_rows_free(rows);
    return ok;
}

static bool key_file_check(int fd, const char *path, struct err *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return err_set(err, EXIT_USAGE, "%s: a key is an ordinary file", path);
    return (st.st_mode & 077) == 0 ||
           err_set(err, EXIT_USAGE,
                   "%s: others can read this key (mode %03o): chmod 600 it", path,
                   (unsigned)st.st_mode & 0777);
}

static bool key_file_take(int fd, const char *path, struct buf *key, struct err *err)
{
    char *room = buf_room(key, KEY_FILE_MAX + 1);
    ssize_t got = read(fd, room, KEY_FILE_MAX + 1);

    if (got < 0)
        return err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
    while (got > 0 && (room[got - 1] == '\n' || room[got - 1] == '\r'))
        got--;
    key->len += (size_t)got;
    return (got >= KEY_FILE_MIN && got <= KEY_FILE_MAX) ||
           err_set(err, EXIT_USAGE,
                   "%s: a key has %d to %d bytes; openssl rand -hex 32 makes a good one",
                   path, KEY_FILE_MIN, KEY_FILE_MAX);
}

bool key_file_read(const char *path, struct buf *key, struct err *err)
{
    const char *credentials = getenv("CREDENTIALS_DIRECTORY");
    struct buf name = { 0 };

    if (path == NULL && credentials == NULL)
        return err_set(err, EXIT_USAGE,
                       "pseudonyms need a key: --pseudonym-key FILE, or LoadCredential="
                       "pseudonym-key:FILE in a unit");
    if (path == NULL)
        buf_addf(&name, "%s/pseudonym-key", credentials);
    else
        buf_add_text(&name, path);

    const char *file = buf_cstr(&name);
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 || err_set(err, EXIT_USAGE, "%s: %s", file, strerror(errno));

    ok = ok && key_file_check(fd, file, err) && key_file_take(fd, file, key, err);
    if (fd >= 0)
        close(fd);
    buf_free(&name);
    return ok;
}

/*
 * doctor_files.c - the spool and the disks, looked at.
 */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "commands/doctor.h"

static const time_t WAITING_S =
    86400; /* a file that waits longer is looked at by nobody */
static const unsigned FREE_PERCENT = 5;

/* What waits in a folder for whom. */
struct waiting {
    size_t old, unreadable;
};

static struct waiting doctor_count(const char *incoming)
{
    struct waiting waiting = { 0 };
    DIR *dir = opendir(incoming);
    struct dirent *entry;
    time_t now = time(NULL);

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        struct buf path = { 0 };
        struct stat st;

        buf_addf(&path, "%s/%s", incoming, entry->d_name);
        if (entry->d_name[0] != '.' && lstat(buf_cstr(&path), &st) == 0 &&
            S_ISREG(st.st_mode)) {
            waiting.old += now - st.st_mtime > WAITING_S && now - st.st_ctime > WAITING_S;
            waiting.unreadable += access(buf_cstr(&path), R_OK) != 0;
        }
        buf_free(&path);
    }
    if (dir != NULL)
        closedir(dir);
    return waiting;
}

/* One folder of the spool, which should be on the filesystem of TOP. */
static bool doctor_folder(struct doctor *doctor, const char *path, const struct stat *top)
{
    struct buf remedy = { 0 };
    struct stat st;
    bool is_well = false;

    if (stat(path, &st) != 0) {
        int why = errno;

        buf_addf(&remedy, "as root: install -d -o cdretl -g cdretl -m 2770 %s", path);
        doctor_sayf(doctor, "spool", false, buf_cstr(&remedy), "%s: %s", path,
                    strerror(why));
    } else if (!S_ISDIR(st.st_mode)) {
        doctor_sayf(doctor, "spool", false, "move it away; a folder is wanted there",
                    "%s is no folder", path);
    } else if (access(path, R_OK | W_OK | X_OK) != 0) {
        int why = errno;

        if (why == EROFS)
            buf_addf(&remedy,
                     "mount its filesystem writable; in a unit: ReadWritePaths=%s", path);
        else
            buf_addf(&remedy, "as root: chown cdretl:cdretl %s && chmod u+rwx %s", path,
                     path);
        doctor_sayf(doctor, "spool", false, buf_cstr(&remedy),
                    "%s cannot be written by user %d: %s", path, (int)geteuid(),
                    strerror(why));
    } else if (st.st_dev != top->st_dev) {
        doctor_sayf(doctor, "spool", false,
                    "put incoming/, processed/ and failed/ on one filesystem, so that a "
                    "move is a rename",
                    "%s is on another filesystem than the spool", path);
    } else {
        is_well = true;
    }
    buf_free(&remedy);
    return is_well;
}

static void doctor_incoming(struct doctor *doctor, const char *spool,
                            const char *incoming)
{
    struct waiting waiting = doctor_count(incoming);

    if (waiting.unreadable > 0)
        doctor_sayf(doctor, "spool", false,
                    "who puts them there gives them to the group cdretl, readable: chgrp "
                    "cdretl FILE && chmod g+r FILE",
                    "%zu files in %s cannot be read", waiting.unreadable, incoming);
    if (waiting.old > 0)
        doctor_sayf(doctor, "spool", false,
                    "is the timer on? systemctl list-timers 'cdretl*'; then `cdretl load "
                    "--spool DIR` says what stops them",
                    "%zu files wait in %s for more than a day", waiting.old, incoming);
    if (waiting.unreadable == 0 && waiting.old == 0)
        doctor_sayf(doctor, "spool", true, NULL, "%s is writable, and nothing waits long",
                    spool);
}

void doctor_spool(struct doctor *doctor, const char *spool)
{
    static const char *const folders[] = { "processed", "failed", "incoming" };
    struct stat top;
    struct buf path = { 0 };

    if (spool == NULL) {
        doctor_say(doctor, "spool", true, "not looked at: no --spool", NULL);
        return;
    }

    bool is_well = true;

    if (stat(spool, &top) != 0)
        is_well = doctor_folder(doctor, spool, &top);
    for (size_t i = 0; is_well && i < COUNTOF(folders); i++) {
        buf_reset(&path);
        buf_addf(&path, "%s/%s", spool, folders[i]);
        is_well = doctor_folder(doctor, buf_cstr(&path), &top);
    }
    if (is_well)
        doctor_incoming(doctor, spool, buf_cstr(&path));
    buf_free(&path);
}

static void doctor_disk_of(struct doctor *doctor, const char *path)
{
    struct statvfs disk;

    if (statvfs(path, &disk) != 0 || disk.f_blocks == 0)
        return; /* whoever misses the folder says so */

    unsigned percent = (unsigned)(disk.f_bavail * 100 / disk.f_blocks);
    bool has_files =
        disk.f_files == 0 || disk.f_favail * 100 / disk.f_files >= FREE_PERCENT;

    doctor_sayf(doctor, "disk", percent >= FREE_PERCENT && has_files,
                has_files
                    ? "make room: `cdretl purge --spool DIR --keep-files DAYS` lets old "
                      "exports go; or give it more"
                    : "too many files: `cdretl purge --spool DIR --keep-files DAYS`",
                "%u %% free where %s is%s", percent, path,
                has_files ? "" : ", but hardly a file can be made");
}

void doctor_disk(struct doctor *doctor, const char *spool)
{
    const char *temp = getenv("TMPDIR");

    if (spool != NULL)
        doctor_disk_of(doctor, spool);
    doctor_disk_of(doctor, temp != NULL && *temp != '\0' ? temp : "/tmp");
}

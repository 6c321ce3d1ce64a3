/*
 * spool_impl.h - what the files of the spool share.
 */
#ifndef ETL_COMMANDS_LOAD_SPOOL_IMPL_H
#define ETL_COMMANDS_LOAD_SPOOL_IMPL_H

#include "commands/load/spool.h"

enum spool_folder { SPOOL_INCOMING, SPOOL_PROCESSED, SPOOL_FAILED, SPOOL_FOLDERS };

struct spool {
    char *dir;
    uint32_t min_age;
    int fd;                    /* of DIR; carries the lock */
    int folder[SPOOL_FOLDERS]; /* open folders; -1 */
};

extern const char *const spool_folder_names[SPOOL_FOLDERS];

/* What the text file FD of SIZE bytes ends in is a whole line, or a whole document. */
bool spool_ends_whole(int fd, off_t size);

#endif

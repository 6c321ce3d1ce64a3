/*
 * crew_pipe.h - what the leader of a load and its workers tell each other.
 *
 * Leader and worker are one program, the worker forked from the leader, on two ends of a
 * socket.  So what is sent is as it lies in memory: numbers as they are, texts behind
 * them.
 */
#ifndef ETL_COMMANDS_LOAD_CREW_PIPE_H
#define ETL_COMMANDS_LOAD_CREW_PIPE_H

#include "base/buf.h"
#include "output/file.h"
#include "record/file_report.h"

enum crew_word {
    /* the leader's */
    CREW_RUN,  /* struct crew_run: connect, and say CREW_READY */
    CREW_FILE, /* struct crew_job: load it, and say CREW_DONE */
    CREW_GO,   /* the answer to the next two */
    /* a worker's */
    CREW_ALONE,    /* may nobody else load */
    CREW_TOGETHER, /* that is over */
    CREW_READY,    /* a struct err: empty when all is well */
    CREW_DONE,     /* of crew_add_fate() */
};

struct crew_run {
    int32_t run_id, ruleset_id;
};

struct crew_job {
    size_t file;             /* its place in the input */
    struct file_stamp stamp; /* of a file of a spool, as the leader took it */
};

/* False: the other one is gone. */
bool crew_send(int fd, enum crew_word word, const void *bytes, size_t len) MUST_USE;

/* Wait for what comes next; PAYLOAD, emptied first, gets its bytes. */
bool crew_receive(int fd, enum crew_word *word, struct buf *payload) MUST_USE;

/* What became of a file: where OK is false ERR ends the run. */
struct crew_fate {
    struct err err;
    bool ok;
    char *left; /* why it stays in its spool; NULL; the reader's to free() */
    struct report report;
};

void crew_add_fate(struct buf *out, const struct crew_fate *fate);
bool crew_read_fate(struct slice bytes, struct crew_fate *fate) MUST_USE;

#endif

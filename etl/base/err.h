/*
 * err.h - failures as values, and the program's exit codes.
 *
 * A function that can fail returns bool (or a pointer) and takes a struct err
 * last.  The first failure wins: filling an err twice keeps the deepest, truest
 * reason.  Nothing but main() prints an err.  A message says where, what and,
 * when we know it, what to do; lower case, no full stop.
 */
#ifndef ETL_BASE_ERR_H
#define ETL_BASE_ERR_H

#include <stdbool.h>

#define MUST_USE                 __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* The one list of exit codes; README and the manual page copy it. */
enum exit_code {
    EXIT_DONE = 0,      /* done; a file that is already loaded counts as done */
    EXIT_REJECTS = 1,   /* done, but records were rejected, below the limit */
    EXIT_USAGE = 2,     /* the command line makes no sense, or what it (or TMPDIR) names
                           to be written cannot be */
    EXIT_INPUT = 3,     /* an input file was refused */
    EXIT_MAPPING = 4,   /* the mapping files are not valid */
    EXIT_DATABASE = 5,  /* the database refused, or is not there */
    EXIT_TOO_MANY = 6,  /* too many rejects: nothing of that file was kept */
    EXIT_LOCKED = 7,    /* another run holds the lock */
    EXIT_INTERNAL = 8,  /* a promise of ours is broken: nothing the user did */
    EXIT_SIGINT = 130,  /* interrupted: nothing that was under way was kept */
    EXIT_SIGTERM = 143, /* likewise */
};

struct err {
    enum exit_code code; /* EXIT_DONE: no failure yet */
    bool is_data; /* EXIT_DATABASE: for what stands in a record, of one file alone */
    bool is_cut;  /* EXIT_INPUT: the input ends too soon; whoever writes it may go on */
    bool is_disturbed; /* what others did at the same time: alone it may go through */
    char text[1024];   /* cut off, never overrun, when longer */
};

/* Fill ERR unless it is filled already.  Returns false, for `return err_set(...)`. */
bool err_set(struct err *err, enum exit_code code, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Say of a filled ERR that the input ends too soon.  Returns false. */
bool err_cut(struct err *err);

/* Fill ERR with what OTHER says, unless it is filled already.  Returns false. */
bool err_pass(struct err *err, const struct err *other);

/* Put a place ("file.csv: ", "line 7: ") in front of a filled ERR.  Returns false. */
bool err_at(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

#endif

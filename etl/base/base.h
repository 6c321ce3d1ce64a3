/*
 * base.h - memory that cannot fail, a stopwatch, and what we do not use.
 *
 * Out of memory ends the program: a batch job has nothing better to do, its
 * transaction rolls back, and half of all error paths vanish.
 */
#ifndef ETL_BASE_BASE_H
#define ETL_BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNTOF(array) (sizeof(array) / sizeof(array)[0])

/* Zeroed memory for COUNT things of SIZE bytes; never NULL, free() it. */
void *xcalloc(size_t count, size_t size);

/* PTR grown or shrunk to COUNT things of SIZE bytes; what is new is not zeroed. */
void *xrealloc(void *ptr, size_t count, size_t size);

/*
 * ARRAY, which grew one by one to COUNT things of SIZE bytes, with room for one more. Its
 * memory doubles: what one more costs does not hang on how many there are.
 */
void *xgrow(void *array, size_t count, size_t size);

/* A copy of the string S, or of its first LEN bytes with a NUL behind; free() it. */
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);

/* Seconds of a clock that never goes back: for how long something takes, not for when. */
double seconds_now(void);

/* They cut, overrun, lie about errors or keep state: using one does not compile. */
#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat gets
#pragma GCC poison atoi atol atoll atof strtok localtime gmtime ctime asctime

#endif

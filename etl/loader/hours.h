/*
 * hours.h - a set of hours, for the statistics that must be built anew.
 */
#ifndef ETL_LOADER_HOURS_H
#define ETL_LOADER_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"

enum { HOURS_MAX = 200 * 366 * 24 }; /* from 1970 */

struct hours; /* the set */

struct hours *hours_new(void);
void hours_free(struct hours *hours); /* NULL is allowed */
void hours_clear(struct hours *hours);

/* Add an hour, in hours since 1970, or that of an instant; true: it is new. */
bool hours_add(struct hours *hours, int64_t hour);
bool hours_add_ms(struct hours *hours, int64_t ms);

/* Add all hours of OTHERS. */
void hours_add_all(struct hours *hours, const struct hours *others);

/* Add the first column of what SQL gives, hours since 1970. */
bool hours_ask(struct hours *hours, struct db *db, const char *sql,
               const struct db_args *args, struct err *err) MUST_USE;

/* Append the set as an int8[]. */
void hours_list(const struct hours *hours, struct buf *array);

/* The first hour of the set from FROM on; -1 when there is none. */
int64_t hours_next(const struct hours *hours, int64_t from);

#endif

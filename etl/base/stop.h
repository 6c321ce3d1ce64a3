/*
 * stop.h - SIGINT and SIGTERM as a flag that the flow looks at.
 */
#ifndef ETL_BASE_STOP_H
#define ETL_BASE_STOP_H

#include <stdbool.h>

#include "base/err.h"

/* From here on the two signals only raise the flag. */
void stop_watch(void);

/* True with ERR (EXIT_SIGINT or EXIT_SIGTERM) once a signal came. */
bool stop_asked(struct err *err);

#endif

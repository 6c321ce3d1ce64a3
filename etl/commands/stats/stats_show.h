/*
 * stats_show.h - a table of figures as people, spreadsheets and programs want it.
 */
#ifndef ETL_COMMANDS_STATS_STATS_SHOW_H
#define ETL_COMMANDS_STATS_STATS_SHOW_H

#include "base/buf.h"
#include "commands/stats/stats_tables.h"
#include "commands/stats/stats_words.h"
#include "db/db.h"

enum stats_format { STATS_TABLE, STATS_AS_CSV, STATS_AS_JSON };

/*
 * ROWS, which have the columns of TABLE, onto stdout, below a title that goes on with
 * ABOUT, in the words of WORDS; as a member of an object into JSON when that is the
 * format.
 */
void stats_show_rows(const struct stats_table *table, struct db_rows *rows,
                     const char *about, const struct stats_words *words,
                     enum stats_format format, struct buf *json);

#endif

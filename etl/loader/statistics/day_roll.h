/*
 * day_roll.h - the statistics by the day (cdr.stat_day), behind those by the hour.
 *
 * What changes hours by a difference changes their days with them (stat_days.h); what
 * builds them anew takes their days out of the roll-up (statistics_unroll), and readers
 * take a day that is out from its hours.  So however a run ends, what is read is right.
 * Whole days come in with the file that brings them; others, when they have been over for
 * a day, at the end of a run.
 */
#ifndef ETL_LOADER_STATISTICS_DAY_ROLL_H
#define ETL_LOADER_STATISTICS_DAY_ROLL_H

#include "db/db.h"

/*
 * Add up the days that are out and rest, in transactions of its own.  It never fails:
 * while another run holds the lock, or the database refuses, they stay out until the next
 * run, and the log says so.
 */
void day_roll_up(struct db *db);

#endif

/*
 * leg_seconds.h - how long the parts of a leg lasted.
 *
 *   start ..... 180 ......... answer .... bridge ............... end
 *   | pdd_seconds | ring_seconds |
 *   |          duration - bill   |          bill_seconds           |
 *                                           | talk and hold seconds |
 *
 * Exports name these seconds differently: FreeSWITCH's progresssec is start to 180,
 * its waitsec start to bridge, Webitel's wait_sec start to answer.  None of the last
 * two is a wait in a queue, and neither comes here.
 */
#ifndef ETL_LEG_LEG_SECONDS_H
#define ETL_LEG_LEG_SECONDS_H

#include "record/leg.h"
#include "record/rec.h"
#include "record/reject.h"

/* Read the durations that REC has.  False: one is no number; REJECT says which. */
bool leg_seconds_parse(const struct rec *rec, struct leg *leg, struct reject *reject);

/*
 * Fill in what the export left out and other columns tell; times, texts and numbers of
 * LEG are known.  talk_seconds is 0, and not unknown, where the export has a column for
 * the bridge or the talk and this record leaves it empty, or where its queue says that
 * nobody took the call: then nobody was connected.
 */
void leg_seconds_complete(const struct rec *rec, struct leg *leg);

/* Seconds between two instants, rounded; NO_SECONDS when one is open or they cross. */
int32_t leg_seconds_between(int64_t from, int64_t to);

/* Was the one who was called connected?  Of a leg that was picked up. */
enum leg_connected { CONNECTED_NO, CONNECTED_YES, CONNECTED_UNKNOWN };

/*
 * Asked of outbound A-legs that are an employee's phone: they are picked up before
 * anybody is called, by the employee himself (click to call).  Every other leg is
 * connected when it is answered.
 */
enum leg_connected leg_connected(const struct leg *leg);

#endif

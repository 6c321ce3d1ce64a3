/*
 * leg_parser.h - from what a record said to the leg that it means.
 *
 * Whatever can be wrong with one record is found here and nowhere later: a leg
 * that leaves the parser can be stored.
 */
#ifndef ETL_LEG_LEG_PARSER_H
#define ETL_LEG_LEG_PARSER_H

#include "base/err.h"
#include "record/leg.h"
#include "record/parse_options.h"
#include "record/rec.h"
#include "record/reject.h"

struct leg_parser; /* the scratch of one file */

struct leg_parser *
leg_parser_new(const struct parse_options *parse_options); /* borrowed */
void leg_parser_free(struct leg_parser *parser);           /* NULL is allowed */

/*
 * Understand REC.  Of REJECT, the code and the column are filled; one code a
 * record, checks in the order time, numbers, identity.  What can be set aside
 * instead (a SIP code that cannot be one, a number that a spreadsheet damaged)
 * goes to leg->extra and does not reject.
 */
enum leg_got leg_parse(struct leg_parser *parser, const struct rec *rec, struct leg *leg,
                       struct reject *reject) MUST_USE;

/*
 * Answered: billed seconds or an answer time.  A disposition of *_bye where the export
 * has neither, as far as the leg alone tells: evidence.c asks the cause too.
 * An employee's own phone that was picked up needs more, see leg_connected().
 */
bool leg_answered(const struct leg *leg);

#endif

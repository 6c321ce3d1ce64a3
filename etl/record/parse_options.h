/*
 * parse_options.h - how the values of an export are to be understood.
 *
 * A profile of mappings/fields/ brings its own; the command line overrides.
 * The readers pass them on; leg/leg_parser.c reads values by them.
 */
#ifndef ETL_RECORD_PARSE_OPTIONS_H
#define ETL_RECORD_PARSE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct zone;
struct number_plan;

/* Of dates that leave it open: d.M.y, y-M-d and the name of a month never do. */
enum date_order {
    DATE_GUESSED, /* '/' with AM/PM M/d/y, without d/M/y; d-M-y */
    DATE_DMY,
    DATE_MDY,
    DATE_YMD,
};

enum ambiguous_time { AMBIGUOUS_EARLIER, AMBIGUOUS_LATER, AMBIGUOUS_REJECT };

enum { NO_DAY = INT32_MIN };

struct parse_options {
    enum date_order date_order;
    enum ambiguous_time ambiguous_time;
    struct zone *zone; /* of text without zone; NULL: such text cannot be read */
    const struct number_plan *numbers; /* how numbers are written; NULL: not known */
    int32_t day;  /* --date, days since 1970-01-01, for time-only starts; NO_DAY */
    bool resaved; /* a spreadsheet may have cut digits off; a number of JSON is exact */
    int64_t now;  /* ms since 1970 UTC; a start over a day later is a reject */
};

#endif

/*
 * row.h - a leg with its outcome, as cdr.leg stores it, and the columns of it.
 *
 * The table of columns is walked by whoever writes rows: COPY, --rows csv and
 * --rows ndjson.  It is the only list of cdr.leg's columns in C; a test holds
 * it against the catalog.
 */
#ifndef ETL_RECORD_ROW_H
#define ETL_RECORD_ROW_H

#include "base/buf.h"
#include "record/leg.h"
#include "record/outcome.h"

struct row {
    struct leg leg;
    struct outcome outcome;
    int32_t ruleset_id, run_id, file_id; /* of the database; 0: none */
};

/* Decide LEG by RULES; the loader knows no more of the rules than this. */
typedef void (*decide_fn)(const void *rules, const struct leg *leg,
                          struct outcome *outcome);

enum column_kind {
    COLUMN_UUID,
    COLUMN_TIME,    /* timestamptz */
    COLUMN_SECONDS, /* int4, NULL when NO_SECONDS */
    COLUMN_CODE,    /* int2, NULL when NO_CODE */
    COLUMN_INT,     /* int4, NULL when 0 */
    COLUMN_LINE,    /* int8, NULL when 0 */
    COLUMN_BOOL,
    COLUMN_TEXT,
    COLUMN_TEXTS, /* text[] */
    COLUMN_JSON,  /* jsonb */
};

/* One value of a row; which member counts is the column's kind. */
struct value {
    bool is_null;
    const struct uuid *uuid;
    int64_t number;    /* ms, seconds, code, int, line, bool */
    struct slice text; /* TEXT, JSON */
    category_set set;  /* TEXTS: categories */
};

struct column {
    const char *name;
    enum column_kind kind;
    void (*get)(const struct row *row, struct value *value);
};

extern const struct column row_columns[];
extern const size_t row_column_count;

/* Append ROW as a line of CSV (RFC 4180, \n), or as one JSON object and \n. */
void row_add_csv(struct buf *out, const struct row *row);
void row_add_csv_header(struct buf *out);
void row_add_json(struct buf *out, const struct row *row);

#endif

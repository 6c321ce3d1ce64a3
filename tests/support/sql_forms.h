/*
 * sql_forms.h - forms of SQL that PostgreSQL takes and a Citus cluster does not, found in
 * the text of statements, functions and views.
 *
 * Citus cannot be installed where the tests run, so what was learnt on a cluster is held
 * here as rules over the words of a text: comments are skipped, the bodies of functions
 * are read like any other text.
 */
#ifndef TESTS_SUPPORT_SQL_FORMS_H
#define TESTS_SUPPORT_SQL_FORMS_H

#include "base/buf.h"

/* Names of functions of the catalog, between bars: "|now|random|". */
struct sql_functions {
    const char *stable, *changing; /* provolatile 's' and 'v' */
};

/* How `init --citus` lays a table of schema cdr out (the statement citus/plan). */
struct sql_layout {
    const char *table; /* without the schema */
    const char *key;   /* distributed by this column; NULL: copied to every node */
};

extern const struct sql_layout sql_layouts[];
extern const size_t sql_layout_count;

/*
 * The name of the first rule that TEXT breaks, and where into WHERE; NULL: none.  WHERE
 * may be NULL.
 */
const char *sql_forms_broken(const char *text, const struct sql_functions *functions,
                             struct buf *where);

#endif

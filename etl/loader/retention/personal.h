/*
 * personal.h - the texts of a leg that may name people; statistics are kept by the
 * others.
 */
#ifndef ETL_LOADER_RETENTION_PERSONAL_H
#define ETL_LOADER_RETENTION_PERSONAL_H

#include "base/buf.h"
#include "record/leg.h"

enum { PERSONAL_TEXTS = 11, PERSONAL_E164 = 2 };

/* Their columns: PERSONAL_E164 international forms first, and extra, which is JSON, last.
 */
extern const char *const personal_columns[PERSONAL_TEXTS];

struct slice *personal_text(struct leg *leg, size_t place);

/* What TEXT becomes is appended to OUT.  False: it stays, and nothing is. */
typedef bool personal_fn(void *by, struct slice text, bool is_json, struct buf *out);

/*
 * Let REWRITE, called with BY, change the texts of LEG, but for international forms: what
 * becomes of them stands in OUT.  False: all stay.
 */
bool personal_rewrite(struct leg *leg, personal_fn *rewrite, void *by, struct buf *out);

#endif

/*
 * fold.h - text as it is compared where case does not count.
 *
 * Unicode's full case folding, letters composed (NFC), by utf8proc: in no locale, so the
 * same everywhere.  Text that is no UTF-8 is folded in its ASCII letters alone.
 */
#ifndef ETL_BASE_FOLD_H
#define ETL_BASE_FOLD_H

#include "base/buf.h"
#include "base/text.h"

/* TEXT folded into OUT, which is emptied first. */
void fold_text(struct buf *out, struct slice text);

#endif

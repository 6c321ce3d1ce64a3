/*
 * protection.h - what keeps a spreadsheet from taking a text for a quantity, cut off.
 *
 * Scripts and spreadsheets write ="0636159079", =T("0636159079"), '0636159079 or put a
 * tab, a no-break space or a control character beside the digits.  None of it belongs to
 * the value.  Whoever cuts it marks the field in rec->damaged: the file was not as the
 * export wrote it.
 */
#ifndef ETL_READERS_PROTECTION_H
#define ETL_READERS_PROTECTION_H

#include "base/text.h"
#include "record/field.h"

/*
 * Cut it off *TEXT, a value of KIND; false: there was none, and TEXT is as it was.  Of
 * plain text only what cannot be meant goes: ="...", and an apostrophe before a sign
 * that begins a formula.
 */
bool protection_cut(enum field_kind kind, struct slice *text);

#endif

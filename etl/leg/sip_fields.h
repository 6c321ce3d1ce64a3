/*
 * sip_fields.h - dispositions, SIP codes and Q.850 values out of an export's cells.
 *
 * Exports write them as `sip:486`, `SIP:486`, `486`, `486.0`, `486 Busy Here`,
 * and sometimes the disposition and the code stand in one cell
 * (`recv_refuse sip:480`).
 */
#ifndef ETL_LEG_SIP_FIELDS_H
#define ETL_LEG_SIP_FIELDS_H

#include "base/buf.h"
#include "record/leg.h"

/*
 * FreeSWITCH's six values (and Kibana's labels for them) go to
 * leg->disposition, in lower case; anything else is Webitel's computed result
 * or free text and goes to leg->webitel_result, notAnswered as not_answered.
 * A code behind the disposition goes to leg->sip_code unless that is set.
 * SCRATCH keeps what had to be rewritten, as long as the leg.
 */
void sip_fields_disposition(struct slice cell, struct leg *leg, struct buf *scratch);

/* 100..699; NO_CODE when CELL holds none or what cannot be one. */
int16_t sip_fields_sip_code(struct slice cell);

/*
 * A Q.850 value, 1..127, of a number or of a Reason header `Q.850;cause=17;text=…`,
 * which may hold several values (`SIP;cause=486, Q.850;cause=17`): the first of Q.850.
 */
int16_t sip_fields_q850(struct slice cell);

#endif

/*
 * page_impl.h - the report's sections, and the columns of what they are made of.
 */
#ifndef ETL_REPORT_PAGE_IMPL_H
#define ETL_REPORT_PAGE_IMPL_H

#include "report/page.h"

/* Columns of REPORT_TOTALS, as report_columns names them. */
enum {
    TOTAL_FIRST,
    TOTAL_LAST,
    TOTAL_ZONE,
    TOTAL_CALLS,
    TOTAL_N,
    TOTAL_SEIZURES,
    TOTAL_ANSWERED,
    TOTAL_ASR,
    TOTAL_ASR_LOW,
    TOTAL_ASR_HIGH,
    TOTAL_NER_LOW,
    TOTAL_NER_HIGH,
    TOTAL_ACD,
    TOTAL_UNDETERMINED,
    TOTAL_UNANSWERED,
    TOTAL_AMBIGUITY,
    TOTAL_RECATEGORISED,
    TOTAL_RECATEGORISATION,
    TOTAL_NAIVE_ASR,
    TOTAL_RULESET
};

/* Columns of REPORT_CARRIERS. */
enum {
    CARRIER_NAME,
    CARRIER_SEIZURES,
    CARRIER_ANSWERED,
    CARRIER_ASR,
    CARRIER_ASR_LOW,
    CARRIER_ASR_HIGH,
    CARRIER_NAIVE_ASR,
    CARRIER_NER_LOW,
    CARRIER_NER_HIGH,
    CARRIER_NAIVE_NER,
    CARRIER_ACD,
    CARRIER_PGAD,
    CARRIER_SDR,
    CARRIER_AMBIGUITY,
    CARRIER_RECATEGORISATION
};

void report_carriers(struct buf *out, const struct page_rows *carriers);
void report_changed(struct buf *out, const struct page_rows *carriers,
                    const struct page_rows *changed);
void report_outcomes(struct buf *out, const struct page_rows *outcomes);
void report_source(struct buf *out, const struct page_rows *part);

#endif

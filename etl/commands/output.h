/*
 * output.h - results for people: tables on a terminal.
 */
#ifndef ETL_COMMANDS_OUTPUT_H
#define ETL_COMMANDS_OUTPUT_H

#include "record/file_report.h"

/* A line or two for each file, then the categories of legs and calls. */
void output_reports(const struct run_report *run);

/*
 * A table of NROWS by NCOLUMNS cells, row after row; the first row is the head.
 * Columns are as wide as their widest cell (characters, not bytes); RIGHT has a
 * letter a column: 'r' right-aligned, 'l' left, 'b' a bar for a share of 0..1.
 */
void output_table(const char *const *cells, size_t nrows, size_t ncolumns,
                  const char *align);

#endif

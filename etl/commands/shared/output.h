/*
 * output.h - what became of files, for people.
 */
#ifndef ETL_COMMANDS_SHARED_OUTPUT_H
#define ETL_COMMANDS_SHARED_OUTPUT_H

#include "record/file_report.h"

/* A line or two for each file, then the categories of legs and calls. */
void output_reports(const struct run_report *run);

#endif

/*
 * terminal.h - standard output, when it is a terminal.
 *
 * Whatever is printed, cells of an export in CSV among it, a terminal gets no character
 * that it would obey: base/unicode.h says what stands in their place, line ends
 * excepted.  A file or a pipe gets the bytes as they are.
 */
#ifndef ETL_OUTPUT_TERMINAL_H
#define ETL_OUTPUT_TERMINAL_H

/* From here on, once, before anything is printed. */
void terminal_guard(void);

#endif

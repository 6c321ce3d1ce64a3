/*
 * option_values.h - which values an option takes, for people and for shells that
 * complete.
 */
#ifndef ETL_COMMANDS_SHARED_OPTION_VALUES_H
#define ETL_COMMANDS_SHARED_OPTION_VALUES_H

#include "commands/shared/command.h"

/*
 * A line "    VALUE" for each value of OPTION: those that it names, or the providers and
 * categories that the mapping folder MAPPINGS knows.  None where any text will do.
 */
void option_values_print(const struct option_row *option, const char *mappings);

#endif

/*
 * mappings.h - the shipped rules, and others.
 */
#ifndef TESTS_SUPPORT_MAPPINGS_H
#define TESTS_SUPPORT_MAPPINGS_H

/*
 * A mapping folder like ./mappings with a carrier more (the trunk Reserve) and rules
 * more, so that some legs get another outcome and others another rule.  It is removed
 * when the program ends.
 */
const char *mappings_otherwise(void);

#endif

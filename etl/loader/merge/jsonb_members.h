/*
 * jsonb_members.h - the members of `extra`, as the server writes a jsonb.
 */
#ifndef ETL_LOADER_MERGE_JSONB_MEMBERS_H
#define ETL_LOADER_MERGE_JSONB_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct jsonb_member {
    struct slice name, value; /* as JSON: with their quotes, if any; borrowed */
};

/*
 * The next member of the object JSONB (its binary form, the version in front)
 * from *AT on, 0 in the beginning; false when there is none, or no object.
 */
bool jsonb_members_next(struct slice jsonb, size_t *at, struct jsonb_member *member);

/* By the names: below 0, 0 or above, as strcmp(). */
int jsonb_members_order(const struct jsonb_member *a, const struct jsonb_member *b);

/* The same members with the same values, in whatever order; or both absent. */
bool jsonb_members_equal(struct slice a, struct slice b);

/* Append MEMBER to the object that grows in OUT; jsonb_members_close() ends it. */
void jsonb_members_add(struct buf *out, const struct jsonb_member *member);
void jsonb_members_close(struct buf *out);

#endif

/*
 * leg_version.h - several records of one leg, folded into one.
 *
 * A version is what one record says of a leg.  The versions of a leg have an order, the
 * better first (merge/read_versions).  The leg is put together field by field: a
 * value beats none, an exact instant beats whole seconds and these beat a repeated hour,
 * a parent named by id beats a parent found by adjacency and that beats none; among
 * equals the better version wins.  Each member of extra is a field of its own.
 *
 * So the leg is a function of the set of its versions, whatever order they came in.
 * A version that wins no field cannot win one later, when there are more; the others
 * can, so they are kept in cdr.leg_version.
 */
#ifndef ETL_LOADER_MERGE_LEG_VERSION_H
#define ETL_LOADER_MERGE_LEG_VERSION_H

#include "base/buf.h"
#include "record/row.h"

enum leg_version_origin {
    VERSION_LEG,    /* the stored leg; no version of its own when its hash is 0 */
    VERSION_STORED, /* of cdr.leg_version */
    VERSION_STAGED, /* of this file */
};

/* A row of merge/read_versions. */
struct leg_version {
    struct slice *value; /* one a column of row_columns */
    int64_t hash;
    enum leg_version_origin origin;
    bool has_gateway; /* its export names gateways */
    struct slice network_addr, sip_phrase;
    struct buf bytes; /* what the slices point to */
    bool is_kept;     /* wins a field */
};

struct fold; /* a leg, while its versions come */

struct fold *fold_new(void);
void fold_free(struct fold *fold); /* NULL is allowed */

/* Begin another leg. */
void fold_clear(struct fold *fold);

/* The next version of the leg, the better ones first; copied. */
void fold_add(struct fold *fold, const struct leg_version *version);

/* The leg put together, good until fold_clear(). */
struct folded {
    const struct leg_version *leg; /* as stored; NULL: the leg is new */
    struct leg_version *const *kept;
    size_t nkept;    /* kept versions, at least one */
    bool is_changed; /* they are not those of cdr.leg_version */
    struct slice *value;
    struct slice network_addr, sip_phrase;
    const struct leg_version *source; /* whose file and line the leg names */
};

struct folded fold_finish(struct fold *fold);

#endif

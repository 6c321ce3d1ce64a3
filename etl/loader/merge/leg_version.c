/*
 * leg_version.c - folding versions, field by field.
 */
#include "loader/merge/leg_version.h"

#include <assert.h>

#include "base/base.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "loader/merge/jsonb_members.h"

enum { NONE = -1 };

/* How a column is won. */
enum how {
    NOT_WON,  /* no evidence: made of the other columns */
    BY_VALUE, /* the version that has one */
    BY_TIME,  /* an instant: exactness, and the flag */
    BY_LINK,  /* the call: the version that names the parent */
    BY_NAME,  /* extra: each of its members by itself, likewise BY_VALUE */
};

/* A member of extra, and which version it is of. */
struct won {
    struct jsonb_member member;
    int winner;
};

struct fold {
    enum how *how;  /* by column */
    size_t *leader; /* by column: which one it goes with, or itself */
    size_t key, flag, side, link, extra; /* places of columns */
    struct leg_version **version;        /* those that came, a pool */
    size_t nversions, room;
    struct leg_version *leg; /* the stored leg, when it is no version */
    bool has_leg;
    struct leg_version *stored; /* the stored leg, either way */
    size_t nstored;             /* of cdr.leg_version */
    const struct leg_version *source;
    int *winner; /* by column: which version, or NONE */
    int *level;  /* by column: with what */
    struct leg_version **kept;
    struct slice *value;
    struct won *won; /* the members of extra, by name */
    size_t nwon, won_room;
    struct buf members; /* extra, put together */
};

/* Columns that are not simply won by a value; those that go WITH another one. */
static const struct {
    const char *column;
    enum how how;
    const char *with;
} specials[] = {
    { "leg_key", NOT_WON, NULL },         { "started_at", BY_TIME, NULL },
    { "answered_at", BY_TIME, NULL },     { "bridged_at", BY_TIME, NULL },
    { "ended_at", BY_TIME, NULL },        { "call_key", BY_LINK, NULL },
    { "extra", BY_NAME, NULL },           { "time_flag", NOT_WON, "started_at" },
    { "side", NOT_WON, "call_key" },      { "linked_by", NOT_WON, "call_key" },
    { "caller_e164", NOT_WON, "caller" }, { "destination_e164", NOT_WON, "destination" },
};

/* How COLUMN is won, and with which other. */
static void fold_learn(struct fold *fold, size_t column)
{
    const char *name = row_columns[column].name;

    fold->how[column] = row_copy_is_evidence(name) ? BY_VALUE : NOT_WON;
    fold->leader[column] = column;
    for (size_t i = 0; i < COUNTOF(specials); i++) {
        if (strcmp(specials[i].column, name) != 0)
            continue;
        fold->how[column] = specials[i].how;
        if (specials[i].with != NULL)
            fold->leader[column] = row_column_named(specials[i].with);
    }
}

static struct leg_version *leg_version_new(void)
{
    struct leg_version *version = xcalloc(1, sizeof *version);

    version->value = xcalloc(row_column_count, sizeof *version->value);
    return version;
}

static void leg_version_free(struct leg_version *version)
{
    free(version->value);
    buf_free(&version->bytes);
    free(version);
}

struct fold *fold_new(void)
{
    struct fold *fold = xcalloc(1, sizeof *fold);

    fold->how = xcalloc(row_column_count, sizeof *fold->how);
    fold->leader = xcalloc(row_column_count, sizeof *fold->leader);
    for (size_t i = 0; i < row_column_count; i++)
        fold_learn(fold, i);
    fold->key = row_column_named("leg_key");
    fold->flag = row_column_named("time_flag");
    fold->side = row_column_named("side");
    fold->link = row_column_named("linked_by");
    fold->extra = row_column_named("extra");
    fold->winner = xcalloc(row_column_count, sizeof *fold->winner);
    fold->level = xcalloc(row_column_count, sizeof *fold->level);
    fold->value = xcalloc(row_column_count, sizeof *fold->value);
    fold->leg = leg_version_new();
    return fold;
}

void fold_free(struct fold *fold)
{
    if (fold == NULL)
        return;
    for (size_t i = 0; i < fold->room; i++)
        leg_version_free(fold->version[i]);
    leg_version_free(fold->leg);
    free(fold->version);
    free(fold->kept);
    free(fold->how);
    free(fold->leader);
    free(fold->winner);
    free(fold->level);
    free(fold->value);
    free(fold->won);
    buf_free(&fold->members);
    free(fold);
}

void fold_clear(struct fold *fold)
{
    fold->nversions = fold->nstored = fold->nwon = 0;
    fold->has_leg = false;
    fold->stored = NULL;
    fold->source = NULL;
    for (size_t i = 0; i < row_column_count; i++)
        fold->winner[i] = NONE;
}

static struct slice copied(struct buf *bytes, struct slice value)
{
    char *at = bytes->s + bytes->len;

    if (value.s == NULL)
        return SLICE_NONE;
    buf_add(bytes, value.s, value.len);
    return (struct slice){ at, value.len };
}

/* Room is made first: the slices must not move. */
static void copy(struct leg_version *to, const struct leg_version *from)
{
    size_t len = from->network_addr.len + from->sip_phrase.len + 1;

    for (size_t i = 0; i < row_column_count; i++)
        len += from->value[i].len;
    buf_reset(&to->bytes);
    buf_room(&to->bytes, len);
    for (size_t i = 0; i < row_column_count; i++)
        to->value[i] = copied(&to->bytes, from->value[i]);
    to->network_addr = copied(&to->bytes, from->network_addr);
    to->sip_phrase = copied(&to->bytes, from->sip_phrase);
    to->hash = from->hash;
    to->origin = from->origin;
    to->has_gateway = from->has_gateway;
    to->is_kept = false;
}

static struct leg_version *next_room(struct fold *fold)
{
    if (fold->nversions == fold->room) {
        fold->version =
            xrealloc(fold->version, fold->room + 1, sizeof(struct leg_version *));
        fold->kept = xrealloc(fold->kept, fold->room + 1, sizeof(struct leg_version *));
        fold->version[fold->room++] = leg_version_new();
    }
    return fold->version[fold->nversions];
}

static int exactness(const struct fold *fold, const struct leg_version *version,
                     size_t column)
{
    if (version->value[fold->flag].s != NULL)
        return 0;
    return row_value_ms(version->value[column]) % MS_PER_S == 0 ? 1 : 2;
}

static int linkage(const struct fold *fold, const struct leg_version *version)
{
    if (!slice_is(version->value[fold->side], "b"))
        return 0;
    return slice_is(version->value[fold->link], "adjacency") ? 1 : 2;
}

/* With which level VERSION competes for COLUMN; NONE: not at all. */
static int level_of(const struct fold *fold, const struct leg_version *version,
                    size_t column)
{
    bool has = version->value[column].s != NULL;

    switch (fold->how[column]) {
    case BY_VALUE:
        return has ? 1 : NONE;
    case BY_TIME:
        return has ? exactness(fold, version, column) : NONE;
    case BY_LINK:
        return linkage(fold, version);
    case NOT_WON:
    case BY_NAME:
        break;
    }
    return NONE;
}

static int won_order(const void *a, const void *b)
{
    const struct won *one = a, *other = b;

    return jsonb_members_order(&one->member, &other->member);
}

/* Is MEMBER among the first COUNT that are won?  Those are in order. */
static bool is_won(const struct fold *fold, size_t count, struct jsonb_member member)
{
    struct won wanted = { member, NONE };

    return count > 0 &&
           bsearch(&wanted, fold->won, count, sizeof wanted, won_order) != NULL;
}

/* Add the members of extra that no better version has; true: there are some. */
static bool compete_by_name(struct fold *fold, const struct leg_version *version)
{
    struct jsonb_member member;
    size_t before = fold->nwon;

    for (size_t at = 0; jsonb_members_next(version->value[fold->extra], &at, &member);) {
        if (is_won(fold, before, member))
            continue;
        if (fold->nwon == fold->won_room) {
            fold->won_room += fold->won_room + 8;
            fold->won = xrealloc(fold->won, fold->won_room, sizeof *fold->won);
        }
        fold->won[fold->nwon++] = (struct won){ member, (int)fold->nversions };
    }
    if (fold->nwon == before)
        return false;
    qsort(fold->won, fold->nwon, sizeof *fold->won, won_order);
    return true;
}

/* Does VERSION win a field?  Ties go to the version added before, the better one. */
static bool compete(struct fold *fold, const struct leg_version *version)
{
    bool won = compete_by_name(fold, version);

    for (size_t i = 0; i < row_column_count; i++) {
        int level = level_of(fold, version, i);

        if (level == NONE || (fold->winner[i] != NONE && level <= fold->level[i]))
            continue;
        fold->winner[i] = (int)fold->nversions;
        fold->level[i] = level;
        won = true;
    }
    return won;
}

void fold_add(struct fold *fold, const struct leg_version *version)
{
    struct leg_version *to;
    bool is_stored = version->origin == VERSION_LEG;

    fold->nstored += version->origin == VERSION_STORED;
    if (is_stored && version->hash == 0) {
        copy(fold->leg, version);
        fold->stored = fold->leg;
        return;
    }
    to = next_room(fold);
    copy(to, version);
    if (is_stored)
        fold->stored = to;

    /* The same again wins nothing; a stored leg is kept in mind all the same. */
    bool again =
        fold->nversions > 0 && fold->version[fold->nversions - 1]->hash == version->hash;

    if (fold->source == NULL || (to->has_gateway && !fold->source->has_gateway))
        fold->source = to;
    if ((!again && compete(fold, to)) || is_stored || fold->source == to)
        fold->nversions++;
}

/* The kept ones, in their order; are they those of cdr.leg_version? */
static void leg_version_keep(struct fold *fold, struct folded *folded)
{
    size_t old = 0;

    for (size_t i = 0; i < row_column_count; i++)
        if (fold->winner[i] != NONE)
            fold->version[fold->winner[i]]->is_kept = true;
    for (size_t i = 0; i < fold->nwon; i++)
        fold->version[fold->won[i].winner]->is_kept = true;
    for (size_t i = 0; i < fold->nversions; i++) {
        if (!fold->version[i]->is_kept)
            continue;
        old += fold->version[i]->origin == VERSION_STORED;
        fold->kept[folded->nkept++] = fold->version[i];
    }
    folded->kept = fold->kept;
    folded->is_changed = folded->nkept > 1 ? old != folded->nkept || old != fold->nstored
                                           : fold->nstored > 0;
}

/* A leg that an export with gateways has once described stays marked so. */
static const struct leg_version *source_of(const struct fold *fold)
{
    bool knows = fold->source->has_gateway;

    return !knows && fold->stored != NULL && fold->stored->has_gateway ? fold->stored
                                                                       : fold->source;
}

static struct slice put_together(struct fold *fold)
{
    buf_reset(&fold->members);
    for (size_t i = 0; i < fold->nwon; i++)
        jsonb_members_add(&fold->members, &fold->won[i].member);
    jsonb_members_close(&fold->members);
    return fold->nwon > 0 ? buf_slice(&fold->members) : SLICE_NONE;
}

/* The texts of extra that the rules read: of the best version that has them. */
static void leg_version_add_texts(const struct fold *fold, struct folded *folded)
{
    for (size_t i = fold->nversions; i-- > 0;) {
        const struct leg_version *version = fold->version[i];

        if (version->network_addr.s != NULL)
            folded->network_addr = version->network_addr;
        if (version->sip_phrase.s != NULL)
            folded->sip_phrase = version->sip_phrase;
    }
}

struct folded fold_finish(struct fold *fold)
{
    struct folded folded = { .leg = fold->stored };

    assert(fold->nversions > 0);
    leg_version_keep(fold, &folded);
    for (size_t i = 0; i < row_column_count; i++) {
        int winner = fold->winner[fold->leader[i]];

        fold->value[i] = winner != NONE ? fold->version[winner]->value[i] : SLICE_NONE;
    }
    fold->value[fold->key] = fold->version[0]->value[fold->key];
    fold->value[fold->extra] = put_together(fold);
    folded.value = fold->value;
    leg_version_add_texts(fold, &folded);
    folded.source = source_of(fold);
    return folded;
}

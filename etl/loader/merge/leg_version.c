/*
 * leg_version.c - folding tellings, field by field.
 */
#include "loader/merge/leg_version.h"

#include <assert.h>

#include "base/base.h"
#include "db/row_copy.h"
#include "db/row_read.h"
#include "loader/merge/jsonb_members.h"

enum { NOBODY = -1 };

/* How a column is won. */
enum how {
    NOT_WON,  /* no evidence: made of the rest */
    BY_VALUE, /* who has one */
    BY_START, /* the start: exactness, and the flag */
    BY_TIME,  /* other instants: likewise */
    BY_LINK,  /* the call: whoever names the parent */
    BY_NAME,  /* extra: each of its members by itself, who has it */
    WITH_START,
    WITH_LINK, /* together with another column */
};

/* A member of extra, and which telling's it is. */
struct won {
    struct member member;
    int winner;
};

struct fold {
    enum how *how;                                    /* by column */
    size_t key, start, flag, call, side, link, extra; /* places of columns */
    struct telling **telling;                         /* those that came, a pool */
    size_t ntellings, room;
    struct telling *leg; /* the stored leg, when it is no telling */
    bool has_leg;
    struct telling *stored; /* the stored leg, either way */
    size_t nstored;         /* of cdr.leg_version */
    size_t nstaged;
    const struct telling *source;
    int *winner; /* by column: which telling, or NOBODY */
    int *level;  /* by column: with what */
    struct telling **kept;
    struct slice *value;
    struct won *won; /* the members of extra */
    size_t nwon, won_room;
    struct buf members; /* extra, put together */
};

static enum how how_won(const char *column)
{
    static const struct {
        const char *column;
        enum how how;
    } special[] = {
        { "leg_key", NOT_WON },      { "started_at", BY_START },
        { "time_flag", WITH_START }, { "answered_at", BY_TIME },
        { "bridged_at", BY_TIME },   { "ended_at", BY_TIME },
        { "call_key", BY_LINK },     { "leg", WITH_LINK },
        { "linked_by", WITH_LINK },  { "extra", BY_NAME },
    };

    for (size_t i = 0; i < COUNTOF(special); i++)
        if (strcmp(special[i].column, column) == 0)
            return special[i].how;
    return row_copy_is_evidence(column) ? BY_VALUE : NOT_WON;
}

static struct telling *telling_new(void)
{
    struct telling *telling = xcalloc(1, sizeof *telling);

    telling->value = xcalloc(row_column_count, sizeof *telling->value);
    return telling;
}

static void telling_free(struct telling *telling)
{
    free(telling->value);
    buf_free(&telling->bytes);
    free(telling);
}

struct fold *fold_new(void)
{
    struct fold *fold = xcalloc(1, sizeof *fold);

    fold->how = xcalloc(row_column_count, sizeof *fold->how);
    for (size_t i = 0; i < row_column_count; i++)
        fold->how[i] = how_won(row_columns[i].name);
    fold->key = row_column_named("leg_key");
    fold->start = row_column_named("started_at");
    fold->flag = row_column_named("time_flag");
    fold->call = row_column_named("call_key");
    fold->side = row_column_named("leg");
    fold->link = row_column_named("linked_by");
    fold->extra = row_column_named("extra");
    fold->winner = xcalloc(row_column_count, sizeof *fold->winner);
    fold->level = xcalloc(row_column_count, sizeof *fold->level);
    fold->value = xcalloc(row_column_count, sizeof *fold->value);
    fold->leg = telling_new();
    return fold;
}

void fold_free(struct fold *fold)
{
    if (fold == NULL)
        return;
    for (size_t i = 0; i < fold->room; i++)
        telling_free(fold->telling[i]);
    telling_free(fold->leg);
    free(fold->telling);
    free(fold->kept);
    free(fold->how);
    free(fold->winner);
    free(fold->level);
    free(fold->value);
    free(fold->won);
    buf_free(&fold->members);
    free(fold);
}

void fold_clear(struct fold *fold)
{
    fold->ntellings = fold->nstored = fold->nstaged = fold->nwon = 0;
    fold->has_leg = false;
    fold->stored = NULL;
    fold->source = NULL;
    for (size_t i = 0; i < row_column_count; i++)
        fold->winner[i] = NOBODY;
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
static void copy(struct telling *to, const struct telling *from)
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

static struct telling *next_room(struct fold *fold)
{
    if (fold->ntellings == fold->room) {
        fold->telling = xrealloc(fold->telling, fold->room + 1, sizeof(struct telling *));
        fold->kept = xrealloc(fold->kept, fold->room + 1, sizeof(struct telling *));
        fold->telling[fold->room++] = telling_new();
    }
    return fold->telling[fold->ntellings];
}

static int exactness(const struct fold *fold, const struct telling *telling,
                     size_t column)
{
    if (telling->value[fold->flag].s != NULL)
        return 0;
    return row_value_ms(telling->value[column]) % MS_PER_S == 0 ? 1 : 2;
}

static int linkage(const struct fold *fold, const struct telling *telling)
{
    if (!slice_is(telling->value[fold->side], "b"))
        return 0;
    return slice_is(telling->value[fold->link], "adjacency") ? 1 : 2;
}

/* What TELLING has to say about COLUMN; NOBODY: nothing. */
static int level_of(const struct fold *fold, const struct telling *telling, size_t column)
{
    bool has = telling->value[column].s != NULL;

    switch (fold->how[column]) {
    case BY_VALUE:
        return has ? 1 : NOBODY;
    case BY_START:
    case BY_TIME:
        return has ? exactness(fold, telling, column) : NOBODY;
    case BY_LINK:
        return linkage(fold, telling);
    case NOT_WON:
    case BY_NAME:
    case WITH_START:
    case WITH_LINK:
        break;
    }
    return NOBODY;
}

static bool is_won(const struct fold *fold, struct slice name)
{
    for (size_t i = 0; i < fold->nwon; i++)
        if (slice_equal(fold->won[i].member.name, name))
            return true;
    return false;
}

/* Likewise, a member of extra that none of the better ones has. */
static bool compete_by_name(struct fold *fold, const struct telling *telling)
{
    struct member member;
    bool won = false;

    for (size_t at = 0; members_next(telling->value[fold->extra], &at, &member);) {
        if (is_won(fold, member.name))
            continue;
        if (fold->nwon == fold->won_room) {
            fold->won_room += fold->won_room + 8;
            fold->won = xrealloc(fold->won, fold->won_room, sizeof *fold->won);
        }
        fold->won[fold->nwon++] = (struct won){ member, (int)fold->ntellings };
        won = true;
    }
    return won;
}

/* Wins TELLING, the newest, a field?  Ties go to the earlier, which is the better. */
static bool compete(struct fold *fold, const struct telling *telling)
{
    bool won = compete_by_name(fold, telling);

    for (size_t i = 0; i < row_column_count; i++) {
        int level = level_of(fold, telling, i);

        if (level == NOBODY || (fold->winner[i] != NOBODY && level <= fold->level[i]))
            continue;
        fold->winner[i] = (int)fold->ntellings;
        fold->level[i] = level;
        won = true;
    }
    return won;
}

void fold_add(struct fold *fold, const struct telling *telling)
{
    struct telling *to;
    bool is_stored = telling->origin == TELLING_LEG;

    fold->nstaged += telling->origin == TELLING_STAGED;
    fold->nstored += telling->origin == TELLING_STORED;
    if (is_stored && telling->hash == 0) {
        copy(fold->leg, telling);
        fold->stored = fold->leg;
        return;
    }
    to = next_room(fold);
    copy(to, telling);
    if (is_stored)
        fold->stored = to;

    /* The same again tells nothing; a stored leg is remembered all the same. */
    bool again =
        fold->ntellings > 0 && fold->telling[fold->ntellings - 1]->hash == telling->hash;

    if (fold->source == NULL || (to->has_gateway && !fold->source->has_gateway))
        fold->source = to;
    if ((!again && compete(fold, to)) || is_stored || fold->source == to)
        fold->ntellings++;
}

/* The kept ones, in their order; are they those of cdr.leg_version? */
static void keep(struct fold *fold, struct folded *folded)
{
    size_t old = 0;

    for (size_t i = 0; i < row_column_count; i++)
        if (fold->winner[i] != NOBODY)
            fold->telling[fold->winner[i]]->is_kept = true;
    for (size_t i = 0; i < fold->nwon; i++)
        fold->telling[fold->won[i].winner]->is_kept = true;
    for (size_t i = 0; i < fold->ntellings; i++) {
        if (!fold->telling[i]->is_kept)
            continue;
        old += fold->telling[i]->origin == TELLING_STORED;
        fold->kept[folded->nkept++] = fold->telling[i];
    }
    folded->kept = fold->kept;
    folded->is_retold = folded->nkept > 1 ? old != folded->nkept || old != fold->nstored
                                          : fold->nstored > 0;
}

static size_t leader(const struct fold *fold, size_t column)
{
    if (fold->how[column] == WITH_START)
        return fold->start;
    return fold->how[column] == WITH_LINK ? fold->call : column;
}

/* Once an export with gateways has told a leg, that stays known. */
static const struct telling *source_of(const struct fold *fold)
{
    bool knows = fold->source->has_gateway;

    return !knows && fold->stored != NULL && fold->stored->has_gateway ? fold->stored
                                                                       : fold->source;
}

static struct slice put_together(struct fold *fold)
{
    buf_reset(&fold->members);
    for (size_t i = 0; i < fold->nwon; i++)
        members_add(&fold->members, &fold->won[i].member);
    members_close(&fold->members);
    return fold->nwon > 0 ? buf_slice(&fold->members) : SLICE_NONE;
}

/* Of extra, what the rules read: it comes with the member, from the first who has it. */
static void add_texts(const struct fold *fold, struct folded *folded)
{
    for (size_t i = fold->ntellings; i-- > 0;) {
        const struct telling *telling = fold->telling[i];

        if (telling->network_addr.s != NULL)
            folded->network_addr = telling->network_addr;
        if (telling->sip_phrase.s != NULL)
            folded->sip_phrase = telling->sip_phrase;
    }
}

struct folded fold_finish(struct fold *fold)
{
    struct folded folded = { .leg = fold->stored, .ntellings = fold->nstaged };

    assert(fold->ntellings > 0);
    keep(fold, &folded);
    for (size_t i = 0; i < row_column_count; i++) {
        int winner = fold->winner[leader(fold, i)];

        fold->value[i] = winner != NOBODY ? fold->telling[winner]->value[i] : SLICE_NONE;
    }
    fold->value[fold->key] = fold->telling[0]->value[fold->key];
    fold->value[fold->extra] = put_together(fold);
    folded.value = fold->value;
    add_texts(fold, &folded);
    folded.source = source_of(fold);
    return folded;
}

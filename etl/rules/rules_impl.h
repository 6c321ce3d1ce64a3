/*
 * rules_impl.h - a loaded rule set, for the files of this folder.
 *
 * Everything is owned by struct rules, built by rules_load() and constant from
 * then on.  Texts point into the JSON documents, which are kept.
 */
#ifndef ETL_RULES_RULES_IMPL_H
#define ETL_RULES_RULES_IMPL_H

#include "base/digest.h"
#include "doc/doc.h"
#include "doc/layers.h"
#include "rules/mapping/folder.h"
#include "rules/number_lists.h"
#include "rules/rule_field.h"
#include "rules/rules.h"
#include "rules/symbols.h"

/* --- evidence --- */

enum release {
    RELEASE_NONE,
    RELEASE_REMOTE_REFUSAL,
    RELEASE_OWN_CANCEL,
    RELEASE_REMOTE_CANCEL,
    RELEASE_OWN_REFUSAL,
    RELEASE_BYE,
    RELEASE_COUNT,
};

/* What a leg proves in one field. */
struct fact {
    bool present;
    uint16_t value; /* in the index (index.c); of a text its symbol */
    int32_t number;
    struct slice text;
};

struct evidence {
    struct fact fact[RULE_FIELD_COUNT];
    int64_t started_at;        /* for validity; NO_TIME: as of today's rules */
    const struct cause *cause; /* of hangup_cause; NULL when it is none we know */
    const struct announcement *announcement;
    const struct provider *provider;
    enum release release;
};

/* --- conditions --- */

enum atom_kind {
    ATOM_ABSENT,
    ATOM_PRESENT,
    ATOM_RANGE,
    ATOM_TEXT,
    ATOM_PREFIX,
    ATOM_GLOB
};

struct atom {
    enum atom_kind kind;
    int32_t min, max;  /* ATOM_RANGE; a single number has both alike */
    struct slice text; /* the other three */
    bool is_wide;      /* text has letters beyond ASCII */
};

/* Holds when any atom does; the other way round when NEGATED. */
struct cond {
    enum rule_field field;
    bool negated;
    size_t natoms;
    struct atom *atom;        /* owned */
    struct cond_order *order; /* of many atoms, owned; NULL: they are tried one by one */
};

struct rule {
    struct place place; /* for complaints */
    size_t layer;       /* the folder it is from; 0: the shipped one */
    /* Where it stands: as the rule of its id in the first folder that has one. */
    struct {
        const char *table; /* path in its folder */
        size_t layer, number;
    } at;
    const char *id, *why;
    struct cond *cond; /* owned */
    size_t nconds;
    uint8_t category;
    enum confidence confidence;
    category_set alternatives;
    const char *group;
    int64_t valid_from, valid_to; /* half-open; INT64_MIN, INT64_MAX: open */
    bool residual;                /* the index alone does not settle it */
};

/* --- facts --- */

struct cause {
    struct slice text;
    uint16_t symbol;
    int16_t q850; /* NO_CODE: none of Q.850's */
    uint8_t naive;
};

struct facts {
    struct cause *cause;
    size_t ncauses;
    uint16_t by_q850[Q850_MAX + 1]; /* one more than the place; 0: none */
    uint16_t by_number[1024];       /* FreeSWITCH's numbers of today, likewise */
    uint16_t of_sip[SIP_MAX + 1];   /* the cause FreeSWITCH makes of a bare code */
    const char *q850_name[Q850_MAX + 1], *sip_name[SIP_MAX + 1]; /* NULL: unknown */
};

struct announcement {
    struct slice text;
    uint16_t symbol;
    uint8_t category;
    category_set ruled_out; /* what cannot be, once this was heard */
};

struct pattern {
    struct atom atom;
    uint16_t provider; /* one more than the place */
};

struct provider {
    const char *id, *name;
    struct slice text; /* the id */
    uint16_t symbol;
    bool carrier;          /* false: our own phones, never a provider in reports */
    const char *direction; /* recognised by it where no gateway is named; NULL */
    struct place place;    /* for complaints */
    struct zone *zone;     /* of its local hours; owned; NULL: not known */
};

enum mark { MARK_GATEWAY, MARK_CALLER, MARK_NETWORK, MARK_COUNT };
extern const char *const mark_names[MARK_COUNT]; /* in mappings */

struct providers {
    struct provider *provider;
    size_t count;
    /* what cannot be looked up by its text alone, by mark */
    struct pattern *pattern[MARK_COUNT]; /* owned */
    size_t npatterns[MARK_COUNT];
};

/* --- the index --- */

/*
 * For every field that rules ask for: which rules a value still allows, as bits.
 * ANDed over the fields, the lowest bit is the rule that decides.
 */
struct index {
    size_t nfields, stride; /* stride: 64-bit pieces a mask */
    struct index_field {
        enum rule_field field;
        uint32_t *mask_at; /* by a fact's value: where its mask begins in MASK; owned */
        uint64_t *mask;    /* owned */
    } field[RULE_FIELD_COUNT];
    bool is_asked[RULE_FIELD_COUNT]; /* by some rule */
};

enum { DOCS_MAX = 8192 }; /* files; places point to them, so they do not move */
enum { WILD_MAX = 2000 }; /* patterns that begin with a star, of all rules together */

struct rules {
    struct doc_faults *faults; /* NULL: the first one ends it */
    struct layers layers;      /* the folders, the shipped one first */
    struct doc *doc;           /* owned; places point into it */
    size_t *layer;             /* of each doc; owned */
    size_t ndocs, nfacts;      /* all, and those before the tables */
    struct symbols symbols;
    struct category *category; /* of the taxonomy; owned */
    char *categories_json;     /* likewise */
    struct taxonomy taxonomy;
    struct facts facts;
    struct announcement *announcement;
    size_t nannouncements;
    struct providers providers;
    struct number_lists numbers;
    bool asks_whereabouts;      /* by a field from destination on, the last ones */
    uint16_t weekday_symbol[7]; /* Monday first */
    struct rule *rule;
    size_t count;
    struct index index;
    struct provider_info *info; /* the carriers; owned */
    size_t ninfo;
    uint16_t release_symbol[RELEASE_COUNT], side_symbol[2]; /* by enum; a, b */
    char identity[2 * DIGEST_BYTES + 1];
};

/* rules_load() of folders that are not on disk; FILE only until it returns. */
struct rules *rules_load_kept(const struct kept_file *file, size_t count,
                              struct err *err) MUST_USE;

/*
 * --- loading, in three steps so that tests can bring tables of their own ---
 *
 * rules_facts: everything of DIR but its tables.  rules_add_table: one table,
 * from memory.  rules_complete: look the whole list over, and be ready to decide.
 */
struct rules *rules_facts(const char *path, struct doc_faults *faults,
                          struct err *err) MUST_USE;

/* From here on the first fault ends it: what was noted was told. */
void rules_end_faults(struct rules *rules);

/* See doc_go_on(): the next entry may be read, or the whole set is refused. */
static inline bool rules_go_on(const struct rules *rules, struct err *err)
{
    return doc_go_on(rules->faults, err);
}

/* OK, or a fault that is noted. */
static inline bool rules_noted(const struct rules *rules, bool ok, struct err *err)
{
    return ok || rules_go_on(rules, err);
}
bool rules_add_table(struct rules *rules, const char *name, struct slice text,
                     struct err *err) MUST_USE;
bool rules_complete(struct rules *rules, struct err *err) MUST_USE;

/* --- loading: each part reads its file from RULES->doc[...] --- */

/*
 * The file NAME of every folder that has it, read; the shipped folder must.  Each holds
 * no other keys than KEYS.
 */
bool rules_layered(struct rules *rules, const char *name, const char *const *keys,
                   struct layered *files, struct err *err) MUST_USE;

/* The same of a list of files. */
bool rules_read(struct rules *rules, const struct folder_files *names,
                const char *const *keys, struct layered *files, struct err *err) MUST_USE;

/* READ each of MEMBERS, up to the first fault that is not to be noted. */
bool rules_read_members(struct rules *rules, const struct members *members,
                        bool (*read)(struct rules *rules, const struct place *place,
                                     const json_t *object, struct err *err),
                        struct err *err) MUST_USE;

/* DOC's name without its folder's: where a site keeps its folder makes no other set. */
const char *rules_name_in_folder(const struct rules *rules, const struct doc *doc);
bool taxonomy_load(struct rules *rules, struct err *err) MUST_USE;
bool facts_load(struct rules *rules, struct err *err) MUST_USE;
bool announcements_load(struct rules *rules, struct err *err) MUST_USE;
bool providers_load(struct rules *rules, struct err *err) MUST_USE;
bool ruleset_load(struct rules *rules, struct err *err) MUST_USE;

/*
 * The rules of one document, appended; one whose id an earlier folder has takes its
 * place.
 */
bool ruleset_read(struct rules *rules, const struct doc *doc, const char *table,
                  size_t layer, struct err *err) MUST_USE;
extern const char *const ruleset_keys[];

/* What only the whole list shows: ids, the default, rules that cannot be reached. */
bool ruleset_check(const struct rules *rules, struct err *err) MUST_USE;
void rule_free(struct rule *rule);

/* The number of category CODE; false with ERR at PLACE when nobody declared it. */
bool category_named(const struct rules *rules, const struct place *place, const char *key,
                    const char *code, uint8_t *category, struct err *err) MUST_USE;

/* The category whose code is most like CODE. */
struct nearest_hint category_nearest(const struct taxonomy *taxonomy, struct slice code);

/* The group of the category, or what all alternatives share, else "unknown". */
const char *outcome_group(const struct taxonomy *taxonomy, uint8_t category,
                          category_set alternatives);

/* Note that FIELD may take TEXT.  False with ERR when there are too many words. */
bool symbol_known(struct rules *rules, enum rule_field field, const char *text,
                  uint16_t *number, struct err *err) MUST_USE;

/* Read a condition.  KEY is its place for messages ("when.sip_code"). */
bool cond_read(const struct rules *rules, const struct place *place, const char *key,
               const json_t *value, struct cond *cond, struct err *err) MUST_USE;

/* One text pattern of a provider: "text", {"prefix": …} or {"glob": …}. */
bool atom_read_pattern(const struct place *place, const char *key, const json_t *value,
                       struct atom *atom, struct err *err) MUST_USE;

/* --- conditions as sets --- */

bool atom_holds(const struct atom *atom, const struct fact *fact);
bool cond_holds(const struct cond *cond, const struct fact *fact);
void cond_free(struct cond *cond);

/* Put the atoms of a long condition in order, so that a value tries few of them. */
void cond_put_in_order(struct cond *cond);
void cond_order_free(struct cond_order *order); /* NULL is allowed */

/* Does any atom hold? */
bool cond_order_holds(const struct cond_order *order, const struct fact *fact);

/* Whatever meets NARROW meets WIDE; either NULL: no condition on FIELD. */
bool cond_covers(const struct rules *rules, enum rule_field field,
                 const struct cond *wide, const struct cond *narrow);

/* Some value meets both. */
bool cond_overlaps(const struct rules *rules, enum rule_field field, const struct cond *a,
                   const struct cond *b);

/* A condition that is to hold, or not to.  A NULL one always holds. */
struct cond_part {
    const struct cond *cond;
    bool want;
};

/* Some value of FIELD does for all COUNT parts; those of other fields are passed over. */
bool cond_parts_meet(const struct rules *rules, enum rule_field field,
                     const struct cond_part *part, size_t count);

const struct cond *rule_cond(const struct rule *rule, enum rule_field field); /* NULL */
bool rule_covers(const struct rules *rules, const struct rule *wide,
                 const struct rule *narrow);
bool rule_overlaps(const struct rules *rules, const struct rule *a, const struct rule *b);

/* --- deciding --- */

const char *release_name(enum release release);
/* Which act a disposition names; RELEASE_NONE when it names none. */
enum release release_named(struct slice disposition);

/* How LEG ended: NAMED by its disposition, or told by everything else. */
enum release release_of(const struct leg *leg, enum release named,
                        const struct cause *cause, bool answered);

/* The cause that a leg names, by name or number; NULL. */
const struct cause *cause_of(const struct rules *rules, struct slice text);

/* The Q.850 value that cause and code together give away; NO_CODE. */
int16_t q850_implied(const struct rules *rules, const struct leg *leg,
                     const struct cause *cause, enum release release);

/* GATEWAY: the number of leg->gateway. */
const struct provider *provider_of(const struct rules *rules, const struct leg *leg,
                                   uint16_t gateway);

const struct provider *provider_with_id(const struct rules *rules,
                                        const char *id); /* NULL */

/* The carrier that a trunk of that NAME is; NULL. */
const struct provider *provider_of_gateway(const struct rules *rules, struct slice name);

/*
 * Did LEG go out?  Its direction says so.  The call grid of 2020 leaves the direction of
 * legs without their A-leg blank: then it went out when a trunk's own number placed it,
 * or an extension to what is none.
 */
bool is_outbound(const struct rules *rules, const struct leg *leg);

void evidence_of(const struct rules *rules, const struct leg *leg,
                 struct evidence *evidence);

/* Hour and weekday where LEG's provider is; when that was put in place of another. */
void evidence_set_local_time(const struct rules *rules, const struct leg *leg,
                             struct evidence *evidence);

/* Put PROVIDER in place of the one recognised (NULL: none). */
void evidence_set_provider(struct evidence *evidence, const struct provider *provider);

void index_build(struct rules *rules);
/* How the index knows a NUMBER that FIELD can be. */
uint16_t index_value_of_number(enum rule_field field, int32_t number);

/* Values the index tells apart, and the fact of one: a symbol, a number plus one, 0:
 * none. */
size_t index_values_of(const struct rules *rules, enum rule_field field);
struct fact index_fact_of(const struct rules *rules, enum rule_field field, size_t value);

/* Patterns and seconds have too many values to list; that there are none is one. */
bool cond_is_listed(const struct cond *cond);
void index_free(struct index *index);

/* The first rule that EVIDENCE meets. */
size_t index_find(const struct rules *rules, const struct evidence *evidence);
bool rule_holds(const struct rule *rule, const struct evidence *evidence,
                const struct cond **failed);

void decide(const struct rules *rules, const struct leg *leg,
            const struct evidence *evidence, struct outcome *outcome);

/* Let the announcement speak, once (see refine.c). */
void refine(const struct evidence *evidence, struct outcome *outcome);

const char *ended_by(const struct leg *leg, enum release release,
                     const struct outcome *outcome);

#endif

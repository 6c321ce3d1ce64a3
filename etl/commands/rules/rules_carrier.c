/*
 * rules_carrier.c - `rules new carrier NAME --from FILE`: a carrier's pack out of its
 * calls.
 *
 * Provider, cases and a sheet with a row for each combination of evidence.  Nothing of it
 * changes what is decided before its owner fills it in.
 */
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/rules/rules_command.h"
#include "commands/shared/mapping_path.h"
#include "rules/cases/cases.h"
#include "rules/sheet/sheet.h"

enum { CASES_EACH = 5 }; /* legs of one combination that become cases, at most */

struct carrier_pack {
    const char *name; /* as given */
    char *id;         /* of it, in small letters; owned */
    char *folder;     /* DIR/carriers/ID; owned */
    const char **gateway;
    size_t ngateways;           /* --gateway; none: called like the carrier */
    struct rules_source source; /* of its legs */
    struct sheet_draft *draft;  /* owned */
    struct counter own, others; /* trunks of its legs; trunks that are nobody's */
    struct buf cases;
    size_t ncases;
    const char *claimed; /* a carrier that one of the trunks belongs to already */
};

/* Kolo Telecom: kolo-telecom.  Absent when no letter is left. */
static char *id_of(const char *name)
{
    struct buf id = { 0 };
    char *text;

    for (; *name != '\0'; name++) {
        char c = ascii_lower(*name);
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';

        if (plain)
            buf_add_char(&id, c);
        else if (id.len > 0 && id.s[id.len - 1] != '-')
            buf_add_char(&id, '-');
    }
    while (id.len > 0 && id.s[id.len - 1] == '-')
        id.len--;
    text = id.len > 0 ? xstrndup(id.s, id.len) : NULL;
    buf_free(&id);
    return text;
}

/* A trunk called like the carrier, or like it with a number or word behind. */
static bool is_called_like(struct slice gateway, const char *name)
{
    size_t len = strlen(name);

    return gateway.len >= len &&
           slice_equal_nocase((struct slice){ gateway.s, len }, slice_of(name)) &&
           (gateway.len == len || strchr("-_. 0123456789", gateway.s[len]) != NULL);
}

static bool is_own_trunk(const struct carrier_pack *pack, struct slice gateway)
{
    for (size_t i = 0; i < pack->ngateways; i++)
        if (slice_equal_nocase(gateway, slice_of(pack->gateway[i])))
            return true;
    return pack->ngateways == 0 &&
           (is_called_like(gateway, pack->name) || is_called_like(gateway, pack->id));
}

static void pack_add_case(struct carrier_pack *pack, const struct leg *leg,
                          const struct outcome *outcome, const char *place)
{
    struct buf id = { 0 };
    struct rule_case row;

    buf_addf(&id, "%s-%zu", pack->id, ++pack->ncases);
    case_of_leg(pack->source.input.rules, leg, outcome,
                &(struct case_origin){ buf_cstr(&id), place }, &row);
    case_add_csv(&pack->cases, &row);
    case_row_free(&row);
    buf_free(&id);
}

static bool pack_put(void *to, const struct row *row, struct err *err)
{
    struct carrier_pack *pack = to;
    const struct leg *leg = &row->leg;
    const char *file = pack->source.file;
    struct buf place = { 0 };
    char key[37];
    uint64_t seen;

    (void)err;
    if (leg->gateway.s == NULL || !is_own_trunk(pack, leg->gateway)) {
        if (leg->gateway.s != NULL && row->outcome.provider == NULL &&
            pack->others.count < SHEET_DRAFT_MAX)
            counter_add(&pack->others, leg->gateway, SLICE_NONE);
        return true;
    }
    if (row->outcome.provider != NULL)
        pack->claimed = row->outcome.provider;
    if (pack->own.count < SHEET_DRAFT_MAX)
        counter_add(&pack->own, leg->gateway, SLICE_NONE);
    uuid_text(&leg->key, key);
    buf_add_text(&place, file != NULL ? file : key);
    if (file != NULL && leg->line_no > 0)
        buf_addf(&place, ":%" PRIu64, leg->line_no);
    seen = sheet_draft_add(pack->draft, leg, &row->outcome, buf_cstr(&place));
    if (seen > 0 && seen <= CASES_EACH)
        pack_add_case(pack, leg, &row->outcome, buf_cstr(&place));
    buf_free(&place);
    return true;
}

/* --- the files --- */

static bool pack_file(const struct carrier_pack *pack, const char *name,
                      const struct buf *text, struct err *err)
{
    struct buf path = { 0 };
    bool ok;

    buf_addf(&path, "%s/%s%s", pack->folder, name[0] == '.' ? pack->id : "", name);
    ok = rules_new_file(buf_cstr(&path), buf_slice(text), err);
    buf_free(&path);
    return ok;
}

static void add_provider(struct carrier_pack *pack, struct buf *out)
{
    buf_addf(out, "{\n  \"providers\": [\n    { \"id\": \"%s\", \"name\": ", pack->id);
    buf_add_json(out, slice_of(pack->name));
    buf_add_text(out, ",\n      \"gateway\": [");
    counter_sort(&pack->own);
    for (size_t i = 0; i < pack->own.count; i++) {
        buf_add_text(out, i > 0 ? ", " : "");
        buf_add_json(out, slice_of(pack->own.row[i].text));
    }
    buf_add_text(out, "] }\n  ]\n}\n");
}

static bool pack_write(struct carrier_pack *pack, struct err *err)
{
    struct buf provider = { 0 }, cases = { 0 }, sheet = { 0 }, name = { 0 };
    bool ok;

    add_provider(pack, &provider);
    case_add_header(&cases);
    buf_add_slice(&cases, buf_slice(&pack->cases));
    sheet_draft_write(pack->draft, pack->id, &sheet);
    buf_addf(&name, "65-%s.table.csv", pack->id);
    ok = rules_new_folder(pack->folder, err) &&
         pack_file(pack, "provider.json", &provider, err) &&
         pack_file(pack, ".csv", &cases, err) &&
         (sheet_draft_counts(pack->draft).rows == 0 ||
          pack_file(pack, buf_cstr(&name), &sheet, err));
    buf_free(&provider);
    buf_free(&cases);
    buf_free(&sheet);
    buf_free(&name);
    return ok;
}

static void pack_say(const struct carrier_pack *pack, const char *mappings)
{
    struct sheet_draft_counts counts = sheet_draft_counts(pack->draft);
    const char *id = pack->id, *folder = pack->folder;

    printf("%s: %" PRIu64 " legs over", folder, counts.legs);
    for (size_t i = 0; i < pack->own.count; i++)
        printf("%s %s", i > 0 ? "," : "", pack->own.row[i].text);
    printf("; rules before its table decide %" PRIu64 " of them\n", counts.before);
    printf("1. %s/%s.csv: %zu calls; write what each came to\n", folder, id,
           pack->ncases);
    if (counts.rows > 0) {
        printf("2. %s/65-%s.table.csv: %zu combinations; write what each means, or leave "
               "it to the cases\n",
               folder, id, counts.rows);
        printf("3. cdretl --mappings %s rules table %s --read %s/65-%s.table.csv --out "
               "%s/65-%s.json\n",
               mappings, id, folder, id, folder, id);
    }
    printf("cdretl --mappings %s rules lint says what is still to be filled in\n",
           mappings);
    if (counts.is_full)
        log_warn("there are more than %d combinations; the rest is left out",
                 SHEET_DRAFT_MAX);
}

/* --- what is asked for --- */

/* No leg is the carrier's: which trunks there are. */
static bool no_leg(struct carrier_pack *pack, struct err *err)
{
    enum { NAMED_AT_MOST = 8 };
    struct buf named = { 0 };

    counter_sort(&pack->others);
    for (size_t i = 0; i < pack->others.count && i < NAMED_AT_MOST; i++)
        buf_addf(&named, "%s%s (%" PRIu64 ")", i > 0 ? ", " : "",
                 pack->others.row[i].text, pack->others.row[i].count);
    if (pack->others.count == 0)
        err_set(err, EXIT_INPUT,
                "no leg goes over a trunk that is called %s, nor over one that is no "
                "carrier's yet",
                pack->ngateways > 0 ? pack->gateway[0] : pack->name);
    else
        err_set(err, EXIT_INPUT,
                "no leg goes over a trunk that is called %s; say which are its own with "
                "--gateway: %s",
                pack->ngateways > 0 ? pack->gateway[0] : pack->name, buf_cstr(&named));
    buf_free(&named);
    return false;
}

static bool pack_finish(struct carrier_pack *pack, const char *mappings, struct err *err)
{
    if (pack->own.count == 0)
        return no_leg(pack, err);
    if (pack->claimed != NULL)
        return err_set(err, EXIT_USAGE,
                       "the trunk is %s's already, see `cdretl rules list %s`",
                       pack->claimed, pack->claimed);
    if (!pack_write(pack, err))
        return false;
    pack_say(pack, mappings);
    return true;
}

/* STORED: calls of the database; else --from names files. */
static bool pack_make(struct carrier_pack *pack, const struct context *context,
                      const struct args *args, bool stored, const char *mappings,
                      struct err *err)
{
    struct rules_source *source = &pack->source;
    struct args files = *args;
    struct buf table = { 0 };
    const char **from = options_all(args, RULES_PERIOD + PERIOD_FROM, &files.nwords);
    bool ok;

    files.word = (char **)(uintptr_t)from;
    files.nwords = stored ? 0 : files.nwords;
    source->input.untested_rules = true;
    ok = rules_source_open(source, context, &files, stored, err);
    if (ok) {
        buf_addf(&table, "65-%s.json", pack->id);
        pack->draft = sheet_draft_new(source->input.rules, buf_cstr(&table));
        ok = rules_source_each(source, pack, pack_put, NULL, err) &&
             pack_finish(pack, mappings, err);
        sheet_draft_free(pack->draft);
    }
    rules_source_close(source);
    buf_free(&table);
    free(from);
    return ok;
}

/* The folder that the pack goes to: the last of the mappings, which is not the shipped
 * one.  NULL with ERR. */
static const char *own_folder(const struct context *context, struct err *err)
{
    char *shipped = mapping_path(NULL, 0, context->prefix);
    const char *colon = strrchr(context->mappings, ':');
    size_t len = strcspn(shipped, ":");
    bool is_shipped = colon == NULL && strlen(context->mappings) == len &&
                      strncmp(context->mappings, shipped, len) == 0;

    free(shipped);
    if (!is_shipped)
        return colon != NULL ? colon + 1 : context->mappings;
    err_set(err, EXIT_USAGE,
            "into which folder?  `cdretl rules new DIR` makes one of your own; then "
            "--mappings DIR");
    return NULL;
}

static bool pack_begin(struct carrier_pack *pack, const char *dir, struct err *err)
{
    struct buf path = { 0 };
    struct stat st;
    bool ok;

    pack->id = id_of(pack->name);
    if (pack->id == NULL)
        return err_set(err, EXIT_USAGE,
                       "\"%s\": a carrier's id has small Latin letters and digits; its "
                       "name can be changed in provider.json",
                       pack->name);
    buf_addf(&path, "%s/carriers", dir);
    ok = rules_new_folder(dir, err) && rules_new_folder(buf_cstr(&path), err);
    buf_addf(&path, "/%s", pack->id);
    pack->folder = xstrdup(buf_cstr(&path));
    buf_add_text(&path, "/provider.json");
    if (ok && stat(buf_cstr(&path), &st) == 0)
        ok = err_set(err, EXIT_USAGE,
                     "%s is there already; `cdretl rules cases` adds cases to %s/%s.csv",
                     buf_cstr(&path), pack->folder, pack->id);
    buf_free(&path);
    return ok;
}

enum exit_code rules_new_carrier(const struct context *context, const struct args *args,
                                 struct err *err)
{
    const char *const *period = args->option + RULES_PERIOD;
    bool stored = period[PERIOD_TO] != NULL || period[PERIOD_LAST] != NULL ||
                  period[PERIOD_MONTH] != NULL || period[PERIOD_YESTERDAY] != NULL;
    struct carrier_pack pack = { 0 };
    const char *dir;

    if (args->nwords != 2 || (!stored && period[PERIOD_FROM] == NULL)) {
        err_set(err, EXIT_USAGE,
                "rules new carrier takes a name, and calls: --from FILE, or a period of "
                "stored ones");
        return err->code;
    }
    pack.name = args->word[1];
    pack.gateway = options_all(args, RULES_GATEWAY, &pack.ngateways);
    dir = own_folder(context, err);
    if (dir != NULL && pack_begin(&pack, dir, err))
        (void)pack_make(&pack, context, args, stored, dir, err);
    counter_free(&pack.own);
    counter_free(&pack.others);
    buf_free(&pack.cases);
    free(pack.gateway);
    free(pack.id);
    free(pack.folder);
    return err->code;
}

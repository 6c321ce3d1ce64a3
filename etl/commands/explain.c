/*
 * explain.c - why one record gets its outcome.
 *
 * The record comes from a file, or from options that say what an export would,
 * and is understood by the same function as in a load; or from the database.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/shared/database.h"
#include "commands/shared/input_options.h"
#include "commands/shared/leg_query.h"
#include "db/row/row_read.h"
#include "leg/leg_parser.h"
#include "leg/sip_fields.h"
#include "leg/time/clock.h"

/* X(option, field) */
#define FIELDS_TO_EXPLAIN(X)                                                             \
    X("hangup-cause", HANGUP_CAUSE)                                                      \
    X("disposition", DISPOSITION)                                                        \
    X("sip-code", SIP_CODE)                                                              \
    X("q850", Q850)                                                                      \
    X("sip-reason", SIP_REASON)                                                          \
    X("sip-phrase", SIP_PHRASE)                                                          \
    X("gateway", GATEWAY)                                                                \
    X("caller", CALLER)                                                                  \
    X("destination", DESTINATION)                                                        \
    X("network-addr", NETWORK_ADDR)                                                      \
    X("direction", DIRECTION)                                                            \
    X("side", LEG)                                                                       \
    X("answered-at", ANSWERED_AT)                                                        \
    X("duration", DURATION)                                                              \
    X("bill-seconds", BILL_SECONDS)                                                      \
    X("ring-seconds", RING_SECONDS)                                                      \
    X("pdd-seconds", PDD_SECONDS)                                                        \
    X("talk-seconds", TALK_SECONDS)                                                      \
    X("early-media-seconds", BRIDGE_SECONDS)                                             \
    X("hangup-by", HANGUP_BY)                                                            \
    X("originate-disposition", ORIGINATE_DISPOSITION)                                    \
    X("amd-result", AMD_RESULT)                                                          \
    X("amd-cause", AMD_CAUSE)                                                            \
    X("announcement", ANNOUNCEMENT)                                                      \
    X("queue", QUEUE)                                                                    \
    X("queue-type", QUEUE_TYPE)                                                          \
    X("transfer-disposition", TRANSFER_DISPOSITION)                                      \
    X("domain", DOMAIN)                                                                  \
    X("schema", SCHEMA_NAME)                                                             \
    X("user", AGENT)                                                                     \
    X("started-at", STARTED_AT)

static const enum field fields[] = {
#define X(option, field) FIELD_##field,
    FIELDS_TO_EXPLAIN(X)
#undef X
};

enum {
    EXPLAIN_FIELDS = INTAKE_COUNT,
    EXPLAIN_PROVIDER = EXPLAIN_FIELDS + COUNTOF(fields),
    EXPLAIN_RECORD,
    EXPLAIN_LEG,
    EXPLAIN_COUNT,
};

static const struct option_row options[] = {
    INTAKE_OPTIONS,
#define X(option, field) { option, "TEXT", "the leg's " #field ", as an export says it" },
    FIELDS_TO_EXPLAIN(X)
#undef X
        [EXPLAIN_PROVIDER] = { "provider", "ID", "take the leg for this provider's" },
    [EXPLAIN_RECORD] = { "record", "FILE:LINE", "the record that begins on this line" },
    [EXPLAIN_LEG] = { "leg", "KEY", "the stored leg of this leg_key" },
};

static void explain_print_explanation(const struct rules *rules, const struct leg *leg,
                                      const struct explanation *how)
{
    struct buf out = { 0 };

    rules_explain(rules, leg, how, &out);
    fputs(buf_cstr(&out), stdout);
    buf_free(&out);
}

/* The rules; NULL with ERR, also when they do not know the carrier that is asked for. */
static struct rules *load_for(const struct context *context,
                              const struct explanation *how, struct err *err)
{
    struct rules *rules = rules_load(context->mappings, err);

    if (rules == NULL || rules_check_provider(rules, how->provider, err))
        return rules;
    rules_free(rules);
    return NULL;
}

static bool understand(const struct rules *rules,
                       const struct parse_options *parse_options, const struct rec *rec,
                       const struct explanation *how, struct err *err)
{
    struct leg_parser *parser = leg_parser_new(parse_options);
    struct reject reject = { 0 };
    struct leg leg;
    enum leg_got got = leg_parse(parser, rec, &leg, &reject);
    bool ok = got == LEG_DONE;

    if (ok)
        explain_print_explanation(rules, &leg, how);
    else if (got == LEG_NO_ZONE)
        err_set(err, EXIT_INPUT, "its times have no zone: say which one with --tz");
    else
        err_set(err, EXIT_INPUT, "the record is rejected: %s%s%s",
                reject_name(reject.code), reject.column != NULL ? " in " : "",
                reject.column != NULL ? reject.column : "");
    leg_parser_free(parser);
    return ok;
}

/* --- a record of a file --- */

static bool find_record(struct input_options *input, uint64_t line,
                        const struct explanation *how, struct err *err)
{
    struct reader *reader =
        reader_open(input->file[0], input->profiles, &input->options, err);
    enum reader_got got = READER_REC;
    struct reject reject;
    struct rec rec;
    bool found = false;

    if (reader == NULL)
        return false;
    while (!found && (got == READER_REC || got == READER_REJECT)) {
        got = reader_next(reader, &rec, &reject, err);
        found = (got == READER_REC && rec.line == line) ||
                (got == READER_REJECT && reject.line == line);
    }
    if (got == READER_END)
        err_set(err, EXIT_INPUT, "no record begins on line %" PRIu64, line);
    else if (found && got == READER_REJECT)
        err_set(err, EXIT_INPUT, "the record is rejected: %s", reject_name(reject.code));
    bool ok = found && got == READER_REC &&
              understand(input->rules, reader_parse_options(reader), &rec, how, err);
    reader_close(reader);
    return ok;
}

static bool explain_record(const struct context *context, const struct args *args,
                           const char *place, const struct explanation *how,
                           struct err *err)
{
    const char *colon = strrchr(place, ':');
    struct input_options input = { 0 };
    int64_t line = 0;

    if (colon == NULL || !slice_int(slice_of(colon + 1), &line) || line < 1)
        return err_set(err, EXIT_USAGE, "--record is FILE:LINE, not \"%s\"", place);

    char *file = xstrndup(place, (size_t)(colon - place));
    struct args files = *args;

    files.word = &file;
    files.nwords = 1;
    input.untested_rules = true; /* also why a case fails is to be explained */
    bool ok =
        input_open(&input, context, &files, err) &&
        rules_check_provider(input.rules, how->provider, err) &&
        (find_record(&input, (uint64_t)line, how, err) || err_at(err, "%s: ", place));
    input_close(&input);
    free(file);
    return ok;
}

/* --- a record of options --- */

static void explain_fill(struct rec *rec, const struct args *args, char now[static 25])
{
    const char *provider = args->option[EXPLAIN_PROVIDER];
    struct timespec at;

    for (size_t i = 0; i < COUNTOF(fields); i++) {
        const char *text = args->option[EXPLAIN_FIELDS + i];

        rec->field[fields[i]] = slice_of(text);
        rec->column[fields[i]] = text != NULL ? options[EXPLAIN_FIELDS + i].name : NULL;
    }
    if (provider != NULL && rec->field[FIELD_GATEWAY].s == NULL)
        rec->field[strcmp(provider, "internal") == 0 ? FIELD_DIRECTION : FIELD_GATEWAY] =
            slice_of(provider);
    clock_gettime(CLOCK_REALTIME, &at);
    instant_iso((int64_t)at.tv_sec * MS_PER_S, now);
    if (rec->field[FIELD_STARTED_AT].s == NULL)
        rec->field[FIELD_STARTED_AT] = slice_of(now);
    rec->field[FIELD_UUID] = slice_of("00000000-0000-8000-8000-000000000000");
}

/* What cannot be read is absent evidence in an export, but a slip of the pen here. */
static bool check_values(const struct rec *rec, struct err *err)
{
    struct slice code = rec->field[FIELD_SIP_CODE], q850 = rec->field[FIELD_Q850],
                 side = rec->field[FIELD_LEG];

    if (code.s != NULL && sip_fields_sip_code(code) == NO_CODE)
        return err_set(err, EXIT_USAGE,
                       "--sip-code is such as 486, not \"" SLICE_FMT "\"",
                       SLICE_ARG(code));
    if (q850.s != NULL && sip_fields_q850(q850) == NO_CODE)
        return err_set(err, EXIT_USAGE, "--q850 is 1 to 127, not \"" SLICE_FMT "\"",
                       SLICE_ARG(q850));
    if (side.s != NULL && !slice_equal_nocase(side, slice_of("a")) &&
        !slice_equal_nocase(side, slice_of("b")))
        return err_set(err, EXIT_USAGE, "--side is A or B, not \"" SLICE_FMT "\"",
                       SLICE_ARG(side));
    return true;
}

static bool explain_options(const struct context *context, const struct args *args,
                            const struct explanation *how, struct err *err)
{
    struct rules *rules = load_for(context, how, err);
    struct number_plan *numbers =
        rules != NULL ? number_plan_load(context->mappings, err) : NULL;
    struct zone *zone = zone_open(context->tz != NULL ? context->tz : "UTC", err);
    struct rec rec = { 0 };
    char now[25];
    bool ok = numbers != NULL && zone != NULL;

    if (ok) {
        struct parse_options parse_options = {
            .zone = zone, .day = NO_DAY, .numbers = numbers, .now = INT64_MAX / 2
        };

        explain_fill(&rec, args, now);
        ok = check_values(&rec, err) && understand(rules, &parse_options, &rec, how, err);
    }
    zone_free(zone);
    number_plan_free(numbers);
    rules_free(rules);
    return ok;
}

/* --- a stored leg: the rules asked again, with the evidence that the database keeps ---
 */

struct asked {
    const struct rules *rules;
    const struct explanation *how;
    bool found;
};

static void print_stored(const struct rules *rules, const struct leg *leg,
                         const struct slice *value)
{
    struct slice category = value[row_column_named("category")];
    struct slice confidence = value[row_column_named("confidence")];
    struct outcome now;

    rules_decide(rules, leg, &now);

    bool same = slice_is(category, now.taxonomy->category[now.category].code) &&
                slice_is(confidence, confidence_name(now.confidence));

    printf("stored\n  " SLICE_FMT " " SLICE_FMT " by rule " SLICE_FMT "%s\n",
           SLICE_ARG(category), SLICE_ARG(confidence),
           SLICE_ARG(value[row_column_named("rule_id")]),
           same ? "" : "; recompute would change it");
}

static void print_stored_leg(void *to, const struct leg *leg, const struct slice *value)
{
    struct asked *asked = to;
    struct buf out = { 0 };

    rules_explain(asked->rules, leg, asked->how, &out);
    fputs(buf_cstr(&out), stdout);
    if (!asked->how->json)
        print_stored(asked->rules, leg, value);
    buf_free(&out);
    asked->found = true;
}

/*
 * Explain the stored leg of that KEY, and say what is stored where the rules now say
 * otherwise.  False with ERR: no such leg, no database.
 */
static bool explain_stored(const struct rules *rules, const struct context *context,
                           const char *key, const struct explanation *how,
                           struct err *err)
{
    struct asked asked = { .rules = rules, .how = how };
    struct uuid uuid;
    char text[37];

    if (!uuid_read(slice_of(key), &uuid))
        return err_set(err, EXIT_USAGE, "--leg is a leg_key, a uuid, not \"%s\"", key);
    uuid_text(&uuid, text);

    struct db *db = database_open(context, err);
    bool ok = db != NULL && leg_query_by_key(db, text, print_stored_leg, &asked, err);

    db_close(db);
    if (ok && !asked.found)
        return err_set(err, EXIT_INPUT, "the database holds no leg %s", text);
    return ok;
}

static bool explain_key(const struct context *context, const char *key,
                        const struct explanation *how, struct err *err)
{
    struct rules *rules = load_for(context, how, err);
    bool ok = rules != NULL && explain_stored(rules, context, key, how, err);

    rules_free(rules);
    return ok;
}

static enum exit_code explain_command(const struct context *context,
                                      const struct args *args, struct err *err)
{
    struct explanation how = { args->option[EXPLAIN_PROVIDER], context->json };
    bool told = how.provider != NULL;

    for (size_t i = 0; i < COUNTOF(fields); i++)
        told = told || args->option[EXPLAIN_FIELDS + i] != NULL;
    if (args->option[EXPLAIN_RECORD] != NULL)
        (void)explain_record(context, args, args->option[EXPLAIN_RECORD], &how, err);
    else if (args->option[EXPLAIN_LEG] != NULL)
        (void)explain_key(context, args->option[EXPLAIN_LEG], &how, err);
    else if (told)
        (void)explain_options(context, args, &how, err);
    else
        err_set(
            err, EXIT_USAGE,
            "say which record: --record FILE:LINE, --leg KEY, or what it says, such as "
            "--hangup-cause USER_BUSY --disposition recv_refuse --sip-code 486");
    return err->code;
}

const struct command command_explain = {
    .name = "explain",
    .has_json = true,
    .synopsis = "--record FILE:LINE | --leg KEY | --hangup-cause CAUSE ...",
    .summary = "Says why a record gets its outcome: every rule, and what it failed on",
    .options = options,
    .noptions = COUNTOF(options),
    .run = explain_command,
};

/*
 * flow.c - the program in small.
 */
#include "flow.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/stop.h"
#include "leg/adjacency.h"
#include "leg/leg_name.h"
#include "leg/leg_parser.h"
#include "leg/time/clock.h"

enum { PROGRESS_EVERY = 4096 /* records */ };

/* What one read_records of the loop remembers from record to record. */
struct flow_state {
    const struct flow *flow;
    struct leg_parser *parser;
    struct leg_names *names;
    struct adjacency above;
    struct reject first; /* of all rejects, for a file in which there is nothing else */
    struct buf first_text;
    uint64_t kept;
    uint64_t lone_b; /* records that say they are B-legs and name no parent */
    struct row row;  /* the current one: its ids are the file's */
};

static const char *reject_column(const struct reject *reject)
{
    return reject->column != NULL ? reject->column : "";
}

static bool over_limit(const struct flow *flow)
{
    const struct reject_limit *limit = &flow->limit;

    return limit->is_set && limit->percent < 0 &&
           report_rejected(flow->report) > limit->count;
}

static bool too_many(const struct flow *flow, struct err *err)
{
    return err_set(err, EXIT_TOO_MANY,
                   "%" PRIu64 " of %" PRIu64 " records rejected, more than --max-rejects "
                   "allows; nothing of the file was kept",
                   report_rejected(flow->report), flow->report->records);
}

static bool reject_record(struct flow_state *state, const struct reject *reject,
                          struct err *err)
{
    const struct flow *flow = state->flow;

    state->above.is_set = false; /* what follows is not directly below it */
    if (report_rejected(flow->report) == 0) {
        state->first = *reject;
        buf_addf(&state->first_text, "%.*s", (int)strlen(reject_column(reject)),
                 reject_column(reject));
    }
    flow->report->rejected[reject->code]++;
    if (over_limit(flow))
        return too_many(flow, err);
    return flow->put_reject == NULL || flow->put_reject(flow->to, reject, err);
}

static bool no_zone(struct slice time, struct err *err)
{
    return err_set(
        err, EXIT_INPUT,
        "the times (\"" SLICE_FMT
        "\") have no time zone: say which one with --tz, e.g. --tz Europe/Kyiv",
        SLICE_ARG(time));
}

/*
 * The keys of a leg.  A name must not know what the row does not say, so numbers that
 * stay away go first; which rows are neighbours is seen before they go.
 */
static void flow_identify(struct flow_state *state, struct leg *leg)
{
    const struct flow *flow = state->flow;
    const struct dialled_number destination = { leg->destination, leg->destination_e164 };

    if (flow->suppress != NULL)
        flow->suppress(flow->to, leg);
    if (!leg->has_id && !flow->nameless)
        leg_name(state->names, leg);
    if (flow->adjacency)
        adjacency_link(&state->above, leg, &destination);
}

/* One record: understand it, decide it, hand it on. */
static bool process_record(struct flow_state *state, const struct rec *rec,
                           struct err *err)
{
    const struct flow *flow = state->flow;
    struct reject reject = { .line = rec->line, .offset = rec->offset, .text = rec->raw };
    struct row *row = &state->row;

    switch (leg_parse(state->parser, rec, &row->leg, &reject)) {
    case LEG_DONE:
        break;
    case LEG_REJECT:
        return reject_record(state, &reject, err);
    case LEG_NO_ZONE:
        return no_zone(reject.text, err);
    }
    state->lone_b += row->leg.side == 'b' && row->leg.linked_by == LINK_NONE;
    flow_identify(state, &row->leg);
    if (spans_have(&flow->purged, row->leg.started_at)) {
        reject.code = REJECT_PURGED;
        reject.column = rec->column[FIELD_STARTED_AT];
        return reject_record(state, &reject, err);
    }
    if (row->leg.is_wall_clock && flow->report->zone == NULL)
        flow->report->zone = xstrdup(zone_name(reader_parse_options(flow->reader)->zone));
    rules_decide(flow->rules, &row->leg, &row->outcome);
    flow->report->ambiguous_times += row->leg.repeated_hour;
    state->kept++;
    if (flow->leg_counter != NULL && !leg_counter_add(flow->leg_counter, row, err))
        return false;
    return flow->put == NULL || flow->put(flow->to, row, err);
}

/* The file was whole: was it also any good? */
static bool check_limits(const struct flow_state *state, struct err *err)
{
    const struct flow *flow = state->flow;
    const struct reject_limit *limit = &flow->limit;
    uint64_t records = flow->report->records, rejected = report_rejected(flow->report);

    if (records > 0 && state->kept == 0) {
        const struct reject *first = &state->first;
        bool time = first->code == REJECT_BAD_TIME;

        return err_set(err, EXIT_INPUT,
                       "every record is rejected; the first, %s %" PRIu64 ": %s%s%.*s%s",
                       first->line != 0 ? "line" : "at byte",
                       first->line != 0 ? first->line : first->offset,
                       reject_name(first->code),
                       state->first_text.len != 0 ? " in column " : "",
                       (int)state->first_text.len, state->first_text.s,
                       time ? "; where the export shows times without their day, say it "
                              "with --date YYYY-MM-DD"
                            : "");
    }
    if (limit->is_set && limit->percent >= 0 &&
        (double)rejected * 100 > limit->percent * (double)records)
        return too_many(flow, err);
    return true;
}

static bool read_records(struct flow_state *state, struct err *err)
{
    const struct flow *flow = state->flow;
    struct rec rec;
    struct reject reject;

    for (;;) {
        enum reader_got got = reader_next(flow->reader, &rec, &reject, err);

        if (got == READER_FAILED || stop_asked(err))
            return false;
        if (got == READER_END)
            return check_limits(state, err);
        if (++flow->report->records % PROGRESS_EVERY == 0 && flow->progress != NULL)
            flow->progress(flow);
        if (got == READER_REC ? !process_record(state, &rec, err)
                              : !reject_record(state, &reject, err))
            return false;
    }
}

static void warn_lone_b(const struct flow_state *state)
{
    uint64_t count = state->lone_b;

    if (count > 0)
        report_warn(state->flow->report,
                    "%" PRIu64 " record%s of B-legs name%s no parent (parent_uuid, "
                    "parent_id): they cannot be put together with their A-legs, and each "
                    "counts as a call; export that column too",
                    count, count == 1 ? "" : "s", count == 1 ? "s" : "");
}

void flow_decide(const void *rules, const struct leg *leg, struct outcome *outcome)
{
    rules_decide(rules, leg, outcome);
}

bool flow_run(const struct flow *flow, struct err *err)
{
    struct flow_state state = { .flow = flow,
                                .parser =
                                    leg_parser_new(reader_parse_options(flow->reader)),
                                .names = leg_names_new(flow->name_key),
                                .row = { .ruleset_id = flow->ruleset_id,
                                         .run_id = flow->run_id,
                                         .file_id = flow->file_id } };

    flow->report->taxonomy = rules_taxonomy(flow->rules);

    bool ok = read_records(&state, err);

    reader_report(flow->reader, flow->report);
    warn_lone_b(&state);
    leg_parser_free(state.parser);
    leg_names_free(state.names);
    buf_free(&state.first_text);
    return ok;
}

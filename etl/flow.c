/*
 * flow.c - the program in small.
 */
#include "flow.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/stop.h"
#include "leg/adjacency.h"
#include "leg/leg_parser.h"

enum { PROGRESS_EVERY = 4096 /* records */ };

/* What one run of the loop remembers from record to record. */
struct carrier {
    const struct flow *flow;
    struct leg_parser *parser;
    struct neighbour above;
    struct reject first; /* of all rejects, for a file in which there is nothing else */
    struct buf first_text;
    uint64_t kept;
    struct row row; /* the one at hand: its ids are the file's */
};

static const char *column_of(const struct reject *reject)
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

static bool set_aside(struct carrier *carrier, const struct reject *reject,
                      struct err *err)
{
    const struct flow *flow = carrier->flow;

    carrier->above.is_set = false; /* what follows is not directly below it */
    if (report_rejected(flow->report) == 0) {
        carrier->first = *reject;
        buf_addf(&carrier->first_text, "%.*s", (int)strlen(column_of(reject)),
                 column_of(reject));
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

/* One record, from what was said to where it goes. */
static bool carry(struct carrier *carrier, const struct rec *rec, struct err *err)
{
    const struct flow *flow = carrier->flow;
    struct reject reject = { .line = rec->line, .offset = rec->offset, .text = rec->raw };
    struct row *row = &carrier->row;

    switch (leg_parse(carrier->parser, rec, &row->leg, &reject)) {
    case LEG_DONE:
        break;
    case LEG_REJECT:
        return set_aside(carrier, &reject, err);
    case LEG_NO_ZONE:
        return no_zone(reject.text, err);
    }
    if (flow->adjacency)
        neighbour_link(&carrier->above, &row->leg);
    if (spans_have(&flow->purged, row->leg.started_at)) {
        reject.code = REJECT_PURGED;
        reject.column = rec->column[FIELD_STARTED_AT];
        return set_aside(carrier, &reject, err);
    }
    rules_decide(flow->rules, &row->leg, &row->outcome);
    flow->report->ambiguous_times += row->leg.repeated_hour;
    carrier->kept++;
    if (flow->census != NULL && !census_add(flow->census, row, err))
        return false;
    return flow->put == NULL || flow->put(flow->to, row, err);
}

/* The file was whole: was it also any good? */
static bool judge(const struct carrier *carrier, struct err *err)
{
    const struct flow *flow = carrier->flow;
    const struct reject_limit *limit = &flow->limit;
    uint64_t records = flow->report->records, rejected = report_rejected(flow->report);

    if (records > 0 && carrier->kept == 0) {
        const struct reject *first = &carrier->first;
        bool time = first->code == REJECT_BAD_TIME;

        return err_set(err, EXIT_INPUT,
                       "every record is rejected; the first, %s %" PRIu64 ": %s%s%.*s%s",
                       first->line != 0 ? "line" : "at byte",
                       first->line != 0 ? first->line : first->offset,
                       reject_name(first->code),
                       carrier->first_text.len != 0 ? " in column " : "",
                       (int)carrier->first_text.len, carrier->first_text.s,
                       time ? "; where the export shows times without their day, say it "
                              "with --date YYYY-MM-DD"
                            : "");
    }
    if (limit->is_set && limit->percent >= 0 &&
        (double)rejected * 100 > limit->percent * (double)records)
        return too_many(flow, err);
    return true;
}

static bool run(struct carrier *carrier, struct err *err)
{
    const struct flow *flow = carrier->flow;
    struct rec rec;
    struct reject reject;

    for (;;) {
        enum reader_got got = reader_next(flow->reader, &rec, &reject, err);

        if (got == READER_FAILED || stop_asked(err))
            return false;
        if (got == READER_END)
            return judge(carrier, err);
        if (++flow->report->records % PROGRESS_EVERY == 0 && flow->progress != NULL)
            flow->progress(flow);
        if (got == READER_REC ? !carry(carrier, &rec, err)
                              : !set_aside(carrier, &reject, err))
            return false;
    }
}

void flow_decide(const void *rules, const struct leg *leg, struct outcome *outcome)
{
    rules_decide(rules, leg, outcome);
}

bool flow_run(const struct flow *flow, struct err *err)
{
    struct carrier carrier = { .flow = flow,
                               .parser = leg_parser_new(reader_traits(flow->reader)),
                               .row = { .ruleset_id = flow->ruleset_id,
                                        .run_id = flow->run_id,
                                        .file_id = flow->file_id } };

    flow->report->taxonomy = rules_taxonomy(flow->rules);

    bool ok = run(&carrier, err);

    reader_report(flow->reader, flow->report);
    leg_parser_free(carrier.parser);
    buf_free(&carrier.first_text);
    return ok;
}

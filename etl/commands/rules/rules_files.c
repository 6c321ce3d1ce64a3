/*
 * rules_files.c - what the subcommands of `rules` share that look at traffic: legs of
 * exports and of the database.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "commands/shared/database.h"
#include "commands/shared/leg_query.h"

enum { LINES_AT_MOST = 30 };

bool rules_read_limit(const struct args *args, size_t *limit, struct err *err)
{
    const char *text = args->option[RULES_LIMIT];
    int64_t value = LINES_AT_MOST;

    if (text != NULL && (!slice_int(slice_of(text), &value) || value < 1))
        return err_set(err, EXIT_USAGE, "--limit is a whole number from 1 up, not \"%s\"",
                       text);
    *limit = (size_t)value;
    return true;
}

void rules_add_outcome(struct buf *out, const struct outcome *outcome)
{
    outcome_add(out, outcome->taxonomy, outcome->category, outcome->confidence,
                outcome->alternatives);
}

bool rules_source_open(struct rules_source *source, const struct context *context,
                       const struct args *files, bool stored, struct err *err)
{
    source->context = context;
    if (!stored)
        return input_open(&source->input, context, files, err);
    if (files->nwords > 0)
        return err_set(err, EXIT_USAGE, "files or a period of stored legs: choose one");
    source->period = files->option + RULES_PERIOD;
    source->input.rules = rules_load(context->mappings, err);
    return source->input.rules != NULL && period_check(source->period, true, err);
}

void rules_source_close(struct rules_source *source)
{
    input_close(&source->input);
}

static bool each_of_file(struct rules_source *source, size_t i, void *to, put_fn put,
                         put_reject_fn put_reject, struct err *err)
{
    struct input_options *input = &source->input;
    struct reader *reader =
        reader_open(input->file[i], input->profiles, &input->options, err);

    if (reader == NULL)
        return err_at(err, "%s: ", input->file[i]);

    struct flow flow = input_flow(input, reader, &input->report[i]);

    flow.to = to;
    flow.put = put;
    flow.put_reject = put_reject;
    flow.nameless = true;
    source->file = input->file[i];

    bool ok = flow_run(&flow, err) || err_at(err, "%s: ", input->file[i]);

    input_progress_done(input);
    reader_close(reader);
    return ok;
}

struct stored_legs {
    const struct rules *rules;
    void *to;
    put_fn put;
    struct row row;
    struct err err;
};

static void put_stored(void *to, const struct leg *leg, const struct slice *value)
{
    struct stored_legs *legs = to;

    (void)value;
    if (legs->err.code != EXIT_DONE)
        return;
    legs->row.leg = *leg;
    rules_decide(legs->rules, leg, &legs->row.outcome);
    (void)legs->put(legs->to, &legs->row, &legs->err);
}

static bool each_stored(const struct rules_source *source, void *to, put_fn put,
                        struct err *err)
{
    struct stored_legs legs = { .rules = source->input.rules, .to = to, .put = put };
    struct period period;
    struct db *db = database_open(source->context, err);
    bool ok = db != NULL &&
              period_read_alone(db, source->period, source->context->tz, &period, err) &&
              leg_query_between(db, period.from, period.to, put_stored, &legs, err);

    db_close(db);
    return ok && (legs.err.code == EXIT_DONE || err_pass(err, &legs.err));
}

bool rules_source_each(struct rules_source *source, void *to, put_fn put,
                       put_reject_fn put_reject, struct err *err)
{
    bool ok = true;

    if (source->period != NULL)
        return each_stored(source, to, put, err);
    for (size_t i = 0; ok && i < source->input.nfiles; i++)
        ok = each_of_file(source, i, to, put, put_reject, err);
    return ok;
}

/*
 * rules_files.c - what the subcommands of `rules` share that look at traffic: legs of
 * exports and of the database.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/rules/rules_command.h"
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

bool rules_each_leg(struct input_options *input, void *to, put_fn put,
                    put_reject_fn put_reject, const char **file, struct err *err)
{
    for (size_t i = 0; i < input->nfiles; i++) {
        struct reader *reader =
            reader_open(input->file[i], input->profiles, &input->options, err);

        if (reader == NULL)
            return err_at(err, "%s: ", input->file[i]);

        struct flow flow = input_flow(input, reader, &input->report[i]);

        flow.to = to;
        flow.put = put;
        flow.put_reject = put_reject;
        flow.nameless = true;
        if (file != NULL)
            *file = input->file[i];
        bool ok = flow_run(&flow, err);
        input_progress_done(input);
        reader_close(reader);
        if (!ok)
            return err_at(err, "%s: ", input->file[i]);
    }
    return true;
}

void rules_add_outcome(struct buf *out, const struct outcome *outcome)
{
    outcome_add(out, outcome->taxonomy, outcome->category, outcome->confidence,
                outcome->alternatives);
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
    legs->row.leg = *leg;
    rules_decide(legs->rules, leg, &legs->row.outcome);
    if (legs->err.code == EXIT_DONE && !legs->put(legs->to, &legs->row, &legs->err))
        return;
}

bool rules_each_stored(const struct rules *rules, const struct context *context,
                       const struct args *args, void *to, put_fn put, struct err *err)
{
    const char *const *option = args->option + RULES_PERIOD;
    struct stored_legs legs = { .rules = rules, .to = to, .put = put };
    struct period period;

    if (!period_check(option, true, err))
        return false;

    struct db *db = db_open(context->db, err);
    bool ok = db != NULL && period_read_alone(db, option, context->tz, &period, err) &&
              leg_query_between(db, period.from, period.to, put_stored, &legs, err);

    db_close(db);
    return ok && (legs.err.code == EXIT_DONE || err_pass(err, &legs.err));
}

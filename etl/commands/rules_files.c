/*
 * rules_files.c - `rules suggest`, and what it shares with `rules diff`: legs of
 * exports, and tables of what was counted.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/rules_command.h"
#include "output/text_table.h"
#include "rules/analysis/case_row.h"

enum { LINES_AT_MOST = 30 };

static const char separator = '\t';

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

bool rules_each_leg(struct input_options *input, void *to, put_fn put, const char **file,
                    struct err *err)
{
    for (size_t i = 0; i < input->nfiles; i++) {
        struct reader *reader =
            reader_open(input->file[i], input->profiles, &input->options, err);

        if (reader == NULL)
            return err_at(err, "%s: ", input->file[i]);

        struct flow flow = input_flow(input, reader, &input->report[i]);

        flow.to = to;
        flow.put = put;
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

/* The texts between TEXT's tabs, which are cut; NCELLS of them. */
static void cut(char *text, const char **cell, size_t ncells)
{
    static char none[] = "";

    for (size_t i = 0; i < ncells; i++) {
        char *end = strchr(text, separator);

        cell[i] = text;
        text = end != NULL ? end + 1 : none;
        if (end != NULL)
            *end = '\0';
    }
}

/* Rows of a counter as a table: the count, and the cells of its text. */
void rules_print_counter(struct counter *counter, const char *const *head,
                         const char *spec, size_t limit)
{
    size_t rows = counter->count < limit ? counter->count : limit;
    size_t ncolumns = text_table_columns(spec);
    const char **cell = xcalloc((rows + 1) * ncolumns, sizeof *cell);
    char(*count)[24] = xcalloc(rows + 1, sizeof *count);

    bool examples = strcmp(head[ncolumns - 1], "example") == 0;

    memcpy(cell, head, ncolumns * sizeof *cell);
    for (size_t row = 0; row < rows; row++) {
        const char **at = cell + (row + 1) * ncolumns;

        (void)snprintf(count[row], sizeof *count, "%" PRIu64, counter->row[row].count);
        at[0] = count[row];
        cut(counter->row[row].text, at + 1, ncolumns - 1 - examples);
        if (examples)
            at[ncolumns - 1] =
                counter->row[row].example != NULL ? counter->row[row].example : "";
    }
    text_table_print(cell, rows + 1, spec, true);
    if (rows < counter->count)
        printf("  and %zu more kinds (--limit)\n", counter->count - rows);
    free(cell);
    free(count);
}

void rules_add_outcome(struct buf *out, const struct outcome *outcome)
{
    outcome_add(out, outcome->taxonomy, outcome->category, outcome->confidence,
                outcome->alternatives);
}

void rules_add_json_lines(struct buf *out, const struct buf *lines)
{
    struct slice rest = buf_slice(lines);
    const char *between = "";

    while (rest.len != 0) {
        struct slice line = slice_before(rest, '\n');

        buf_add_text(out, between);
        buf_add_json(out, line);
        between = ",";
        rest.s += line.len + 1;
        rest.len -= line.len + 1;
    }
}

/* --- suggest --- */

struct suggestion {
    const struct rules *rules;
    struct counter kinds;
    struct buf key;
    uint64_t legs, open;
};

static void rules_files_add_text(struct buf *key, struct slice text)
{
    if (text.len == 0)
        buf_add_char(key, '-');
    while (text.len != 0) {
        struct slice part = slice_before(text, separator);
        size_t used = part.len < text.len ? part.len + 1 : part.len;

        buf_add_slice(key, part);
        if (used > part.len)
            buf_add_char(key, ' ');
        text.s += used;
        text.len -= used;
    }
    buf_add_char(key, separator);
}

static void add_code(struct buf *key, int code)
{
    if (code != NO_CODE)
        buf_addf(key, "%d", code);
    else
        buf_add_char(key, '-');
    buf_add_char(key, separator);
}

/* Legs of a trunk that only general rules decide, and not for sure. */
static bool suggest_leg(void *to, const struct row *row, struct err *err)
{
    struct suggestion *suggestion = to;
    const struct outcome *outcome = &row->outcome;
    const struct leg *leg = &row->leg;

    (void)err;
    suggestion->legs++;
    if (outcome->confidence == CERTAIN || outcome->answered ||
        (leg->gateway.s == NULL && outcome->provider == NULL) ||
        rules_is_specific(suggestion->rules, outcome->rule))
        return true;
    suggestion->open++;
    buf_reset(&suggestion->key);
    rules_files_add_text(&suggestion->key, leg->gateway.s != NULL
                                               ? leg->gateway
                                               : slice_of(outcome->provider));
    rules_files_add_text(&suggestion->key, slice_of(outcome->release));
    rules_files_add_text(&suggestion->key, leg->hangup_cause);
    add_code(&suggestion->key, leg->sip_code);
    add_code(&suggestion->key, leg->q850 != NO_CODE ? leg->q850 : outcome->q850_implied);
    rules_add_outcome(&suggestion->key, outcome);
    buf_addf(&suggestion->key, "\t%s", outcome->rule_id);
    counter_add(&suggestion->kinds, buf_slice(&suggestion->key), SLICE_NONE);
    return true;
}

enum exit_code rules_command_suggest(const struct context *context,
                                     const struct args *args, struct err *err)
{
    static const char *const head[] = { "legs",     "gateway", "release", "hangup cause",
                                        "sip code", "q850",    "now",     "by" };
    struct suggestion suggestion = { 0 };
    struct input_options input = { 0 };
    size_t limit = LINES_AT_MOST;

    if (rules_read_limit(args, &limit, err) && input_open(&input, context, args, err)) {
        suggestion.rules = input.rules;
        if (rules_each_leg(&input, &suggestion, suggest_leg, NULL, err)) {
            counter_sort(&suggestion.kinds);
            if (suggestion.kinds.count > 0)
                rules_print_counter(&suggestion.kinds, head, "rtlt4rr5tt3", limit);
            printf("%" PRIu64 " of %" PRIu64 " legs went over a trunk and are decided by "
                   "general rules, not for sure; a rule of the provider's own would be "
                   "worth most at the top\n",
                   suggestion.open, suggestion.legs);
        }
    }
    counter_free(&suggestion.kinds);
    buf_free(&suggestion.key);
    input_close(&input);
    return err->code;
}

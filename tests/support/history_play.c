/*
 * history_play.c - histories played, and held against one load of everything.
 */
#include <time.h>

#include "base/base.h"
#include "flow.h"
#include "leg/time/clock.h"
#include "loader/recompute/recompute.h"
#include "loader/unload.h"
#include "support/export.h"
#include "support/history.h"

struct play {
    struct db *db;
    const struct history *history;
    const struct history_rules *rules;
    bool is_there[HISTORY_EXPORTS]; /* in the end, in whatever dress */
    struct buf *why;
};

static bool say_error(struct play *play, const char *what, const struct err *err)
{
    buf_addf(play->why, "  %s: %s\n", what, err->text);
    return false;
}

static struct run *start(struct play *play, const char *kind, size_t rules, bool again)
{
    struct run_settings settings = { .kind = kind,
                                     .again = again,
                                     .decide = play->rules[rules].decide,
                                     .rules = play->rules[rules].rules,
                                     .ruleset_id = play->rules[rules].ruleset_id,
                                     .taxonomy = play->rules[rules].taxonomy };
    struct err err = { 0 };
    struct run *run = run_start(play->db, &settings, &err);

    if (run != NULL && run_add_provider(run, "vega", "Vega", &err))
        return run;
    say_error(play, "a run", &err);
    (void)run_finish(run, err.code, &err);
    return NULL;
}

/* Records through the readers and the rules. */
static bool put_text(struct load *load, const char *path,
                     const struct history_rules *rules, struct leg_counter *counter,
                     bool is_counting, struct report *report, struct err *err)
{
    static struct zone *zone;
    struct flow flow = { .rules = rules->rules,
                         .report = report,
                         .leg_counter = counter,
                         .to = load,
                         .name_key = load_name_key(load),
                         .suppress = load_suppress,
                         .put = is_counting ? NULL : load_put,
                         .put_reject = is_counting ? NULL : load_put_reject };
    struct reader_options options = {
        .linked = true, .parse_options = { .day = NO_DAY, .numbers = rules->numbers }
    };

    if (zone == NULL && (zone = zone_open("Europe/Kyiv", err)) == NULL)
        return false;
    options.parse_options.zone = zone;
    options.parse_options.now = time(NULL) * (int64_t)MS_PER_S;
    flow.reader = reader_open(path, export_profiles(), &options, err);
    if (flow.reader == NULL)
        return false;
    flow.adjacency = !reader_has_ids(flow.reader);
    load_ids(load, &flow.ruleset_id, &flow.run_id, &flow.file_id);

    bool ok = flow_run(&flow, err);

    reader_close(flow.reader);
    return ok;
}

static bool put_rows(struct load *load, const struct history_export *export,
                     enum history_dress dress, const struct history_rules *rules,
                     struct leg_counter *counter, bool is_counting, struct report *report,
                     struct err *err)
{
    for (size_t i = 0; i < export->count; i++) {
        size_t at = dress == DRESS_REVERSED ? export->count - 1 - i : i;
        struct row row = export->row[at];

        if (export->is_out[at])
            continue;
        rules->decide(rules->rules, &row.leg, &row.outcome);
        load_ids(load, &row.ruleset_id, &row.run_id, &row.file_id);
        report->records++;
        if (!leg_counter_add(counter, &row, err) ||
            (!is_counting && !load_put(load, &row, err)))
            return false;
    }
    return true;
}

/* What goes into the ledger as one file: one export, or all of them. */
struct bunch {
    const struct history_export *export[HISTORY_EXPORTS];
    const char *path[HISTORY_EXPORTS]; /* NULL: rows */
    size_t count;
    enum history_dress dress;
    const struct history_rules *rules;
};

static void add(struct bunch *bunch, const struct history_export *export)
{
    bool is_text = export->count > 0 && export->text[0] != NULL;

    /* A grid is read from the top: turned over it is another export. */
    if (strcmp(export->kind, "grid") == 0 && bunch->dress == DRESS_REVERSED)
        bunch->dress = DRESS_PLAIN;
    bunch->path[bunch->count] = is_text ? history_write(export, bunch->dress) : NULL;
    bunch->export[bunch->count++] = export;
}

/* A gzipped twin has the same bytes within; rows have none, and get some. */
static bool digest_of(const struct bunch *bunch, unsigned char sum[static DIGEST_BYTES],
                      struct err *err)
{
    const void *which = bunch->export[0];
    struct digest *digest;

    if (bunch->count == 1 && bunch->path[0] != NULL)
        return reader_digest(bunch->path[0], sum, err);
    digest = digest_new();
    digest_add(digest, &bunch->count, sizeof bunch->count);
    digest_add(digest, &which, sizeof which);
    digest_add(digest, bunch->dress == DRESS_GZIP ? "0" : &"0123"[bunch->dress], 1);
    digest_finish(digest, sum);
    digest_free(digest);
    return true;
}

/* Every row, into LOAD, or only counted. */
static bool put_all(struct load *load, const struct bunch *bunch,
                    struct leg_counter *counter, bool is_counting, struct report *report,
                    struct err *err)
{
    bool ok = true;

    report_restart(report);
    leg_counter_begin(counter);
    for (size_t i = 0; ok && i < bunch->count; i++)
        ok = bunch->path[i] != NULL
                 ? put_text(load, bunch->path[i], bunch->rules, counter, is_counting,
                            report, err)
                 : put_rows(load, bunch->export[i], bunch -> dress, bunch -> rules,
                            counter, is_counting, report, err);
    if (bunch->count > 1)
        report->has_lines = report->has_sha256 = false;
    return ok && leg_counter_end(counter, err);
}

static bool read_bunch(struct load *load, const struct bunch *bunch,
                       struct report *report, struct err *err)
{
    struct leg_counter *counter =
        leg_counter_new(bunch->rules->decide, bunch->rules->rules);
    enum load_got got;

    do {
        bool ok = load_begin_pass(load, err) &&
                  put_all(load, bunch, counter, false, report, err);

        got = load_end_pass(load, ok, leg_counter_repeats(counter), err);
    } while (got == LOAD_AGAIN);

    bool ok = got == LOAD_DONE &&
              (!leg_counter_wants_again(counter) ||
               put_all(load, bunch, counter, true, report, err)) &&
              leg_counter_finish(counter, report, err);

    leg_counter_free(counter);
    return ok;
}

/* One file on its way.  A file that is known or refused is no trouble: *KEPT is false. */
static bool load_bunch(struct play *play, struct run *run, const struct bunch *bunch,
                       struct report *report, bool *kept)
{
    unsigned char sum[DIGEST_BYTES];
    struct err err = { 0 };
    struct load *load = NULL;

    *kept = false;
    if (!digest_of(bunch, sum, &err) ||
        (load = load_open(run, "history", sum, &err)) == NULL)
        return say_error(play, "a load", &err);
    if (!load_is_known(load))
        *kept = read_bunch(load, bunch, report, &err) && load_finish(load, report, &err);
    load_close(load);
    return err.code == EXIT_DONE || err.code == EXIT_INPUT ||
           say_error(play, "a load", &err);
}

static bool load_step(struct play *play, struct run *run, const struct history_step *step)
{
    struct bunch bunch = { .dress = step->dress, .rules = &play->rules[step->rules] };
    struct report report;
    bool kept = false;

    report_init(&report, "history");
    add(&bunch, &play->history->export[step->export]);

    bool ok =
        state_look(play->db, play->why) && load_bunch(play, run, &bunch, &report, &kept);

    /* What was taken back first is no news to who looks at the end only. */
    ok = ok && (step->is_again || state_counts(play->db, &report, kept, play->why));
    report_free(&report);
    return ok;
}

/* What the ledger has of these bytes; FILES are to be freed, also when this fails. */
static bool find_files(struct play *play, const struct bunch *bunch,
                       struct unload_files *files, struct err *err)
{
    unsigned char sum[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];

    if (!digest_of(bunch, sum, err))
        return false;
    digest_hex(sum, hex);
    return unload_find(play->db, hex, NULL, NULL, files, err);
}

static bool is_in_ledger(struct play *play, const struct bunch *bunch, bool *loaded)
{
    struct unload_files files = { 0 };
    struct err err = { 0 };
    bool ok = find_files(play, bunch, &files, &err);

    for (size_t i = 0; ok && i < files.count; i++)
        *loaded |= files.file[i].is_loaded;
    unload_files_free(&files);
    return ok || say_error(play, "the ledger", &err);
}

/* Two exports in one command of the program. */
static bool together_step(struct play *play, const struct history_step *step)
{
    const struct history_rules *rules = &play->rules[step->rules];
    const size_t export[2] = { step->export, step->beside };
    struct bunch bunch[2] = { { .dress = step->dress, .rules = rules },
                              { .dress = step->dress, .rules = rules } };
    const char *path[2];

    for (size_t i = 0; i < COUNTOF(bunch); i++) {
        add(&bunch[i], &play->history->export[export[i]]);
        path[i] = bunch[i].path[0];
    }

    return history_program_load(rules, step, path, play->why);
}

static bool unload_step(struct play *play, struct run *run,
                        const struct history_step *step)
{
    struct bunch bunch = { .dress = step->dress, .rules = &play->rules[step->rules] };
    struct unload_files files = { 0 };
    struct err err = { 0 };

    add(&bunch, &play->history->export[step->export]);

    bool ok = find_files(play, &bunch, &files, &err);

    for (size_t i = 0; ok && i < files.count; i++)
        ok = !files.file[i].is_loaded || unload_run(run, &files.file[i], &err);
    unload_files_free(&files);
    return ok || say_error(play, "an unload", &err);
}

static bool recompute_step(struct play *play, struct run *run,
                           const struct history_step *step)
{
    const struct history_rules *rules = &play->rules[step->rules];
    const char *provider = step->provider, *category = step->category;
    struct recompute_settings settings = {
        .from = step->from,
        .to = step->to,
        .provider = &provider,
        .nproviders = provider != NULL,
        .category = &category,
        .ncategories = category != NULL,
        .decide = rules->decide,
        .rules = rules->rules,
    };
    struct recompute_report report;
    struct err err = { 0 };
    bool ok = recompute_run(run, &settings, &report, &err) ||
              say_error(play, "a recomputation", &err);

    recompute_report_free(&report);
    return ok;
}

/* In a run of this process. */
static bool run_step(struct play *play, const struct history_step *step)
{
    const char *kind = step->is_recompute ? "recompute"
                       : step->is_unload  ? "unload"
                                          : "load";
    struct run *run = start(play, kind, step->rules, step->is_again);
    struct err err = { 0 };
    bool ok = run != NULL && (step->is_recompute ? recompute_step(play, run, step)
                              : step->is_unload  ? unload_step(play, run, step)
                                                 : load_step(play, run, step));

    if (!run_finish(run, EXIT_DONE, &err))
        ok = say_error(play, "the end of a run", &err);
    return ok;
}

static bool take_step(struct play *play, size_t number)
{
    const struct history_step *step = &play->history->step[number];
    size_t had = play->why->len;
    bool is_together = step->jobs > 0 && history_can_run(&play->rules[step->rules]);
    bool ok = (is_together ? together_step(play, step) : run_step(play, step)) &&
              state_is_sound(play->db, play->why);

    if (play->why->len > had)
        buf_addf(play->why, "  after step %zu\n", number);
    return ok;
}

/* An export of one record has the same bytes in two dresses: the ledger knows. */
static bool ask_what_is_there(struct play *play)
{
    bool ok = true;

    for (size_t i = 0; i < play->history->nexports; i++)
        for (enum history_dress dress = DRESS_PLAIN; ok && dress <= DRESS_REVERSED;
             dress++) {
            struct bunch bunch = { .dress = dress };

            add(&bunch, &play->history->export[i]);
            ok = is_in_ledger(play, &bunch, &play->is_there[i]);
        }
    return ok;
}

/*
 * Everything at once; or file by file, where some name gateways and some do not,
 * for whether there are any is a fact of the file.
 */
static bool load_all(struct play *play, bool at_once)
{
    struct bunch bunch = { .rules = &play->rules[1] };
    struct run *run = start(play, "load", 1, false);
    struct report report;
    struct err err = { 0 };
    bool ok = run != NULL, kept;

    report_init(&report, "history");
    for (size_t i = 0; ok && i < play->history->nexports; i++) {
        if (!play->is_there[i])
            continue;
        add(&bunch, &play->history->export[i]);
        if (at_once)
            continue;
        ok = load_bunch(play, run, &bunch, &report, &kept);
        bunch.count = 0;
    }
    ok = ok && (bunch.count == 0 || load_bunch(play, run, &bunch, &report, &kept));
    report_free(&report);
    return run_finish(run, EXIT_DONE, &err) && ok;
}

bool history_play(struct db *db, const struct history *history,
                  const struct history_rules rules[2], struct buf *why)
{
    struct play play = { .db = db, .history = history, .rules = rules, .why = why };
    bool alike = false;

    buf_reset(why);

    bool ok = state_prepare(db, why);

    for (size_t i = 0; ok && i < history->nsteps; i++)
        ok = history->step[i].is_out || take_step(&play, i);
    ok = ok && ask_what_is_there(&play) && state_remember(db, 1, why) &&
         state_gateways(db, &alike, why) && state_wipe(db, why) &&
         load_all(&play, alike) && state_is_sound(db, why) &&
         state_remember(db, 2, why) && state_is_same(db, why);
    return ok;
}

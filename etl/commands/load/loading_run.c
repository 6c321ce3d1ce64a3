/*
 * loading_run.c - the run of who loads, from the connection to the last count.
 */
#include "base/base.h"
#include "base/stop.h"
#include "commands/load/loading.h"
#include "commands/shared/database.h"
#include "loader/statistics/statistics.h"

bool loading_connect(struct loading *loading, const struct context *context,
                     struct err *err)
{
    loading->context = context;
    loading->db = database_open_writer(context, err);
    return loading->db != NULL;
}

/* WISH, and what all runs that load have. */
static struct run_settings loading_settings(const struct loading *loading,
                                            const struct run_settings *wish)
{
    struct run_settings settings = *wish;

    settings.program = loading->context->program;
    settings.untested_rules = loading->input.untested_rules;
    settings.zone = loading->input.tz;
    settings.profile = loading->input.options.profile;
    settings.options = loading->input.given;
    settings.pseudonym = loading->pseudonym;
    return settings;
}

bool loading_start(struct loading *loading, const struct run_settings *wish,
                   struct err *err)
{
    struct run_settings settings = loading_settings(loading, wish);

    loading->kind = settings.kind;
    loading->run = database_start_run(loading->db, &settings, loading->input.rules, err);
    return loading->run != NULL &&
           pseudonym_agree(loading->pseudonym, loading->db, loading->run->run_id, err);
}

bool loading_join(struct loading *loading, const struct run_settings *wish,
                  int32_t run_id, int32_t ruleset_id, struct turns *turns,
                  struct err *err)
{
    struct run_settings settings = loading_settings(loading, wish);

    database_rules(&settings, loading->input.rules);
    loading->is_joined = true;
    loading->input.progress = false; /* there is one line, the leader's */
    settings.turns = turns;
    loading->run = run_join(loading->db, &settings, run_id, ruleset_id, err);
    return loading->run != NULL;
}

void loading_leave(struct loading *loading)
{
    run_leave(loading->run);
    db_close(loading->db);
    pseudonym_free(loading->pseudonym);
    input_close(&loading->input);
}

/* Calls that reach over files and days; while another run is at it, that does it. */
static bool loading_join_far_calls(struct loading *loading, struct err *err)
{
    struct err why = { 0 };
    bool ok = statistics_join_far_calls(loading->db, loading->run->settings.wait, &why);

    if (ok || why.code == EXIT_LOCKED)
        return true;
    return err_pass(err, &why);
}

enum exit_code loading_end(struct loading *loading, bool ok, struct err *err)
{
    enum exit_code code = EXIT_DONE;
    struct err closing = { 0 };

    if (loading->run != NULL && loading->input.ndone > 0 && !db_is_lost(loading->db) &&
        !stop_asked(&closing))
        ok = loading_join_far_calls(loading, ok ? err : &closing) && ok;
    closing = (struct err){ 0 };
    if (ok || loading->input.ndone > 0)
        code = input_print(&loading->input, loading->context, loading->kind,
                           loading->run != NULL ? loading->run->run_id : 0, err);
    if (!run_finish(loading->run, err->code != EXIT_DONE ? err->code : code, &closing) &&
        ok)
        err_set(err, closing.code, "%s", closing.text);
    db_close(loading->db);
    pseudonym_free(loading->pseudonym);
    input_close(&loading->input);
    return code;
}

/*
 * stats_tables.c - which table shows what, and how wide a terminal it wants.
 */
#include "commands/stats/stats_show.h"

#include "base/base.h"
#include "db/sql.h"
#include "lang/lang.h"

static const struct stats_column kpi_columns[] = {
    { "key", "", "l", false },
    { "n", LANG_MARK("n"), "r", false },
    { "seizures", NULL, "r", false },
    { "answered", LANG_MARK("answered"), "r4", false },
    { "asr", LANG_MARK("ASR %"), "r", false },
    { "asr_ci_low", NULL, "r", false },
    { "asr_ci_high", NULL, "r", false },
    { "person_low", LANG_MARK("person %"), "r1", false },
    { "person_high", NULL, "r", false },
    { "machine_low", LANG_MARK("machine %"), "r2", false },
    { "machine_high", NULL, "r", false },
    { "ner_low", NULL, "r", false },
    { "ner_high", NULL, "r", false },
    { "naive_asr", LANG_MARK("naive ASR %"), "r8", false },
    { "acd", LANG_MARK("ACD s"), "r6", false },
    { "minutes", LANG_MARK("minutes"), "r7", false },
    { "sdr", NULL, "r", false },
    { "abandon_low", NULL, "r", false },
    { "abandon_high", NULL, "r", false },
    { "ambiguity", LANG_MARK("undet. % of unanswered"), "r5", false },
    { "asr_range", LANG_MARK("ASR 95 %"), "r3", true },
    { "ner_range", LANG_MARK("NER %"), "r4", true },
    { "bar", LANG_MARK("ASR"), "b5", true },
};

static const struct stats_column share_columns[] = {
    { "key", "", "l", false },
    { "n", LANG_MARK("n"), "r", false },
    { "n_high", NULL, "r", false },
    { "share", LANG_MARK("% of all"), "r", false },
    { "share_high", NULL, "r", false },
    { "range", LANG_MARK("or"), "l2", true },
    { "bar", LANG_MARK("share"), "b4", true },
};

static const struct stats_column carrier_columns[] = {
    { "carrier", "", "l", false },
    { "category", "", "l", false },
    { "n", LANG_MARK("n"), "r", false },
    { "n_high", NULL, "r", false },
    { "share", LANG_MARK("% of all"), "r", false },
    { "share_high", NULL, "r", false },
    { "range", LANG_MARK("or"), "l2", true },
    { "bar", LANG_MARK("share"), "b4", true },
};

static const struct stats_column agent_columns[] = {
    { "key", "", "l", false },
    { "offered", LANG_MARK("offered"), "r", false },
    { "answered", LANG_MARK("answered"), "r", false },
    { "missed", LANG_MARK("missed"), "r", false },
    { "elsewhere", LANG_MARK("elsewhere"), "r6", false },
    { "placed", LANG_MARK("placed"), "r2", false },
    { "placed_answered", LANG_MARK("of them answered"), "r3", false },
    { "talk_minutes", LANG_MARK("talk min"), "r1", false },
    { "hold_minutes", LANG_MARK("hold min"), "r4", false },
    { "aht", LANG_MARK("handling s"), "r2", false },
    { "first_at", LANG_MARK("first call"), "l5", false },
    { "last_at", LANG_MARK("last call"), "l5", false },
    { "days", LANG_MARK("days"), "r7", false },
};

static const struct stats_column inbound_columns[] = {
    { "key", "", "l", false },
    { "inbound", LANG_MARK("inbound"), "r", false },
    { "by_person", LANG_MARK("by a person"), "r3", false },
    { "by_flow", LANG_MARK("by the flow"), "r6", false },
    { "abandoned", LANG_MARK("abandoned"), "r4", false },
    { "unanswered_other", LANG_MARK("other"), "r6", false },
    { "inbound_person", LANG_MARK("person %"), "r", false },
    { "inbound_person_ci_low", NULL, "r", false },
    { "inbound_person_ci_high", NULL, "r", false },
    { "inbound_abandon", LANG_MARK("abandon %"), "r", false },
    { "inbound_abandon_ci_low", NULL, "r", false },
    { "inbound_abandon_ci_high", NULL, "r", false },
    { "service_level", LANG_MARK("service level %"), "r1", false },
    { "service_level_n", NULL, "r", false },
    { "mean_wait", LANG_MARK("wait s"), "r2", false },
    { "aht", LANG_MARK("handling s"), "r5", false },
    { "talk_minutes", LANG_MARK("talk min"), "r7", false },
    { "bar", LANG_MARK("person"), "b5", true },
};

static const struct stats_column missed_columns[] = {
    { "key", "", "l", false },
    { "missed", LANG_MARK("missed"), "r", false },
    { "returned", LANG_MARK("returned"), "r", false },
    { "called_back", LANG_MARK("called back"), "r2", false },
    { "called_again", LANG_MARK("called again"), "r2", false },
    { "open", LANG_MARK("open"), "r", false },
    { "no_number", LANG_MARK("no number"), "r3", false },
    { "returned_share", LANG_MARK("returned %"), "r1", false },
    { "returned_share_ci_low", NULL, "r", false },
    { "returned_share_ci_high", NULL, "r", false },
    { "median_minutes", LANG_MARK("median min"), "r2", false },
    { "bar", LANG_MARK("returned"), "b4", true },
};

static const struct stats_column trunk_columns[] = {
    { "key", "", "l", false },
    { "peak", LANG_MARK("at once"), "r", false },
    { "peak_at", LANG_MARK("when"), "l1", false },
    { "begun", LANG_MARK("begun"), "r3", false },
    { "busiest_minute", LANG_MARK("a minute"), "r", false },
    { "busiest_minute_at", LANG_MARK("when"), "l2", false },
    { "busy_hours", LANG_MARK("hours of use"), "r4", false },
};

static const struct stats_column caller_columns[] = {
    { "key", "", "l", false },
    { "inbound", LANG_MARK("inbound"), "r", false },
    { "with_number", LANG_MARK("with a number"), "r2", false },
    { "callers", LANG_MARK("callers"), "r", false },
    { "repeat_callers", LANG_MARK("called again"), "r1", false },
    { "repeat_calls", LANG_MARK("repeat calls"), "r", false },
    { "repeat_share", LANG_MARK("% of those with a number"), "r1", false },
};

static const struct stats_column contact_columns[] = {
    { "key", LANG_MARK("call"), "l", false },
    { "numbers", LANG_MARK("numbers"), "r", false },
    { "reached", LANG_MARK("reached"), "r", false },
    { "reached_share", LANG_MARK("%"), "r", false },
    { "reached_share_ci_low", NULL, "r", false },
    { "reached_share_ci_high", NULL, "r", false },
    { "bar", LANG_MARK("reached"), "b1", true },
};

static const struct stats_column destination_columns[] = {
    { "key", "", "l", false },
    { "kind", LANG_MARK("kind"), "l4", false },
    { "attempts", LANG_MARK("attempts"), "r", false },
    { "seizures", NULL, "r", false },
    { "answered", LANG_MARK("answered"), "r3", false },
    { "asr", LANG_MARK("ASR %"), "r", false },
    { "asr_ci_low", NULL, "r", false },
    { "asr_ci_high", NULL, "r", false },
    { "persons", LANG_MARK("persons"), "r1", false },
    { "machines", LANG_MARK("machines"), "r2", false },
    { "minutes", LANG_MARK("minutes"), "r2", false },
    { "acd", LANG_MARK("ACD s"), "r3", false },
    { "bar", LANG_MARK("ASR"), "b5", true },
};

static const struct stats_column change_columns[] = {
    { "key", "", "l", false },
    { "of_n", LANG_MARK("of"), "r", false },
    { "naive", LANG_MARK("by cause alone"), "r", false },
    { "now_low", LANG_MARK("by evidence"), "r", false },
    { "now_high", NULL, "r", false },
    { "range", LANG_MARK("or"), "l3", true },
    { "agreed", LANG_MARK("both"), "r2", false },
    { "gained", LANG_MARK("found"), "r1", false },
    { "lost", LANG_MARK("refuted"), "r1", false },
};

static const struct stats_column before_columns[] = {
    { "key", "", "l", false },
    { "unit", "", "l3", false },
    { "value", LANG_MARK("now"), "r", false },
    { "ci_low", NULL, "r", false },
    { "ci_high", NULL, "r", false },
    { "before", LANG_MARK("before"), "r", false },
    { "against_before", "", "l", false },
    { "habit", LANG_MARK("same weekdays"), "r", false },
    { "against_habit", "", "l", false },
    { "habit_periods", LANG_MARK("weeks"), "r4", false },
};

static const struct stats_column rule_columns[] = {
    { "key", "", "l", false },
    { "carrier", LANG_MARK("carrier"), "l2", false },
    { "legs", LANG_MARK("legs"), "r", false },
    { "share", LANG_MARK("% of all"), "r1", false },
    { "ambiguous", LANG_MARK("undetermined"), "r3", false },
    { "bar", LANG_MARK("share"), "b4", true },
};

#define STATS_COLUMNS(columns) columns, COUNTOF(columns)

/* Keys that are not columns of the statistics, each with a table of its own. */
static const struct stats_table special[] = {
    { "agent", LANG_MARK("Employees"), sql_stats_agent, STATS_COLUMNS(agent_columns), 2,
      "call", false },
    { "inbound", LANG_MARK("Inbound calls by day"), sql_stats_inbound,
      STATS_COLUMNS(inbound_columns), 4, "call", false },
    { "missed", LANG_MARK("Missed calls, and whether they were returned"),
      sql_stats_missed, STATS_COLUMNS(missed_columns), 2, "call", false },
    { "caller", LANG_MARK("Who called, and how often"), sql_stats_caller,
      STATS_COLUMNS(caller_columns), 2, "call", false },
    { "contact", LANG_MARK("Outbound calls until a person answers"), sql_stats_contact,
      STATS_COLUMNS(contact_columns), 2, "call", false },
    { "trunk", LANG_MARK("Most at once, and in a minute"), sql_stats_trunk,
      STATS_COLUMNS(trunk_columns), 2, "call", false },
    { "operator", LANG_MARK("By whom the numbers were given to (numbers are portable)"),
      sql_stats_destination, STATS_COLUMNS(destination_columns), 4, "attempt", false },
    { "country", LANG_MARK("Countries called"), sql_stats_destination,
      STATS_COLUMNS(destination_columns), 4, "attempt", false },
    { "prefix", LANG_MARK("By prefix of the numbers called"), sql_stats_destination,
      STATS_COLUMNS(destination_columns), 4, "attempt", false },
    { "change", LANG_MARK("What reading the evidence changed"), sql_stats_change,
      STATS_COLUMNS(change_columns), 3, NULL, false },
    { "before", LANG_MARK("Against the period before, and the same weekdays"),
      sql_stats_before, STATS_COLUMNS(before_columns), 2, "attempt", false },
    { "rule", LANG_MARK("Rules, by the legs that they decided"), sql_stats_rule,
      STATS_COLUMNS(rule_columns), 2, "call", false },
};

static const struct stats_table queues = { "queue",
                                           LANG_MARK("Inbound calls"),
                                           sql_stats_inbound,
                                           STATS_COLUMNS(inbound_columns),
                                           4,
                                           "call",
                                           true };

/* What a first look wants. */
static const struct stats_table overview[] = {
    { "day", LANG_MARK("By day"), sql_stats_by, STATS_COLUMNS(kpi_columns), 4, NULL,
      false },
    { "carrier", LANG_MARK("By carrier"), sql_stats_by, STATS_COLUMNS(kpi_columns), 4,
      NULL, false },
    { "carrier_category", LANG_MARK("Outcomes by carrier"), sql_stats_provider_category,
      STATS_COLUMNS(carrier_columns), 3, NULL, false },
    { "queue", LANG_MARK("Inbound calls"), sql_stats_inbound,
      STATS_COLUMNS(inbound_columns), 4, "call", true },
};

/* Ratios say nothing of a group that is one outcome: such keys are counted. */
static bool stats_is_counted(const char *by)
{
    static const char *const keys[] = { "category", "confidence", "cause", "sip" };

    for (size_t i = 0; i < COUNTOF(keys); i++)
        if (strcmp(by, keys[i]) == 0)
            return true;
    return false;
}

_Static_assert(COUNTOF(overview) <= STATS_TABLES_MAX, "there is room for them");
_Static_assert(COUNTOF(kpi_columns) <= STATS_COLUMNS_MAX, "kpi_columns are the most");

size_t stats_tables(const char *by, const char *unit,
                    struct stats_table table[static STATS_TABLES_MAX])
{
    if (by == NULL) {
        memcpy(table, overview, sizeof overview);
        return COUNTOF(overview);
    }
    for (size_t i = 0; i < COUNTOF(special); i++)
        if (strcmp(by, special[i].by) == 0) {
            table[0] = special[i];
            return 1;
        }
    if (strcmp(by, "queue") == 0 && strcmp(unit, "call") == 0)
        table[0] = queues;
    else if (stats_is_counted(by))
        table[0] = (struct stats_table){ by,
                                         LANG_MARK("Outcomes"),
                                         sql_stats_share,
                                         STATS_COLUMNS(share_columns),
                                         4,
                                         NULL,
                                         true };
    else
        table[0] = (struct stats_table){ by,
                                         LANG_MARK("Key figures"),
                                         sql_stats_by,
                                         STATS_COLUMNS(kpi_columns),
                                         4,
                                         NULL,
                                         true };
    return 1;
}

/*
 * stats_tables.c - which table shows what, and how wide a terminal it wants.
 */
#include "commands/stats_tables.h"

#include "base/base.h"
#include "db/sql.h"

static const struct stats_column kpi_columns[] = {
    { "key", "", "l", false },
    { "n", "n", "r", false },
    { "seizures", NULL, "r", false },
    { "answered", "answered", "r4", false },
    { "asr", "ASR %", "r", false },
    { "asr_ci_low", NULL, "r", false },
    { "asr_ci_high", NULL, "r", false },
    { "person_low", "person %", "r1", false },
    { "person_high", NULL, "r", false },
    { "machine_low", "machine %", "r2", false },
    { "machine_high", NULL, "r", false },
    { "ner_low", NULL, "r", false },
    { "ner_high", NULL, "r", false },
    { "naive_asr", "naive ASR %", "r8", false },
    { "acd", "ACD s", "r6", false },
    { "minutes", "minutes", "r7", false },
    { "sdr", NULL, "r", false },
    { "abandon_low", NULL, "r", false },
    { "abandon_high", NULL, "r", false },
    { "ambiguity", "undet. % of unanswered", "r5", false },
    { "asr_range", "ASR 95 %", "r3", true },
    { "ner_range", "NER %", "r4", true },
    { "bar", "ASR", "b5", true },
};

static const struct stats_column share_columns[] = {
    { "key", "", "l", false },          { "n", "n", "r", false },
    { "n_high", NULL, "r", false },     { "share", "% of all", "r", false },
    { "share_high", NULL, "r", false }, { "range", "or", "l2", true },
    { "bar", "share", "b4", true },
};

static const struct stats_column carrier_columns[] = {
    { "carrier", "", "l", false },
    { "category", "", "l", false },
    { "n", "n", "r", false },
    { "n_high", NULL, "r", false },
    { "share", "% of all", "r", false },
    { "share_high", NULL, "r", false },
    { "range", "or", "l2", true },
    { "bar", "share", "b4", true },
};

static const struct stats_column agent_columns[] = {
    { "key", "", "l", false },
    { "offered", "offered", "r", false },
    { "answered", "answered", "r", false },
    { "missed", "missed", "r", false },
    { "elsewhere", "elsewhere", "r6", false },
    { "placed", "placed", "r2", false },
    { "placed_answered", "of them answered", "r3", false },
    { "talk_minutes", "talk min", "r1", false },
    { "hold_minutes", "hold min", "r4", false },
    { "aht", "handling s", "r2", false },
    { "first_at", "first call", "l5", false },
    { "last_at", "last call", "l5", false },
    { "days", "days", "r7", false },
};

static const struct stats_column inbound_columns[] = {
    { "key", "", "l", false },
    { "inbound", "inbound", "r", false },
    { "by_person", "by a person", "r3", false },
    { "by_flow", "by the flow", "r6", false },
    { "abandoned", "abandoned", "r4", false },
    { "unanswered_other", "other", "r6", false },
    { "inbound_person", "person %", "r", false },
    { "inbound_person_ci_low", NULL, "r", false },
    { "inbound_person_ci_high", NULL, "r", false },
    { "inbound_abandon", "abandon %", "r", false },
    { "inbound_abandon_ci_low", NULL, "r", false },
    { "inbound_abandon_ci_high", NULL, "r", false },
    { "service_level", "service level %", "r1", false },
    { "service_level_n", NULL, "r", false },
    { "mean_wait", "wait s", "r2", false },
    { "aht", "handling s", "r5", false },
    { "talk_minutes", "talk min", "r7", false },
    { "bar", "person", "b5", true },
};

static const struct stats_column missed_columns[] = {
    { "key", "", "l", false },
    { "missed", "missed", "r", false },
    { "returned", "returned", "r", false },
    { "called_back", "called back", "r2", false },
    { "called_again", "called again", "r2", false },
    { "open", "open", "r", false },
    { "no_number", "no number", "r3", false },
    { "returned_share", "returned %", "r1", false },
    { "returned_share_ci_low", NULL, "r", false },
    { "returned_share_ci_high", NULL, "r", false },
    { "median_minutes", "median min", "r2", false },
    { "bar", "returned", "b4", true },
};

static const struct stats_column trunk_columns[] = {
    { "key", "", "l", false },
    { "peak", "at once", "r", false },
    { "peak_at", "when", "l1", false },
    { "begun", "begun", "r3", false },
    { "busiest_minute", "a minute", "r", false },
    { "busiest_minute_at", "when", "l2", false },
    { "busy_hours", "hours of use", "r4", false },
};

static const struct stats_column caller_columns[] = {
    { "key", "", "l", false },
    { "inbound", "inbound", "r", false },
    { "with_number", "with a number", "r2", false },
    { "callers", "callers", "r", false },
    { "repeat_callers", "called again", "r1", false },
    { "repeat_calls", "repeat calls", "r", false },
    { "repeat_share", "% of those with a number", "r1", false },
};

static const struct stats_column contact_columns[] = {
    { "key", "call", "l", false },
    { "numbers", "numbers", "r", false },
    { "reached", "reached", "r", false },
    { "reached_share", "%", "r", false },
    { "reached_share_ci_low", NULL, "r", false },
    { "reached_share_ci_high", NULL, "r", false },
    { "bar", "reached", "b1", true },
};

static const struct stats_column destination_columns[] = {
    { "key", "", "l", false },
    { "kind", "kind", "l4", false },
    { "attempts", "attempts", "r", false },
    { "seizures", NULL, "r", false },
    { "answered", "answered", "r3", false },
    { "asr", "ASR %", "r", false },
    { "asr_ci_low", NULL, "r", false },
    { "asr_ci_high", NULL, "r", false },
    { "persons", "persons", "r1", false },
    { "machines", "machines", "r2", false },
    { "minutes", "minutes", "r2", false },
    { "acd", "ACD s", "r3", false },
    { "bar", "ASR", "b5", true },
};

static const struct stats_column change_columns[] = {
    { "key", "", "l", false },
    { "of_n", "of", "r", false },
    { "naive", "by cause alone", "r", false },
    { "now_low", "by evidence", "r", false },
    { "now_high", NULL, "r", false },
    { "range", "or", "l3", true },
    { "agreed", "both", "r2", false },
    { "gained", "found", "r1", false },
    { "lost", "refuted", "r1", false },
};

static const struct stats_column before_columns[] = {
    { "key", "", "l", false },
    { "unit", "", "l3", false },
    { "value", "now", "r", false },
    { "ci_low", NULL, "r", false },
    { "ci_high", NULL, "r", false },
    { "before", "before", "r", false },
    { "against_before", "", "l", false },
    { "habit", "same weekdays", "r", false },
    { "against_habit", "", "l", false },
    { "habit_periods", "weeks", "r4", false },
};

#define STATS_COLUMNS(columns) columns, COUNTOF(columns)

/* Keys that are not columns of the statistics, each with a table of its own. */
static const struct stats_table special[] = {
    { "agent", "Employees", sql_stats_agent, STATS_COLUMNS(agent_columns), 2, "call",
      false },
    { "inbound", "Inbound calls by day", sql_stats_inbound,
      STATS_COLUMNS(inbound_columns), 4, "call", false },
    { "missed", "Missed calls, and whether they were returned", sql_stats_missed,
      STATS_COLUMNS(missed_columns), 2, "call", false },
    { "caller", "Who called, and how often", sql_stats_caller,
      STATS_COLUMNS(caller_columns), 2, "call", false },
    { "contact", "Outbound calls until a person answers", sql_stats_contact,
      STATS_COLUMNS(contact_columns), 2, "call", false },
    { "trunk", "Most at once, and in a minute", sql_stats_trunk,
      STATS_COLUMNS(trunk_columns), 2, "call", false },
    { "operator", "By whom the numbers were given to (numbers are portable)",
      sql_stats_destination, STATS_COLUMNS(destination_columns), 4, "attempt", false },
    { "country", "Countries called", sql_stats_destination,
      STATS_COLUMNS(destination_columns), 4, "attempt", false },
    { "prefix", "By prefix of the numbers called", sql_stats_destination,
      STATS_COLUMNS(destination_columns), 4, "attempt", false },
    { "change", "What reading the evidence changed", sql_stats_change,
      STATS_COLUMNS(change_columns), 3, NULL, false },
    { "before", "Against the period before, and the same weekdays", sql_stats_before,
      STATS_COLUMNS(before_columns), 2, "attempt", false },
};

static const struct stats_table queues = { "queue",
                                           "Inbound calls",
                                           sql_stats_inbound,
                                           STATS_COLUMNS(inbound_columns),
                                           4,
                                           "call",
                                           true };

/* What a first look wants. */
static const struct stats_table overview[] = {
    { "day", "By day", sql_stats_by, STATS_COLUMNS(kpi_columns), 4, NULL, false },
    { "carrier", "By carrier", sql_stats_by, STATS_COLUMNS(kpi_columns), 4, NULL, false },
    { "carrier_category", "Outcomes by carrier", sql_stats_provider_category,
      STATS_COLUMNS(carrier_columns), 3, NULL, false },
    { "queue", "Inbound calls", sql_stats_inbound, STATS_COLUMNS(inbound_columns), 4,
      "call", true },
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
        table[0] = (struct stats_table){
            by, "Outcomes", sql_stats_share, STATS_COLUMNS(share_columns), 4, NULL, true
        };
    else
        table[0] = (struct stats_table){
            by, "Key figures", sql_stats_by, STATS_COLUMNS(kpi_columns), 4, NULL, true
        };
    return 1;
}

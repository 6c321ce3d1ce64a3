/*
 * csv_aggregate.c - the captions that Kibana makes up where it counts.
 */
#include "readers/csv/csv_impl.h"

#include "base/base.h"
#include "readers/csv/csv_cells.h"

/* What stands in front of the field's name, or is the whole caption. */
static const char *const metric[] = {
    "Average ",
    "Sum of ",
    "Max ",
    "Min ",
    "Maximum of ",
    "Minimum of ",
    "Median ",
    "Unique count of ",
    "Percentile rank ",
    "Standard Deviation of ",
    "Lower Standard Deviation of ",
    "Upper Standard Deviation of ",
    "Cumulative Sum of ",
    "Last value of ",
};
static const char *const whole_metric[] = { "Count", "Count of records", "Count of calls",
                                            "Unique Count" };

/* Likewise of the groups: what stands behind the field's name. */
static const char *const group[] = { ": Descending", ": Ascending" };
static const char *const step[] = { "millisecond", "second", "minute", "hour",
                                    "day",         "week",   "month",  "year" };

static bool holds(struct slice text, const char *word)
{
    return memmem(text.s, text.len, word, strlen(word)) != NULL;
}

static bool is_metric(struct slice caption)
{
    for (size_t i = 0; i < COUNTOF(whole_metric); i++)
        if (slice_is(caption, whole_metric[i]))
            return true;
    for (size_t i = 0; i < COUNTOF(metric); i++)
        if (slice_starts(caption, metric[i]))
            return true;
    return holds(caption, "th percentile of ") || holds(caption, "st percentile of ") ||
           holds(caption, "nd percentile of ") || holds(caption, "rd percentile of ");
}

/* "created_time per hour", "per 12 hours". */
static bool is_time_step(struct slice caption)
{
    if (!holds(caption, " per "))
        return false;
    if (slice_ends(caption, "s"))
        caption.len--;
    for (size_t i = 0; i < COUNTOF(step); i++)
        if (slice_ends(caption, step[i]))
            return true;
    return false;
}

static bool is_group(struct slice caption)
{
    for (size_t i = 0; i < COUNTOF(group); i++)
        if (slice_ends(caption, group[i]))
            return true;
    return slice_is(caption, "filters") || slice_starts(caption, "Top values of ") ||
           is_time_step(caption);
}

/* A table: groups from the left, and what is counted of them on the right. */
static bool are_captions(const struct cells *cells)
{
    if (cells->count < 2 || cells->count > CELLS_MAX)
        return false;
    if (is_metric(slice_trim(cells->cell[cells->count - 1])))
        return true;
    for (size_t i = 0; i + 1 < cells->count; i++)
        if (is_group(slice_trim(cells->cell[i])))
            return true;
    return false;
}

/* The cells of LINE: false when its quotes make no sense. */
static bool csv_aggregate_split(struct cells *cells, char delimiter, struct slice line)
{
    cells_init(cells, delimiter, true);
    return cells_split(cells, slice_trim(line));
}

static bool has_captions(struct slice line)
{
    static const char delimiters[] = { ',', ';', '\t', '|' };
    bool found = false;

    for (size_t i = 0; i < COUNTOF(delimiters) && !found; i++) {
        struct cells cells;

        found = csv_aggregate_split(&cells, delimiters[i], line) && are_captions(&cells);
        cells_free(&cells);
    }
    return found;
}

/* "1203", "1,203", "3.5" */
static bool csv_aggregate_is_number(struct slice text)
{
    bool digits = false;

    text = slice_trim(text);
    for (size_t i = 0; i < text.len; i++)
        if (text.s[i] >= '0' && text.s[i] <= '9')
            digits = true;
        else if (strchr(",.", text.s[i]) == NULL)
            return false;
    return digits;
}

/* How many cells LINE has, and whether its last one is a number. */
static size_t cells_of(struct slice line, bool *ends_in_number)
{
    struct cells cells;
    size_t count = csv_aggregate_split(&cells, ',', line) ? cells.count : 0;

    *ends_in_number =
        count > 0 && count <= CELLS_MAX && csv_aggregate_is_number(cells.cell[count - 1]);
    cells_free(&cells);
    return count;
}

/* Captions that somebody chose, in HEAD: a name each, and a count in the ROW below. */
static bool counts_below(struct slice title, struct slice head, struct slice row)
{
    bool head_counts, row_counts;
    size_t count = cells_of(head, &head_counts);

    for (size_t i = 0; i < title.len; i++)
        if (title.s[i] == '\0' || strchr(";,\t|", title.s[i]) != NULL)
            return false;
    return count > 1 && !head_counts && cells_of(row, &row_counts) == count && row_counts;
}

bool is_aggregate(const struct slice *line, size_t count)
{
    if (count > 0 && has_captions(line[0]))
        return true;
    if (count < 3 || slice_trim(line[1]).len > 0)
        return false;
    return has_captions(line[2]) ||
           (count > 3 && counts_below(line[0], line[2], line[3]));
}

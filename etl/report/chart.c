/*
 * chart.c - charts over days, over the hours of one, and over the hours of a week.
 */
#include "report/chart.h"

#include "base/base.h"

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* "<svg ... aria-label=LABEL>": one image HEIGHT pixels high. */
static void chart_begin(struct html *html, int height, const char *label)
{
    html_rawf(html, "<svg height=\"%d\" role=\"img\" aria-label=\"", height);
    html_word(html, label);
    html_raw(html, "\">\n");
}

enum { TOP = 14, HEIGHT = 150, LABELS = 8, LABELS_NARROW = 4, SLOTS_LEAST = 7 };
enum { GUTTER = 6 }; /* per cent, for the numbers of the scale */

/* COUNT slots side by side, in per cent; a few do not become walls. */
static double slot_width(size_t count)
{
    return (100.0 - GUTTER) / (double)(count > SLOTS_LEAST ? count : SLOTS_LEAST);
}

static double slot_x(size_t at, size_t count)
{
    return GUTTER + (double)at * slot_width(count);
}

/* Down to VALUE on a scale that ends at TOP_VALUE. */
static double down_to(double value, double top_value)
{
    return TOP + HEIGHT - value / top_value * HEIGHT;
}

/* A round number not below VALUE that halves well. */
static double round_up(double value)
{
    static const double steps[] = { 1, 2, 4, 6, 8, 10 };
    double unit = 1;

    while (unit * 10 < value)
        unit *= 10;
    for (size_t i = 0; i < COUNTOF(steps); i++)
        if (steps[i] * unit >= value)
            return steps[i] * unit;
    return 10 * unit;
}

/* Lines at nought, half and TOP; KIND is LANG_NUMBER or LANG_WHOLE_PERCENT. */
static void add_grid(struct html *html, double top, enum lang_kind kind)
{
    for (int i = 0; i <= 2; i++) {
        int y = TOP + HEIGHT - HEIGHT * i / 2;
        char number[32];

        html_rawf(html, "<line class=\"g\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>",
                  y, y);
        if (i == 0)
            continue;
        snprintf(number, sizeof number, "%.0f", top * i / 2);
        html_rawf(html, "<text class=\"scale\" x=\"0\" y=\"%d\">", y - 4);
        html_value(html, kind, number);
        html_raw(html, "</text>");
    }
}

/* The label of slot AT of COUNT: fewer on a narrow screen. */
static void add_label(struct html *html, const struct chart_axis *axis, const char *text,
                      size_t at, size_t count)
{
    size_t step = (count + LABELS - 1) / LABELS;
    size_t narrow = (count + LABELS_NARROW - 1) / LABELS_NARROW;

    narrow = (narrow + step - 1) / step * step;
    if (at % step != 0)
        return;
    html_rawf(html, "<text x=\"%.2f%%\" y=\"%d\"%s>", slot_x(at, count),
              TOP + HEIGHT + 16,
              at % narrow != 0 || (count - at) * 4 < narrow * 3 ? " class=\"w\"" : "");
    html_value(html, axis->kind == LANG_DAY_SHORT ? LANG_DAY_MARK : axis->kind, text);
    html_raw(html, "</text>");
}

/* How many slots the rows have, and the greatest sum of one. */
static size_t count_slots(const struct page_rows *rows, double *greatest)
{
    size_t slots = 0;
    double sum = 0;

    *greatest = 0;
    for (size_t row = 0; row < rows->count; row++) {
        if (row == 0 || !rows_same(rows, row, row - 1, "at")) {
            slots++;
            sum = 0;
        }
        sum += rows_number(rows, row, "n");
        *greatest = larger(*greatest, sum);
    }
    return slots;
}

static const char *part_name(const struct chart_part *parts, const char *part)
{
    while (parts->part != NULL && strcmp(parts->part, part) != 0)
        parts++;
    return parts->name;
}

struct chart_place {
    double x, width, y, height;
};

static void add_part(struct html *html, const struct page_rows *rows, size_t row,
                     const struct chart_axis *axis, const struct chart_part *parts,
                     const struct chart_place *place)
{
    const char *part = rows_text(rows, row, "part");

    html_rawf(html,
              "<rect class=\"m %s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" "
              "height=\"%.1f\"><title>",
              part, place->x, place->width, place->y, place->height);
    SAY(html, "{at}: {n} – {part}", { "at", axis->kind, rows_text(rows, row, "at") },
        { "n", LANG_NUMBER, rows_text(rows, row, "n") },
        { "part", LANG_WORD, part_name(parts, part) });
    html_raw(html, "</title></rect>\n");
}

void chart_stack(struct html *html, const struct page_rows *rows,
                 const struct chart_axis *axis, const struct chart_part *parts)
{
    double greatest, base = TOP + HEIGHT;
    size_t count = count_slots(rows, &greatest), at = 0;
    double top = round_up(greatest), wide = slot_width(count);

    chart_begin(html, TOP + HEIGHT + 22, axis->label);
    add_grid(html, top, LANG_NUMBER);
    for (size_t row = 0; row < rows->count; row++) {
        double high = rows_number(rows, row, "n") / top * HEIGHT;

        if (row == 0 || !rows_same(rows, row, row - 1, "at")) {
            base = TOP + HEIGHT;
            at += row != 0;
            add_label(html, axis, rows_text(rows, row, "at"), at, count);
        }
        base -= high;
        add_part(html, rows, row, axis, parts,
                 &(struct chart_place){ slot_x(at, count), wide * 0.78, base,
                                        larger(high - 0.6, 0.4) });
    }
    html_raw(html, "</svg>\n");
}

void chart_legend(struct html *html, const struct page_rows *rows,
                  const struct chart_part *parts)
{
    html_raw(html, "<ul class=\"key\">");
    for (; parts->part != NULL; parts++) {
        if (rows_find(rows, "part", parts->part) == rows->count)
            continue;
        html_rawf(html,
                  "<li><svg aria-hidden=\"true\"><rect width=\"11\" height=\"11\" "
                  "rx=\"2\" class=\"%s\"/></svg>",
                  parts->part);
        html_word(html, parts->name);
        html_raw(html, "</li>");
    }
    html_raw(html, "</ul>\n");
}

static void add_dot_title(struct html *html, const struct page_rows *rows, size_t row,
                          enum lang_kind kind)
{
    html_raw(html, "<title>");
    SAY(html, "{at}: {value} of {n}, between {low} and {high}; network: {tick}",
        { "at", kind, rows_text(rows, row, "at") },
        { "value", LANG_PERCENT, rows_text(rows, row, "value") },
        { "n", LANG_NUMBER, rows_text(rows, row, "n") },
        { "low", LANG_PERCENT, rows_text(rows, row, "low") },
        { "high", LANG_PERCENT, rows_text(rows, row, "high") },
        { "tick", LANG_PERCENT, rows_text(rows, row, "tick") });
    html_raw(html, "</title>");
}

static void add_dot(struct html *html, const struct page_rows *rows, size_t row,
                    const struct chart_axis *axis, double top)
{
    double wide = slot_width(rows->count) * 0.78, left = slot_x(row, rows->count);
    double low = down_to(rows_number(rows, row, "low"), top);
    double high = down_to(rows_number(rows, row, "high"), top);
    double tick = down_to(rows_number(rows, row, "tick"), top);

    html_raw(html, "<g class=\"m\">");
    add_dot_title(html, rows, row, axis->kind);
    if (rows_has(rows, row, "value"))
        html_rawf(html,
                  "<rect class=\"span\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" "
                  "height=\"%.1f\" rx=\"3\"/>"
                  "<circle class=\"dot\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"4\"/>",
                  left, wide, high, low - high, left + wide / 2,
                  down_to(rows_number(rows, row, "value"), top));
    if (rows_has(rows, row, "tick"))
        html_rawf(html,
                  "<line class=\"tick\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" "
                  "y2=\"%.1f\"/>",
                  left, left + wide, tick, tick);
    html_raw(html, "</g>\n");
}

void chart_dots(struct html *html, const struct page_rows *rows,
                const struct chart_axis *axis)
{
    double top = smaller(
        100, round_up(larger(rows_greatest(rows, "high"), rows_greatest(rows, "tick"))));

    chart_begin(html, TOP + HEIGHT + 22, axis->label);
    add_grid(html, top, LANG_WHOLE_PERCENT);
    for (size_t row = 0; row < rows->count; row++) {
        add_label(html, axis, rows_text(rows, row, "at"), row, rows->count);
        add_dot(html, rows, row, axis, top);
    }
    html_raw(html, "</svg>\n");
}

/* The week as a heat map, and the ranges inside of tables. */

enum { ROW = 22, ENOUGH = 30, WEEK_GUTTER = 7, HOURS = 24, DAYS = 7 };
#define HOUR_WIDE ((100.0 - WEEK_GUTTER) / HOURS) /* per cent */

static const char *const weekdays[DAYS] = {
    LANG_MARK("Mon"), LANG_MARK("Tue"), LANG_MARK("Wed"), LANG_MARK("Thu"),
    LANG_MARK("Fri"), LANG_MARK("Sat"), LANG_MARK("Sun"),
};

static bool is_enough(const struct page_rows *rows, size_t row)
{
    return rows_number(rows, row, "n") >= ENOUGH && rows_has(rows, row, "value");
}

/* The range of values that rest on enough calls; colours spread over it. */
static void find_range(const struct page_rows *rows, double *least, double *most)
{
    *least = 100;
    *most = 0;
    for (size_t row = 0; row < rows->count; row++) {
        if (!is_enough(rows, row))
            continue;
        *least = smaller(*least, rows_number(rows, row, "value"));
        *most = larger(*most, rows_number(rows, row, "value"));
    }
    if (*most <= *least)
        *most = *least + 1;
}

static void add_cell_title(struct html *html, const struct page_rows *rows, size_t row,
                           const char *weekday, int hour)
{
    char clock[8];

    snprintf(clock, sizeof clock, "%02d:00", hour);
    html_raw(html, "<title>");
    SAY(html, "{day} {hour}: {value} of {n}, between {low} and {high}",
        { "day", LANG_WORD, weekday }, { "hour", LANG_NAME, clock },
        { "value", LANG_PERCENT, rows_text(rows, row, "value") },
        { "n", LANG_NUMBER, rows_text(rows, row, "n") },
        { "low", LANG_PERCENT, rows_text(rows, row, "low") },
        { "high", LANG_PERCENT, rows_text(rows, row, "high") });
    html_raw(html, "</title>");
}

static double hour_x(int hour)
{
    return WEEK_GUTTER + hour * HOUR_WIDE;
}

static void week_add_cell(struct html *html, const struct page_rows *rows, size_t row,
                          double strength)
{
    int day = (int)rows_number(rows, row, "weekday") - 1;
    int hour = (int)rows_number(rows, row, "hour");
    double x = hour_x(hour), wide = HOUR_WIDE - 0.3;
    bool enough = is_enough(rows, row);

    html_raw(html, "<g class=\"m\">");
    add_cell_title(html, rows, row, weekdays[day], hour);
    html_rawf(html,
              "<rect class=\"%s\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" height=\"%d\" "
              "rx=\"3\"",
              enough ? "heat" : "thin", x, day * ROW, wide, ROW - 3);
    if (enough)
        html_rawf(html, " fill-opacity=\"%.2f\"", 0.10 + 0.65 * strength);
    html_raw(html, "/>");
    if (enough)
        html_rawf(html, "<text class=\"on w\" x=\"%.2f%%\" y=\"%d\">%.0f</text>",
                  x + wide / 2, day * ROW + 14, rows_number(rows, row, "value"));
    html_raw(html, "</g>\n");
}

void chart_week(struct html *html, const struct page_rows *rows, const char *label)
{
    double least, most;

    find_range(rows, &least, &most);
    chart_begin(html, DAYS * ROW + 18, label);
    for (int day = 0; day < DAYS; day++) {
        html_rawf(html, "<text x=\"0\" y=\"%d\">", day * ROW + 14);
        html_word(html, weekdays[day]);
        html_raw(html, "</text>");
    }
    for (int hour = 0; hour < HOURS; hour += 2)
        html_rawf(html, "<text%s x=\"%.2f%%\" y=\"%d\">%02d</text>",
                  hour % 6 != 0 ? " class=\"w\"" : "", hour_x(hour), DAYS * ROW + 13,
                  hour);
    html_raw(html, "\n");
    for (size_t row = 0; row < rows->count; row++)
        week_add_cell(html, rows, row,
                      (rows_number(rows, row, "value") - least) / (most - least));
    html_raw(html, "</svg>\n");
}

static double number(const char *text)
{
    return text != NULL ? strtod(text, NULL) : 0;
}

/* The figures stand beside it in words: nothing for a screen reader. */
void chart_range(struct html *html, const char *value, const char *low, const char *high)
{
    html_raw(html,
             "<svg class=\"m range\" height=\"12\" aria-hidden=\"true\">"
             "<rect class=\"track\" width=\"100%\" y=\"4\" height=\"4\" rx=\"2\"/>");
    if (low != NULL && high != NULL)
        html_rawf(html,
                  "<rect class=\"%s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"2\" height=\"8\" "
                  "rx=\"4\"/>",
                  value != NULL ? "span" : "band", number(low),
                  larger(number(high) - number(low), 1.6));
    if (value != NULL)
        html_rawf(html, "<circle class=\"dot\" cx=\"%.2f%%\" cy=\"6\" r=\"4\"/>",
                  number(value));
    html_raw(html, "</svg>");
}

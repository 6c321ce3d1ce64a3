/*
 * recompute_report.c - counts of a recomputation.
 */
#include "loader/recompute/recompute_report.h"

#include <inttypes.h>

#include "base/base.h"

static int move_order(const struct recompute_move *a, const struct recompute_move *b)
{
    int from = strcmp(a->from, b->from);

    return from != 0 ? from : strcmp(a->to, b->to);
}

/* A move that was not there yet, at its place. */
static void add_move(struct recompute_counts *counts, struct recompute_move added)
{
    size_t i = 0;

    counts->move = xrealloc(counts->move, counts->nmoves + 1, sizeof *counts->move);
    while (i < counts->nmoves && move_order(&counts->move[i], &added) < 0)
        i++;
    memmove(counts->move + i + 1, counts->move + i,
            (counts->nmoves - i) * sizeof *counts->move);
    counts->move[i] = added;
    counts->nmoves++;
}

void recompute_count_move(struct recompute_counts *counts, struct slice from,
                          struct slice to, uint64_t legs)
{
    struct recompute_move *move = counts->move;

    for (size_t i = 0; i < counts->nmoves; i++)
        if (slice_is(from, move[i].from) && slice_is(to, move[i].to)) {
            move[i].legs += legs;
            return;
        }
    add_move(counts, (struct recompute_move){ xstrndup(from.s, from.len),
                                              xstrndup(to.s, to.len), legs });
}

void recompute_add_counts(struct recompute_counts *to,
                          const struct recompute_counts *counts)
{
    to->legs += counts->legs;
    to->changed += counts->changed;
    for (size_t i = 0; i < counts->nmoves; i++)
        recompute_count_move(to, slice_of(counts->move[i].from),
                             slice_of(counts->move[i].to), counts->move[i].legs);
}

void recompute_add_moves(struct buf *out, const struct recompute_counts *counts)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < counts->nmoves; i++) {
        buf_add_text(out, i > 0 ? ",{\"from\":" : "{\"from\":");
        buf_add_json(out, slice_of(counts->move[i].from));
        buf_add_text(out, ",\"to\":");
        buf_add_json(out, slice_of(counts->move[i].to));
        buf_addf(out, ",\"legs\":%" PRIu64 "}", counts->move[i].legs);
    }
    buf_add_char(out, ']');
}

size_t recompute_done(const struct recompute_report *report, int64_t *next)
{
    size_t done = 0, i = 0;

    while (i < report->nslices && report->slice[i].is_done)
        i++;
    if (report->nslices > 0)
        *next = i < report->nslices ? report->slice[i].first : report->slice[i - 1].next;
    for (i = 0; i < report->nslices; i++)
        done += report->slice[i].is_done;
    return done;
}

void recompute_counts_free(struct recompute_counts *counts)
{
    for (size_t i = 0; i < counts->nmoves; i++) {
        free(counts->move[i].from);
        free(counts->move[i].to);
    }
    free(counts->move);
    *counts = (struct recompute_counts){ 0 };
}

void recompute_slices_free(struct recompute_report *report)
{
    for (size_t i = 0; i < report->nslices; i++)
        recompute_counts_free(&report->slice[i].counts);
    free(report->slice);
    report->slice = NULL;
    report->nslices = 0;
}

void recompute_report_free(struct recompute_report *report)
{
    recompute_slices_free(report);
    recompute_counts_free(&report->counts);
}

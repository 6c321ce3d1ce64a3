/*
 * report_parts.c - the questions of a report.
 */
#include "commands/report/report_parts.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/base.h"
#include "db/sql.h"
#include "output/csv.h"
#include "output/file.h"

enum { REPORT_ARGS_MAX = 5 };

static const struct {
    const char *name, *sql, *words;
} questions[REPORT_PARTS] = {
#define X(constant, name, words) { #name, sql_report_##name, words },
    PARTS_OF_REPORT(X)
#undef X
};

struct page_rows report_answer_take(struct report_answer *answer, struct db_rows *rows)
{
    size_t width = db_rows_width(rows), count = db_rows_count(rows);

    *answer = (struct report_answer){ rows, xcalloc(width + 1, sizeof(char *)),
                                      xcalloc(count * width + 1, sizeof(char *)) };
    for (size_t column = 0; column < width; column++) {
        answer->name[column] = db_column_name(rows, column);
        for (size_t row = 0; row < count; row++)
            answer->cell[row * width + column] = db_value(rows, row, column).s;
    }
    return (struct page_rows){ count, width, answer->name, answer->cell };
}

void report_answer_free(struct report_answer *answer)
{
    db_rows_free(answer->rows);
    free(answer->name);
    free(answer->cell);
}

static const char *word_for(char word, enum lang lang)
{
    if (word == 'l')
        return lang_names[lang];
    return lang_text(lang, word == 'o' ? LANG_MARK("others") : LANG_MARK("all"));
}

bool report_parts_ask(struct report_parts *parts, struct db *db, enum lang lang,
                      const char *from, const char *to, struct err *err)
{
    *parts = (struct report_parts){ 0 };
    for (size_t i = 0; i < REPORT_PARTS; i++) {
        const char *words = questions[i].words, *values[REPORT_ARGS_MAX] = { from, to };
        size_t nwords = words != NULL ? strlen(words) : 0;
        struct db_args args = { words != NULL ? 2 + nwords : 0, values };

        for (size_t word = 0; word < nwords; word++)
            values[2 + word] = word_for(words[word], lang);

        struct db_rows *rows = db_query(db, questions[i].sql, &args, err);

        if (rows == NULL)
            return err_at(err, "%s: ", questions[i].name);
        parts->page[i] = report_answer_take(&parts->answer[i], rows);
    }
    return true;
}

void report_parts_free(struct report_parts *parts)
{
    for (size_t i = 0; i < REPORT_PARTS; i++)
        report_answer_free(&parts->answer[i]);
}

static void add_csv_line(struct buf *out, const char *const *cell, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        buf_add_csv(out, slice_of(cell[i]));
    }
    buf_add_text(out, "\r\n");
}

static bool write_csv(const struct page_rows *rows, const char *path, struct err *err)
{
    struct buf text = { 0 };
    bool ok;

    add_csv_line(&text, rows->name, rows->width);
    for (size_t row = 0; row < rows->count; row++)
        add_csv_line(&text, rows->cell + row * rows->width, rows->width);
    ok = file_replace(path, buf_slice(&text), err);
    buf_free(&text);
    return ok;
}

bool report_parts_csv(const struct report_parts *parts, const char *dir, struct err *err)
{
    struct buf path = { 0 };
    bool ok = true;

    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        return err_set(err, EXIT_USAGE, "%s: cannot be made: %s", dir, strerror(errno));
    for (size_t i = 0; ok && i < REPORT_PARTS; i++) {
        buf_reset(&path);
        buf_addf(&path, "%s/%s.csv", dir, questions[i].name);
        ok = write_csv(&parts->page[i], buf_cstr(&path), err);
    }
    buf_free(&path);
    return ok;
}

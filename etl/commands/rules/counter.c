/*
 * counter.c - how often each text came.
 */
#include "commands/rules/rules_command.h"

#include "base/base.h"

static int counter_new_row(struct counter *counter, struct slice text,
                           struct slice example)
{
    counter->row = xgrow(counter->row, counter->count, sizeof *counter->row);
    counter->row[counter->count] = (struct counter_row){
        .text = xstrndup(text.s != NULL ? text.s : "", text.len),
        .example = example.s != NULL ? xstrndup(example.s, example.len) : NULL,
    };
    return (int)counter->count++;
}

void counter_add_times(struct counter *counter, struct slice text, struct slice example,
                       uint64_t times)
{
    uint64_t hash = table_hash(0, text);
    int row = table_find(&counter->table, hash, text);

    if (row == TABLE_NONE) {
        row = counter_new_row(counter, text, example);
        table_add(&counter->table, hash,
                  (struct slice){ counter->row[row].text, text.len }, row);
    }
    counter->row[row].count += times;
}

void counter_add(struct counter *counter, struct slice text, struct slice example)
{
    counter_add_times(counter, text, example, 1);
}

static int by_count(const void *a, const void *b)
{
    const struct counter_row *x = a, *y = b;

    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->text, y->text);
}

void counter_sort(struct counter *counter)
{
    table_free(&counter->table); /* rows move */
    if (counter->count > 0)
        qsort(counter->row, counter->count, sizeof *counter->row, by_count);
}

void counter_free(struct counter *counter)
{
    for (size_t i = 0; i < counter->count; i++) {
        free(counter->row[i].text);
        free(counter->row[i].example);
    }
    free(counter->row);
    table_free(&counter->table);
    *counter = (struct counter){ 0 };
}

/*
 * parse.c - the floor under our readers: the library alone, callbacks that count.
 *
 *   parse csv|json FILE      prints rows (lines of CSV, objects of JSON)
 *
 * Time and memory are taken from outside, by measure, as for every other program.
 */
#include <csv.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

static unsigned long cells, rows;

static void on_cell(void *text, size_t len, void *to)
{
    (void)text, (void)len, (void)to;
    cells++;
}

static void on_row(int term, void *to)
{
    (void)term, (void)to;
    rows++;
}

static int on_map(void *to)
{
    (void)to;
    rows++;
    return 1;
}

static bool feed_csv(int file, char *bytes, size_t size)
{
    struct csv_parser parser;
    ssize_t got;

    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return false;
    csv_set_delim(&parser, ';');
    while ((got = read(file, bytes, size)) > 0)
        if (csv_parse(&parser, bytes, (size_t)got, on_cell, on_row, NULL) != (size_t)got)
            return false;
    (void)csv_fini(&parser, on_cell, on_row, NULL);
    csv_free(&parser);
    return got == 0;
}

static bool feed_json(int file, char *bytes, size_t size)
{
    static const yajl_callbacks callbacks = { .yajl_start_map = on_map };
    yajl_handle parser = yajl_alloc(&callbacks, NULL, NULL);
    ssize_t got;

    (void)yajl_config(parser, yajl_allow_multiple_values, 1);
    while ((got = read(file, bytes, size)) > 0)
        if (yajl_parse(parser, (unsigned char *)bytes, (size_t)got) != yajl_status_ok)
            return false;
    bool ok = got == 0 && yajl_complete_parse(parser) == yajl_status_ok;
    yajl_free(parser);
    return ok;
}

int main(int argc, char **argv)
{
    enum { SIZE = 1 << 16 };
    static char bytes[SIZE];
    int file = argc == 3 ? open(argv[2], O_RDONLY) : -1;

    if (file < 0) {
        fputs("usage: parse csv|json FILE\n", stderr);
        return 2;
    }
    bool ok = strcmp(argv[1], "csv") == 0 ? feed_csv(file, bytes, SIZE)
                                          : feed_json(file, bytes, SIZE);
    printf("%lu\n", rows);
    return ok ? 0 : 1;
}

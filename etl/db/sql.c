/*
 * sql.c - finding a text by its name.
 */
#include "db/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *sql_text(const char *name)
{
    for (size_t i = 0; i < sql_text_count; i++)
        if (strcmp(sql_texts[i].name, name) == 0)
            return sql_texts[i].text;
    fprintf(stderr, "cdretl: error: the program carries no SQL called %s\n", name);
    abort();
}

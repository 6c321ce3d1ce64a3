/*
 * err.c - failures as values.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *err, enum exit_code code, const char *format, ...)
{
    va_list args;

    if (err->code != EXIT_DONE)
        return false;
    err->code = code;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return false;
}

bool err_cut(struct err *err)
{
    err->is_cut = err->code == EXIT_INPUT;
    return false;
}

bool err_pass(struct err *err, const struct err *other)
{
    if (err->code == EXIT_DONE)
        *err = *other;
    return false;
}

bool err_at(struct err *err, const char *format, ...)
{
    char inner[sizeof err->text];
    va_list args;

    memcpy(inner, err->text, sizeof inner);
    va_start(args, format);
    int len = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    if (len >= 0 && (size_t)len < sizeof err->text)
        snprintf(err->text + len, sizeof err->text - (size_t)len, "%s", inner);
    return false;
}

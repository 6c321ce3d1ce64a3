/*
 * log.c - notes and warnings on stderr, as text or as one JSON object a line.
 */
#include "base/log.h"

#include <stdarg.h>

#include "base/base.h"
#include "base/buf.h"

static struct {
    enum log_format format;
    int verbosity;
} settings;

void log_setup(enum log_format format, int verbosity)
{
    settings.format = format;
    settings.verbosity = verbosity;
}

static void say(const char *level, const char *text)
{
    if (settings.format == LOG_TEXT) {
        fprintf(stderr, "cdretl: %s: %s\n", level, text);
        return;
    }

    char *mended = text_mended(text);
    struct buf line = { 0 };

    buf_add_text(&line, "{\"level\":");
    buf_add_json(&line, slice_of(level));
    buf_add_text(&line, ",\"message\":");
    buf_add_json(&line, slice_of(mended));
    buf_add_text(&line, "}\n");
    fwrite(line.s, 1, line.len, stderr);
    free(mended);
    buf_free(&line);
}

static void sayf(const char *level, const char *format, va_list args)
{
    char text[1024];

    vsnprintf(text, sizeof text, format, args);
    say(level, text);
}

void log_note(const char *format, ...)
{
    va_list args;

    if (settings.verbosity < 1)
        return;
    va_start(args, format);
    sayf("note", format, args);
    va_end(args);
}

void log_warn(const char *format, ...)
{
    va_list args;

    if (settings.verbosity < 0)
        return;
    va_start(args, format);
    sayf("warning", format, args);
    va_end(args);
}

void log_error(const struct err *err)
{
    say("error", err->text);
}

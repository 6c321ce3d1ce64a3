/*
 * log.c - notes and warnings on stderr, as text or as one JSON object a line.
 */
#include "base/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <time.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/unicode.h"

static struct {
    enum log_format format;
    int verbosity;
    int64_t run_id; /* 0: none */
} settings;

void log_setup(enum log_format format, int verbosity)
{
    settings.format = format;
    settings.verbosity = verbosity;
}

bool log_is_json(void)
{
    return settings.format == LOG_JSON;
}

void log_run(int64_t run_id)
{
    settings.run_id = run_id;
}

/* Append {"time":"2026-11-30T21:05:09.123Z","level":LEVEL,"run":N, */
static void log_open(struct buf *line, const char *level)
{
    struct timespec now;
    struct tm utc;
    char text[sizeof "2026-11-30T21:05:09"];

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    buf_addf(line, "{\"time\":\"%s.%03ldZ\",\"level\":\"%s\",", text,
             now.tv_nsec / 1000000, level);
    if (settings.run_id != 0)
        buf_addf(line, "\"run\":%" PRId64 ",", settings.run_id);
}

/* One write a line: lines of two processes do not mix. */
static void log_close(struct buf *line)
{
    buf_add_text(line, "}\n");
    fwrite(line->s, 1, line->len, stderr);
    buf_free(line);
}

static void say(const char *level, const char *text)
{
    if (settings.format == LOG_TEXT) {
        char *shown =
            text_shown(text); /* one message, one line, whatever names are in it */

        fprintf(stderr, "cdretl: %s: %s\n", level, shown);
        free(shown);
        return;
    }

    char *mended = text_mended(text);
    struct buf line = { 0 };

    log_open(&line, level);
    buf_add_text(&line, "\"message\":");
    buf_add_json(&line, slice_of(mended));
    log_close(&line);
    free(mended);
}

void log_event(const char *event, const char *members)
{
    struct buf line = { 0 };

    if (settings.format != LOG_JSON || settings.verbosity < 0)
        return;
    log_open(&line, "info");
    buf_addf(&line, "\"event\":\"%s\"", event);
    if (members != NULL)
        buf_addf(&line, ",%s", members);
    log_close(&line);
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

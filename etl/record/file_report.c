/*
 * file_report.c - what became of a file, and the run as one JSON document.
 */
#include "record/file_report.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>

#include "base/base.h"

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {
        [VERDICT_LOADED] = "loaded",
        [VERDICT_ALREADY_LOADED] = "already_loaded",
        [VERDICT_REFUSED] = "refused",
        [VERDICT_ROLLED_BACK] = "rolled_back",
    };

    return names[verdict];
}

void report_init(struct report *report, const char *name)
{
    *report = (struct report){ .name = text_mended(name) };
}

void report_free(struct report *report)
{
    free(report->name);
    free(report->reason);
    free(report->profile);
    free(report->encoding);
    free(report->zone);
    for (size_t i = 0; i < report->nwarnings; i++)
        free(report->warnings[i]);
    free(report->warnings);
    *report = (struct report){ 0 };
}

void report_restart(struct report *report)
{
    struct report fresh = { .name = report->name,
                            .phase = report->phase,
                            .phase_began = report->phase_began,
                            .watch = report->watch };

    memcpy(fresh.seconds, report->seconds, sizeof fresh.seconds);
    report->name = NULL;
    report_free(report);
    *report = fresh;
}

const char *phase_name(enum phase phase)
{
    static const char *const names[] = {
        [PHASE_READ] = "read",
        [PHASE_MERGE] = "merge",
        [PHASE_STATISTICS] = "statistics",
        [PHASE_COMMIT] = "commit",
    };

    return names[phase];
}

void report_phase(struct report *report, enum phase phase)
{
    double now = seconds_now();

    if (report->phase_began != 0)
        report->seconds[report->phase] += now - report->phase_began;
    report->phase = phase;
    report->phase_began = phase < PHASE_COUNT ? now : 0;
    if (report->watch.begins != NULL)
        report->watch.begins(report->watch.to, report);
}

void report_warn(struct report *report, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    report->warnings =
        xrealloc(report->warnings, report->nwarnings + 1, sizeof *report->warnings);
    report->warnings[report->nwarnings++] = text_mended(text);
}

uint64_t report_rejected(const struct report *report)
{
    uint64_t sum = 0;

    for (int code = 0; code < REJECT_COUNT; code++)
        sum += report->rejected[code];
    return sum;
}

bool report_balances(const struct report *report, struct err *err)
{
    uint64_t fates = report->inserted + report->updated + report->unchanged +
                     report->duplicate + report_rejected(report);

    if (report->records != fates)
        return err_set(err, EXIT_INTERNAL,
                       "the counts do not balance: %" PRIu64 " records, but %" PRIu64
                       " inserted + %" PRIu64 " updated + %" PRIu64
                       " unchanged + %" PRIu64 " duplicate + %" PRIu64
                       " rejected; nothing was kept",
                       report->records, report->inserted, report->updated,
                       report->unchanged, report->duplicate, report_rejected(report));
    if (report->has_lines &&
        report->lines != report->records + report->headers + report->blank)
        return err_set(err, EXIT_INTERNAL,
                       "the counts do not balance: %" PRIu64 " lines, but %" PRIu64
                       " records + %" PRIu64 " captions + %" PRIu64
                       " blank; nothing was kept",
                       report->lines, report->records, report->headers, report->blank);
    return true;
}

static void set_count(json_t *object, const char *key, uint64_t count)
{
    json_object_set_new(object, key, json_integer((json_int_t)count));
}

static void file_report_set_text(json_t *object, const char *key, const char *text)
{
    json_t *value = text != NULL ? json_string(text) : NULL;

    json_object_set_new(object, key, value != NULL ? value : json_null());
}

static json_t *rejected_json(const struct report *report)
{
    json_t *object = json_object();

    for (int code = 0; code < REJECT_COUNT; code++)
        if (report->rejected[code] != 0)
            set_count(object, reject_name((enum reject_code)code),
                      report->rejected[code]);
    return object;
}

static json_t *categories_json(const struct taxonomy *taxonomy, const uint64_t *counts)
{
    json_t *object = json_object();

    for (size_t i = 0; taxonomy != NULL && i < taxonomy->count; i++)
        if (counts[i] != 0)
            set_count(object, taxonomy->category[i].code, counts[i]);
    return object;
}

static void set_lines(json_t *object, const struct report *report)
{
    const struct {
        const char *key;
        uint64_t count;
    } counts[] = {
        { "lines", report->lines },
        { "headers", report->headers },
        { "blank", report->blank },
    };

    for (size_t i = 0; i < COUNTOF(counts); i++) {
        if (report->has_lines)
            set_count(object, counts[i].key, counts[i].count);
        else
            json_object_set_new(object, counts[i].key, json_null());
    }
}

static json_t *file_json(const struct report *report)
{
    json_t *object = json_object(), *warnings = json_array();
    char hex[2 * DIGEST_BYTES + 1];

    digest_hex(report->sha256, hex);
    file_report_set_text(object, "name", report->name);
    file_report_set_text(object, "sha256", report->has_sha256 ? hex : NULL);
    file_report_set_text(object, "verdict", verdict_name(report->verdict));
    file_report_set_text(object, "reason", report->reason);
    file_report_set_text(object, "profile", report->profile);
    file_report_set_text(object, "encoding", report->encoding);
    set_lines(object, report);
    set_count(object, "records", report->records);
    set_count(object, "inserted", report->inserted);
    set_count(object, "updated", report->updated);
    set_count(object, "unchanged", report->unchanged);
    set_count(object, "duplicate", report->duplicate);
    json_object_set_new(object, "rejected", rejected_json(report));
    set_count(object, "calls", report->calls);
    set_count(object, "ambiguous_times", report->ambiguous_times);
    json_object_set_new(object, "by_category",
                        categories_json(report->taxonomy, report->by_category));
    json_object_set_new(object, "calls_by_category",
                        categories_json(report->taxonomy, report->calls_by_category));
    for (size_t i = 0; i < report->nwarnings; i++) {
        json_t *warning = json_string(report->warnings[i]);

        json_array_append_new(warnings, warning != NULL ? warning : json_null());
    }
    json_object_set_new(object, "warnings", warnings);
    return object;
}

static json_t *left_json(const struct left *left, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();

        file_report_set_text(object, "name", left[i].name);
        file_report_set_text(object, "reason", left[i].why);
        json_array_append_new(array, object);
    }
    return array;
}

char *report_json(const struct run_report *run)
{
    json_t *document = json_object(), *head = json_object(), *files = json_array();

    json_object_set_new(head, "id",
                        run->run_id != 0 ? json_integer(run->run_id) : json_null());
    file_report_set_text(head, "kind", run->kind);
    file_report_set_text(head, "ruleset_id", run->ruleset_id);
    json_object_set_new(head, "exit", json_integer(run->exit));
    json_object_set_new(document, "run", head);
    for (size_t i = 0; i < run->nfiles; i++)
        json_array_append_new(files, file_json(&run->file[i]));
    json_object_set_new(document, "files", files);
    if (run->nleft > 0)
        json_object_set_new(document, "left", left_json(run->left, run->nleft));
    if (run->replayed != NULL) {
        json_t *rejects = json_object();

        file_report_set_text(rejects, "name", run->replayed->name);
        set_count(rejects, "closed", run->replayed->closed);
        set_count(rejects, "open", run->replayed->open);
        json_object_set_new(document, "rejects", rejects);
    }

    char *text = json_dumps(document, JSON_INDENT(2));

    json_decref(document);
    return text != NULL ? text : xstrdup("");
}

char *report_file(const struct report *report)
{
    json_t *object = file_json(report);
    char *text = json_dumps(object, JSON_COMPACT);

    json_decref(object);
    return text != NULL ? text : xstrdup("{}");
}

char *report_members(const struct report *report)
{
    json_t *object = json_object(), *seconds = json_object();

    for (int phase = 0; phase < PHASE_COUNT; phase++)
        json_object_set_new(seconds, phase_name((enum phase)phase),
                            json_real(report->seconds[phase]));
    json_object_set_new(object, "file", file_json(report));
    json_object_set_new(object, "seconds", seconds);

    char *text = json_dumps(object, JSON_COMPACT | JSON_EMBED | JSON_REAL_PRECISION(6));

    json_decref(object);
    return text != NULL ? text : xstrdup("\"file\":null");
}

/*
 * doc.c - a mapping file: its JSON, its text, and complaints that name the place.
 *
 * jansson keeps no line numbers for what it parsed without fault, so the line of
 * a complaint is found by walking the text again, which only ever happens once.
 */
#include "doc/doc.h"

#include <errno.h>
#include <stdarg.h>

#include "base/base.h"
#include "output/file.h"

enum { FILE_MAX = 16 << 20 };

static json_t *whole_number(const json_t *value)
{
    const double limit = 9e15; /* below it every whole number is one of its own */
    double real = json_real_value(value);

    if (!json_is_real(value) || real < -limit || real > limit ||
        real != (double)(json_int_t)real)
        return NULL;
    return json_integer((json_int_t)real);
}

/* 488.0 is 488, in VALUE and whatever is in it. */
static void settle_numbers(json_t *value)
{
    void *at = json_object_iter(value);

    for (; at != NULL; at = json_object_iter_next(value, at)) {
        json_t *whole = whole_number(json_object_iter_value(at));

        if (whole != NULL)
            (void)json_object_iter_set_new(value, at, whole);
        else
            settle_numbers(json_object_iter_value(at));
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *whole = whole_number(json_array_get(value, i));

        if (whole != NULL)
            (void)json_array_set_new(value, i, whole);
        else
            settle_numbers(json_array_get(value, i));
    }
}

bool doc_parse(struct doc *doc, const char *name, const char *text, size_t len,
               struct err *err)
{
    json_error_t fault;

    const char *remedy = text_encoding_remedy((struct slice){ text, len });

    *doc = (struct doc){ 0 };
    if (remedy != NULL)
        return err_set(err, EXIT_MAPPING, "%s:1: %s", name, remedy);
    doc->root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &fault);
    if (doc->root == NULL)
        return err_set(err, EXIT_MAPPING, "%s:%d:%d: %s", name, fault.line, fault.column,
                       fault.text);
    settle_numbers(doc->root);
    doc->name = xstrdup(name);
    doc->text = xstrndup(text, len);
    if (json_is_object(doc->root))
        return true;

    struct place place = { .doc = doc };

    (void)doc_fail(&place, NULL, err, "is no JSON object");
    doc_free(doc);
    return false;
}

static bool doc_read_all(FILE *file, struct buf *out)
{
    size_t chunk = 1 << 16, got, before = out->len;

    while ((got = fread(buf_room(out, chunk), 1, chunk, file)) > 0) {
        out->len += got;
        if (out->len - before > FILE_MAX)
            return false;
    }
    return ferror(file) == 0;
}

bool doc_read_bytes(const char *dir, const char *name, struct buf *out, struct err *err)
{
    char path[4096];

    if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, name) >= sizeof path)
        return err_set(err, EXIT_MAPPING, "%s: name too long", dir);

    FILE *file = file_open(path);

    if (file == NULL)
        return err_set(err, EXIT_MAPPING, "%s: %s", path, strerror(errno));

    struct file_stamp stamp = file_stamp_fd(fileno(file));
    bool ok =
        (stamp.is_set || err_set(err, EXIT_MAPPING, "%s: is no regular file", path)) &&
        (doc_read_all(file, out) ||
         err_set(err, EXIT_MAPPING, "%s: cannot be read, or is over 16 MiB", path));

    (void)fclose(file);
    return ok;
}

void doc_free(struct doc *doc)
{
    json_decref(doc->root);
    free(doc->name);
    free(doc->text);
    *doc = (struct doc){ 0 };
}

/* --- where things stand --- */

struct scan {
    const char *at;
    size_t line;
};

static void doc_skip_blank(struct scan *scan)
{
    for (; *scan->at != '\0' && strchr(" \t\r\n", *scan->at) != NULL; scan->at++)
        scan->line += *scan->at == '\n';
}

static void doc_skip_string(struct scan *scan)
{
    for (scan->at++; *scan->at != '"' && *scan->at != '\0'; scan->at++)
        if (*scan->at == '\\' && scan->at[1] != '\0')
            scan->at++;
    scan->at += *scan->at == '"';
}

/* Step over one value; the text is known to be valid JSON. */
static void skip_value(struct scan *scan)
{
    size_t depth = 0;

    doc_skip_blank(scan);
    do {
        if (*scan->at == '"') {
            doc_skip_string(scan);
        } else {
            depth += *scan->at == '{' || *scan->at == '[';
            depth -= (*scan->at == '}' || *scan->at == ']') && depth > 0;
            scan->line += *scan->at == '\n';
            scan->at += *scan->at != '\0';
        }
    } while (*scan->at != '\0' && (depth > 0 || strchr(",}] \t\r\n", *scan->at) == NULL));
}

/* Stand before KEY's value in the object that begins here. */
static bool seek_key(struct scan *scan, const char *key)
{
    doc_skip_blank(scan);
    for (scan->at += *scan->at == '{'; *scan->at != '\0'; scan->at++) {
        doc_skip_blank(scan);
        if (*scan->at != '"')
            return false;

        const char *from = scan->at + 1;

        doc_skip_string(scan);

        bool found = strlen(key) == (size_t)(scan->at - from - 1) &&
                     memcmp(from, key, strlen(key)) == 0;

        doc_skip_blank(scan);
        scan->at += *scan->at == ':';
        if (found)
            return true;
        skip_value(scan);
        doc_skip_blank(scan);
        if (*scan->at != ',')
            return false;
    }
    return false;
}

static bool seek_member(struct scan *scan, size_t index)
{
    doc_skip_blank(scan);
    if (*scan->at != '[')
        return false;
    scan->at++;
    for (size_t i = 0; i < index; i++) {
        skip_value(scan);
        doc_skip_blank(scan);
        if (*scan->at != ',')
            return false;
        scan->at++;
    }
    doc_skip_blank(scan);
    return true;
}

size_t doc_line(const struct place *place, const char *key)
{
    struct scan scan = { place->doc->text, 1 };
    char part[64];

    if (place->array != NULL &&
        (!seek_key(&scan, place->array) || !seek_member(&scan, place->index)))
        return 0;
    /* "when.sip_code": as deep as it can be followed */
    for (size_t at = 0; key != NULL && key[at] != '\0';) {
        size_t len = strcspn(key + at, ".[");
        struct scan deeper = scan;

        if (len >= sizeof part)
            break;
        (void)snprintf(part, sizeof part, "%.*s", (int)len, key + at);
        if (!seek_key(&deeper, part))
            break;
        scan = deeper;
        at += len;
        at += key[at] != '\0';
    }
    return scan.line;
}

bool doc_fail(const struct place *place, const char *key, struct err *err,
              const char *format, ...)
{
    char message[512], id[128] = "";
    va_list args;

    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);

    size_t line = doc_line(place, key);

    if (place->id != NULL)
        (void)snprintf(id, sizeof id, " (%s)", place->id);
    if (place->array == NULL)
        return err_set(err, EXIT_MAPPING, "%s:%zu: %s%s%s", place->doc->name, line,
                       key != NULL ? key : "", key != NULL ? ": " : "", message);
    return err_set(err, EXIT_MAPPING, "%s:%zu: %s[%zu]%s: %s%s%s", place->doc->name, line,
                   place->array, place->index, id, key != NULL ? key : "",
                   key != NULL ? ": " : "", message);
}

bool doc_go_on(struct doc_faults *faults, struct err *err)
{
    if (faults == NULL || err->code != EXIT_MAPPING)
        return false;
    buf_add_text(faults->out, err->text);
    buf_add_char(faults->out, '\n');
    faults->count++;
    *err = (struct err){ 0 };
    return true;
}

struct doc_key doc_below(const char *key, const char *part)
{
    struct doc_key whole;

    (void)snprintf(whole.path, sizeof whole.path, "%s.%s", key, part);
    return whole;
}

/*
 * json_sniff.c - which profile knows the keys of a JSON document, and where its
 * records lie.
 *
 * Every way to read it is tried on its beginning; the one that finds most known
 * keys in a record wins.
 */
#include "base/base.h"
#include "readers/format.h"
#include "readers/json/json.h"
#include "readers/json/json_lines.h"
#include "readers/json/json_walk.h"

enum {
    HEAD = 16 << 10,
    HEAD_MAX = 2 * RECORD_MAX, /* so that a record is seen, and what follows it */
    KNOWN_ENOUGH = 3,
    LINES_COUNTED = 16,
    LINES_FED = 80, /* as many as may be broken, and some behind them */
};

/* What one way to read the beginning came to. */
struct json_reading {
    const struct profile *profile;
    const struct shape *shape;
    size_t known;
    bool has_id, too_deep;
    bool is_bare; /* a list of records, and nothing in it, or it breaks */
};

/* A fault is the reader's to find: what came before it counts.  False: one was met. */
static bool json_sniff_count(struct json_walk *walk, struct slice text, bool *too_deep)
{
    size_t used;
    bool ok = json_walk_feed(walk, text, &used);

    if (walk->known > walk->most_known)
        walk->most_known = walk->known;
    *too_deep = *too_deep || (!ok && walk->fault == WALK_TOO_DEEP);
    return ok;
}

/* Likewise, where a fault ends with its line. */
static void count_lines(struct json_walk *walk, struct slice text, bool *too_deep)
{
    size_t whole = 0;

    text = slice_trim(text);
    for (int fed = 0; fed < LINES_FED && text.len > 0; fed++) {
        struct slice line = slice_before(text, '\n');
        size_t len = line.len + (line.len < text.len);

        whole += json_sniff_count(walk, line, too_deep);
        if (whole == LINES_COUNTED || walk->counted >= LINES_COUNTED)
            return;

        bool saw_list = walk->saw_list, filled = walk->filled;

        json_walk_restart(walk);
        walk->saw_list = saw_list;
        walk->filled = filled;
        text = slice_from(text, len);
    }
}

static struct json_reading json_sniff_read_as(struct json_keys *keys,
                                              const struct shape *shape,
                                              struct slice head, bool by_line)
{
    struct json_walk walk;
    bool too_deep = false;

    json_walk_init(&walk, keys, shape);
    walk.counting = true;
    if (by_line)
        count_lines(&walk, head, &too_deep);
    else
        (void)json_sniff_count(&walk, head, &too_deep);

    bool is_bare = walk.saw_list && !walk.filled &&
                   (walk.depth > 0 || (walk.odd == 0 && walk.counted == 0));
    struct json_reading reading = { keys->profile, shape,    walk.most_known,
                                    walk.has_id,   too_deep, is_bare };

    json_walk_free(&walk);
    return reading;
}

static void best_of(const struct profile *profile, struct slice head, bool by_line,
                    struct json_reading *best)
{
    struct json_keys keys;

    json_keys_load(&keys, profile);
    for (size_t i = 0; i < profile->nshapes; i++) {
        struct json_reading reading =
            json_sniff_read_as(&keys, &profile->shape[i], head, by_line);
        bool first_bare = reading.is_bare && !best->is_bare && best->known == 0;
        bool too_deep = best->too_deep || reading.too_deep;

        if (reading.known > best->known || first_bare)
            *best = reading;
        best->too_deep = too_deep;
    }
    json_keys_free(&keys);
}

static struct json_reading best_reading(const struct profiles *profiles,
                                        const struct reader_options *options,
                                        struct slice head, bool by_line)
{
    struct json_reading best = { 0 };

    for (size_t i = 0; i < profiles_count(profiles); i++) {
        const struct profile *profile = profiles_at(profiles, i);

        if (profile->container == CONTAINER_JSON &&
            (options->profile == NULL || strcmp(options->profile, profile->name) == 0))
            best_of(profile, head, by_line, &best);
    }
    return best;
}

static bool json_sniff_judge(const struct json_reading *best,
                             const struct reader_options *options, bool is_whole,
                             struct err *err)
{
    size_t enough = options->profile != NULL ? 1 : KNOWN_ENOUGH;

    if (best->known >= enough || (best->is_bare && is_whole))
        return true;
    if (best->too_deep)
        return err_set(err, EXIT_INPUT, "this JSON is nested deeper than %d levels",
                       JSON_DEPTH_MAX);
    return err_set(
        err, EXIT_INPUT,
        "this is JSON, but no record of a call that %s knows is at its "
        "beginning: export calls, or add its keys to a file in mappings/fields",
        options->profile != NULL ? options->profile : "any profile");
}

bool json_sniff(struct source *source, const struct profiles *profiles,
                const struct reader_options *options, struct sniff *sniff,
                struct err *err)
{
    struct json_reading best = { 0 };
    enum json_lined lined = LINED_OPEN, was;
    struct slice head;

    /* A record may be longer than the first look. */
    for (size_t want = HEAD;; want = want * 8 < HEAD_MAX ? want * 8 : HEAD_MAX) {
        if (!source_want(source, want, err))
            return false;
        head = source_window(source);
        was = lined;
        lined = json_lined(head, source_ended(source));
        if (best.known < KNOWN_ENOUGH || (lined == LINED && was != LINED))
            best = best_reading(profiles, options, head, lined == LINED);
        if ((best.known >= KNOWN_ENOUGH && lined != LINED_OPEN) || want == HEAD_MAX ||
            source_ended(source))
            break;
    }
    if (!json_sniff_judge(&best, options, source_ended(source), err))
        return false;

    struct slice text = slice_trim(head);
    const char *line_end = memchr(text.s, '\n', text.len);

    sniff->profile = best.profile;
    sniff->shape = best.shape;
    sniff->has_ids = best.has_id;
    sniff->has_lines = line_end != NULL;
    sniff->line_by_line = lined == LINED;
    return true;
}

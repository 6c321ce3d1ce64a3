/*
 * csv_sniff.c - which profile and delimiter a caption line speaks for.
 */
#include "base/base.h"
#include "readers/csv/csv.h"
#include "readers/csv/csv_header.h"
#include "readers/csv/csv_impl.h"
#include "readers/format.h"

enum { KNOWN_ENOUGH = 3, HEADER_LINES = 256 };

/* A way to read the caption line, and what it is worth. */
struct csv_way {
    const struct profile *profile;
    char delimiter;
    size_t known, cells;
    bool has_start;
    enum cells_got got; /* what its quotes come to */
};

/* The best way, and the best of those that break: for what is to be said of them. */
struct readings {
    struct csv_way best, broken;
    bool all_broken; /* wherever quotes count */
};

static bool csv_sniff_is_blank(struct slice line)
{
    return slice_trim(line).len == 0;
}

static bool refuse_cr(struct err *err)
{
    return err_set(err, EXIT_INPUT,
                   "its lines end in CR alone, as old Macs wrote them: convert it "
                   "(tr '\\r' '\\n')");
}

/*
 * The line at offset AT of the window, without its end; *NEXT is where the next
 * one begins.  False with ERR: unreadable, or no line end within RECORD_MAX.
 */
static bool csv_sniff_line_at(struct source *source, size_t at, struct slice *line,
                              size_t *next, struct err *err)
{
    size_t want = at + (64 << 10);

    for (;; want *= 2) {
        if (!source_want(source, want, err))
            return false;

        struct slice window = source_window(source);
        const char *begin = window.s + at;
        size_t left = window.len - at;
        const char *end = left > 0 ? memchr(begin, '\n', left) : NULL;

        if (end == NULL && left <= RECORD_MAX + 1 && !source_ended(source))
            continue;
        *line = (struct slice){ begin, end != NULL ? (size_t)(end - begin) : left };
        *next = at + line->len + (end != NULL);
        if (line->len > 0 && line->s[line->len - 1] == '\r')
            line->len--;
        if (line->len > RECORD_MAX && memchr(line->s, '\r', line->len) != NULL)
            return refuse_cr(err);
        if (line->len > RECORD_MAX)
            return err_set(err, EXIT_INPUT, "its caption line is over 1 MiB long");
        return true;
    }
}

/* LINE as its cells; where its quotes make no sense, as if there were none. */
static enum cells_got csv_sniff_split(struct cells *cells, struct slice line)
{
    enum cells_got got = CELLS_ROW;

    if (!cells_split(cells, line))
        got = cells_line(cells, line, true, true);
    if (got == CELLS_ROW)
        return CELLS_ROW;
    cells->quoting = false;
    cells_split(cells, line);
    return got;
}

static struct csv_way csv_sniff_read_as(const struct captions *captions, char delimiter,
                                        struct slice line)
{
    struct csv_way reading = { .profile = captions->profile, .delimiter = delimiter };
    struct cells cells;
    struct buf folded[1] = { { 0 } };

    cells_init(&cells, delimiter, captions->profile->quoting);
    reading.got = csv_sniff_split(&cells, line);
    reading.cells = cells.count;
    for (size_t i = 0; i < cells.count && i < CELLS_MAX; i++) {
        if (!captions_may_be(captions, cells.cell[i]))
            continue;

        struct slice caption = caption_cell(cells.cell[i]);
        const struct alias *alias = captions_find(captions, caption, folded);

        reading.known += alias != NULL || profile_ignores(captions->profile, caption);
        if (alias != NULL &&
            (alias->field == FIELD_STARTED_AT || alias->field == FIELD_STARTED_DATE))
            reading.has_start = true;
    }
    cells_free(&cells);
    buf_free(folded);
    return reading;
}

static void take_reading(struct readings *readings, struct csv_way reading)
{
    bool is_broken = reading.got != CELLS_ROW || reading.cells >= CELLS_MAX;
    struct csv_way *kept = is_broken ? &readings->broken : &readings->best;

    if (reading.known > kept->known || (is_broken && kept->profile == NULL))
        *kept = reading;
    if (reading.profile->quoting && !is_broken)
        readings->all_broken = false;
}

/* The readings that know most names. */
static struct readings all_readings(const struct profiles *profiles,
                                    const struct reader_options *options,
                                    struct slice line)
{
    struct readings readings = { .all_broken = true };

    for (size_t i = 0; i < profiles_count(profiles); i++) {
        const struct profile *profile = profiles_at(profiles, i);
        const char asked[] = { options->delimiter, '\0' };
        struct captions captions;

        if (profile->container != CONTAINER_CSV ||
            (options->profile != NULL && strcmp(options->profile, profile->name) != 0))
            continue;
        captions_load(&captions, profile);
        for (const char *d = asked[0] != '\0' ? asked : profile->delimiters; *d; d++)
            take_reading(&readings, csv_sniff_read_as(&captions, *d, line));
        captions_free(&captions);
    }
    return readings;
}

/* Is a CR in LINE that is in no quotes?  One at its end was cut. */
static bool has_lone_cr(const struct csv_way *best, struct slice line)
{
    const struct cells cells = { .delimiter = best->delimiter,
                                 .quoting =
                                     best->profile != NULL && best->profile->quoting };
    enum cells_at at = AT_CELL;
    const char *cr;

    line = slice_trim(line);
    while (line.len > 0 && (cr = memchr(line.s, '\r', line.len)) != NULL) {
        size_t used, len = (size_t)(cr - line.s);

        cells_pass(&cells, (struct slice){ line.s, len }, &at, &used);
        if (at != AT_QUOTED)
            return true;
        line = (struct slice){ cr + 1, line.len - len - 1 };
    }
    return false;
}

/* What keeps LINE from being a caption line, whatever captions are known. */
static bool is_text_line(const struct csv_way *best, struct slice line, struct err *err)
{
    size_t nuls[2] = { 0, 0 };

    for (size_t i = 0; i < line.len; i++)
        nuls[i % 2] += line.s[i] == '\0';
    if ((nuls[0] == 0) != (nuls[1] == 0) && nuls[0] + nuls[1] + 1 >= line.len / 2)
        return err_set(err, EXIT_INPUT,
                       "its text looks like UTF-16 without the mark that says so: name "
                       "it with --encoding UTF-16LE or UTF-16BE");
    if (nuls[0] + nuls[1] > 0)
        return err_set(err, EXIT_INPUT,
                       "its first line holds NUL bytes: this is no text, or a damaged "
                       "one; export CSV or JSON");
    return !has_lone_cr(best, line) || refuse_cr(err);
}

static size_t enough(const struct reader_options *options)
{
    return options->profile != NULL ? 1 : KNOWN_ENOUGH;
}

/* Does BEST tell what is to be read, or said? */
static bool suffices(const struct csv_way *best, const struct reader_options *options)
{
    return best->known >= enough(options) &&
           (best->has_start || best->profile->refuse != NULL);
}

/* Would it be an export but for its quotes or its width?  LINE_NO is where it stands. */
static bool judge_broken(const struct readings *readings, uint64_t line_no,
                         struct err *err)
{
    const struct csv_way *broken = &readings->broken;

    if (broken->profile == NULL ||
        (broken->known == 0 ? !readings->all_broken || broken->got != CELLS_MORE
                            : broken->known < readings->best.known))
        return true;
    switch (broken->got) {
    case CELLS_MORE:
        return err_set(err, EXIT_INPUT,
                       "a quote that opens in its caption line (line %llu) is not closed "
                       "there",
                       (unsigned long long)line_no);
    case CELLS_BROKEN:
        return err_set(err, EXIT_INPUT,
                       "text stands beside a quote in its caption line (line %llu)",
                       (unsigned long long)line_no);
    default:
        return err_set(
            err, EXIT_INPUT,
            "its caption line has %zu columns, and %d is the most that is read",
            broken->cells, CELLS_MAX - 1);
    }
}

static bool csv_sniff_judge(const struct csv_way *best,
                            const struct reader_options *options, struct err *err)
{
    if (best->known < enough(options))
        return err_set(err, EXIT_INPUT,
                       "its first line is no caption line that %s knows (at best %zu "
                       "columns are known): export it again with its header, or add its "
                       "captions to a file in mappings/fields",
                       options->profile != NULL ? options->profile : "any profile",
                       best->known);
    if (best->profile->refuse != NULL)
        return err_set(err, EXIT_INPUT, "this is %s", best->profile->refuse);
    if (!best->has_start)
        return err_set(err, EXIT_INPUT,
                       "no column tells when a call began (it reads like %s, %zu of %zu "
                       "columns known): export it again with that column",
                       best->profile->name, best->known, best->cells);
    return true;
}

/* The line at AT and those below may be no calls, but a table that Kibana counted. */
static bool refuse_aggregate(struct source *source, size_t at, struct err *err)
{
    struct slice line[AGGREGATE_LINES];
    size_t begin[AGGREGATE_LINES] = { 0 }, count = 0;
    struct err ignored = { 0 };

    for (size_t next; count < AGGREGATE_LINES; at = next, count++) {
        begin[count] = at;
        if (!csv_sniff_line_at(source, at, &line[count], &next, &ignored) || next == at)
            break;
    }
    /* The window has moved while it grew. */
    for (size_t i = 0; i < count; i++)
        line[i].s = source_window(source).s + begin[i];
    return !is_aggregate(line, count) ||
           err_set(err, EXIT_INPUT,
                   "this is a report that Kibana mails, or a table that it drew: an "
                   "aggregate, not calls; export the calls themselves from Discover");
}

/* "sep=;", Excel's own line above the captions: the delimiter that it names, or 0. */
static char named_delimiter(struct slice line)
{
    if (line.len > 2 && line.s[0] == '"' && line.s[line.len - 1] == '"')
        line = (struct slice){ line.s + 1, line.len - 2 };
    if (line.len != 5 ||
        !slice_equal_nocase((struct slice){ line.s, 4 }, slice_of("sep=")))
        return 0;
    return line.s[4];
}

/* The captions: where their line begins and the next one; TEXT moves with the window. */
struct caption_line {
    size_t at, next;
    struct slice text;
};

/* Who might know the captions, and what was asked for; borrowed. */
struct caption_readers {
    const struct profiles *profiles;
    const struct reader_options *options;
};

/* The first LINE that is not blank, and what stands above the captions. */
static bool first_line(struct source *source, struct sniff *sniff,
                       struct caption_line *line, struct err *err)
{
    for (;; line->at = line->next) {
        if (!csv_sniff_line_at(source, line->at, &line->text, &line->next, err))
            return false;

        bool ends = source_ended(source) && line->next == source_window(source).len;
        char named = named_delimiter(line->text);

        if (csv_sniff_is_blank(line->text) && line->next <= RECORD_MAX && !ends)
            sniff->blanks++;
        else if (named != 0 && sniff->delimiter == 0 && !ends)
            sniff->delimiter = named;
        else
            return true;
    }
}

/* LINE opens a quote and does not close it: with the *LINES below it that do, if any. */
static bool long_header(struct source *source, struct caption_line *line, size_t *lines,
                        struct err *err)
{
    size_t quotes = slice_count(line->text, '"'), end = line->next, more = 1;
    struct slice below = line->text;

    while (quotes % 2 != 0 && more < HEADER_LINES && end - line->at < RECORD_MAX) {
        size_t from = end;

        if (!csv_sniff_line_at(source, from, &below, &end, err))
            return false;
        if (end == from)
            return true;
        quotes += slice_count(below, '"');
        more++;
    }
    if (quotes % 2 == 0 && more > 1) {
        line->text.s = source_window(source).s + line->at;
        line->text.len = (size_t)(below.s - line->text.s) + below.len;
        line->next = end;
        *lines = more;
    }
    return true;
}

/* The readings of the captions, with all their lines where that is what makes sense. */
static bool header_readings(struct source *source, const struct caption_readers *readers,
                            struct sniff *sniff, struct caption_line *line,
                            struct readings *readings, struct err *err)
{
    size_t lines = 1;
    struct caption_line whole = *line;

    sniff->caption_lines = 1;
    if (slice_count(line->text, '"') % 2 != 0 &&
        !long_header(source, &whole, &lines, err))
        return false;
    line->text.s = source_window(source).s + line->at; /* it may have moved */
    if (lines > 1) {
        *readings = all_readings(readers->profiles, readers->options, whole.text);
        if (suffices(&readings->best, readers->options) &&
            readings->best.profile->quoting) {
            sniff->caption_lines = lines;
            *line = whole;
            return true;
        }
    }
    *readings = all_readings(readers->profiles, readers->options, line->text);
    return true;
}

bool csv_sniff(struct source *source, const struct profiles *profiles,
               const struct reader_options *options, struct sniff *sniff, struct err *err)
{
    struct reader_options asked = *options;
    struct caption_line line = { 0 };

    if (!first_line(source, sniff, &line, err))
        return false;
    sniff->names_delimiter = sniff->delimiter != 0;
    if (asked.delimiter == 0)
        asked.delimiter = sniff->delimiter;

    struct readings readings;
    const struct csv_way *best = &readings.best;

    const struct caption_readers readers = { profiles, &asked };

    if (!header_readings(source, &readers, sniff, &line, &readings, err))
        return false;

    bool is_text = text_is_utf8(line.text);

    if (!is_text_line(best, line.text, err))
        return false;
    /* From here on LINE may have moved. */
    if (!suffices(best, options) &&
        (!refuse_aggregate(source, line.at, err) ||
         !judge_broken(&readings, sniff->blanks + sniff->names_delimiter + 1, err)))
        return false;
    if (!csv_sniff_judge(best, options, err))
        return false;
    if (!is_text)
        return err_set(err, EXIT_INPUT,
                       "its caption line is not in UTF-8: name the "
                       "encoding with --encoding");
    sniff->profile = best->profile;
    sniff->delimiter = best->delimiter;
    sniff->preamble = line.at;
    return true;
}

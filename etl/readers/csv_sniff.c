/*
 * csv_sniff.c - which profile and delimiter a caption line speaks for.
 */
#include "base/base.h"
#include "readers/csv_header.h"
#include "readers/readers_impl.h"

enum { KNOWN_ENOUGH = 3 };

/* A way to read the caption line, and what it is worth. */
struct reading {
    const struct profile *profile;
    char delimiter;
    size_t known, cells;
    bool has_start, splits;
};

static bool is_blank(struct slice line)
{
    return slice_trim(line).len == 0;
}

/*
 * The line at offset AT of the window, without its end; *NEXT is where the next
 * one begins.  False with ERR: unreadable, or no line end within RECORD_MAX.
 */
static bool line_at(struct source *source, size_t at, struct slice *line, size_t *next,
                    struct err *err)
{
    size_t want = at + (64 << 10);

    for (;; want *= 2) {
        if (!source_want(source, want, err))
            return false;

        struct slice window = source_window(source);
        const char *begin = window.s + at;
        size_t left = window.len - at;
        const char *end = left > 0 ? memchr(begin, '\n', left) : NULL;

        if (end == NULL && left <= RECORD_MAX && !source_ended(source))
            continue;
        *line = (struct slice){ begin, end != NULL ? (size_t)(end - begin) : left };
        *next = at + line->len + (end != NULL);
        if (line->len > RECORD_MAX)
            return err_set(err, EXIT_INPUT, "its caption line is over 1 MiB long");
        return true;
    }
}

static struct reading read_as(const struct captions *captions, char delimiter,
                              struct slice line)
{
    struct reading reading = { captions->profile, delimiter, 0, 0, false, true };
    struct cells cells;
    struct buf folded[1] = { { 0 } };

    cells_init(&cells, delimiter, captions->profile->quoting);
    if (!cells_split(&cells, line))
        reading.splits = cells_line(&cells, line, true, true) == CELLS_ROW;
    if (!reading.splits || cells.count >= CELLS_MAX)
        cells.count = 0;
    reading.cells = cells.count;
    for (size_t i = 0; i < cells.count; i++) {
        const struct alias *alias = captions_find(captions, cells.cell[i], folded);

        reading.known += alias != NULL ||
                         profile_ignores(captions->profile, slice_trim(cells.cell[i]));
        if (alias != NULL &&
            (alias->field == FIELD_STARTED_AT || alias->field == FIELD_STARTED_DATE))
            reading.has_start = true;
    }
    cells_free(&cells);
    buf_free(folded);
    return reading;
}

/* The reading that knows most names. */
static struct reading best_reading(const struct profiles *profiles,
                                   const struct reader_options *options,
                                   struct slice line)
{
    struct reading best = { 0 };
    bool asked_quotes = false, splits = false;

    for (size_t i = 0; i < profiles_count(profiles); i++) {
        const struct profile *profile = profiles_at(profiles, i);
        const char asked[] = { options->delimiter, '\0' };
        struct captions captions;

        if (profile->container != CONTAINER_CSV ||
            (options->profile != NULL && strcmp(options->profile, profile->name) != 0))
            continue;
        captions_load(&captions, profile);
        for (const char *d = asked[0] != '\0' ? asked : profile->delimiters; *d; d++) {
            struct reading reading = read_as(&captions, *d, line);

            asked_quotes = asked_quotes || profile->quoting;
            splits = splits || (profile->quoting && reading.splits);
            if (reading.known > best.known)
                best = reading;
        }
        captions_free(&captions);
    }
    best.splits = splits || !asked_quotes;
    return best;
}

/* Commas of LINE, and whether its last cell is a count. */
static size_t commas_of(struct slice line, bool *ends_in_count)
{
    size_t commas = 0, digits = 0;

    line = slice_trim(line);
    for (size_t i = 0; i < line.len; i++) {
        commas += line.s[i] == ',';
        digits = line.s[i] >= '0' && line.s[i] <= '9' ? digits + 1 : 0;
    }
    *ends_in_count =
        digits > 0 && digits < line.len && line.s[line.len - digits - 1] == ',';
    return commas;
}

/* Is it a report: a title, a blank line, and a table of counts below? */
static bool is_report(struct source *source, struct slice title, size_t next)
{
    struct err ignored = { 0 };
    struct slice line;
    bool head_counts, row_counts;

    for (size_t i = 0; i < title.len; i++)
        if (strchr(";,\t|", title.s[i]) != NULL)
            return false;
    if (!line_at(source, next, &line, &next, &ignored) || !is_blank(line) ||
        !line_at(source, next, &line, &next, &ignored))
        return false;

    size_t commas = commas_of(line, &head_counts);

    return commas > 0 && line_at(source, next, &line, &next, &ignored) &&
           commas_of(line, &row_counts) == commas && row_counts;
}

/* Is it what Kibana saves of a table it drew: groups, and a count of each? */
static bool is_drawn_table(struct slice line)
{
    line = slice_trim(line);
    return slice_ends(line, ",Count") || slice_ends(line, ",\"Count\"");
}

/* What keeps LINE from being a caption line, whatever captions are known. */
static bool is_text_line(struct slice line, struct err *err)
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
                       "its first line holds NUL bytes: this is no text; export CSV or "
                       "JSON");
    if (line.len > 0 && memchr(line.s, '\r', line.len - 1) != NULL)
        return err_set(err, EXIT_INPUT,
                       "its lines end in CR alone, as old Macs wrote them: convert it "
                       "(tr '\\r' '\\n')");
    return true;
}

static bool judge(const struct reading *best, const struct reader_options *options,
                  struct err *err)
{
    size_t enough = options->profile != NULL ? 1 : KNOWN_ENOUGH;

    if (best->known < enough && !best->splits)
        return err_set(err, EXIT_INPUT,
                       "a quote that opens in its first line is never closed");
    if (best->known < enough)
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

/* "sep=;", Excel's own line above the captions: the delimiter that it names, or 0. */
static char named_delimiter(struct slice line)
{
    line = slice_before(line, '\r');
    if (line.len > 2 && line.s[0] == '"' && line.s[line.len - 1] == '"')
        line = (struct slice){ line.s + 1, line.len - 2 };
    if (line.len != 5 ||
        !slice_equal_nocase((struct slice){ line.s, 4 }, slice_of("sep=")))
        return 0;
    return line.s[4];
}

/* The first LINE that is not blank, and what stands above the captions. */
static bool first_line(struct source *source, struct sniff *sniff, size_t *at,
                       size_t *next, struct slice *line, struct err *err)
{
    for (;; *at = *next) {
        if (!line_at(source, *at, line, next, err))
            return false;

        bool ends = source_ended(source) && *next == source_window(source).len;

        if (is_blank(*line) && *next <= RECORD_MAX && !ends)
            sniff->blanks++;
        else if (named_delimiter(*line) != 0 && sniff->delimiter == 0 && !ends)
            sniff->delimiter = named_delimiter(*line);
        else
            return true;
    }
}

bool csv_sniff(struct source *source, const struct profiles *profiles,
               const struct reader_options *options, struct sniff *sniff, struct err *err)
{
    struct reader_options asked = *options;
    struct slice line;
    size_t at = 0, next = 0;

    if (!first_line(source, sniff, &at, &next, &line, err))
        return false;
    sniff->names_delimiter = sniff->delimiter != 0;
    if (asked.delimiter == 0)
        asked.delimiter = sniff->delimiter;
    if (line.len > 0 && line.s[line.len - 1] == '\r')
        line.len--;

    struct reading best = best_reading(profiles, &asked, line);
    bool is_text = text_is_utf8(line);

    if (best.known < KNOWN_ENOUGH && !is_text_line(line, err))
        return false;
    /* From here on LINE may have moved: a report is known by the lines below. */
    if (best.known < KNOWN_ENOUGH &&
        (is_drawn_table(line) || is_report(source, line, next)))
        return err_set(err, EXIT_INPUT,
                       "this is a report that Kibana mails, or a table that it drew: an "
                       "aggregate, not calls; export the calls themselves from Discover");
    if (!judge(&best, options, err))
        return false;
    if (!is_text)
        return err_set(err, EXIT_INPUT,
                       "its caption line is not in UTF-8: name the "
                       "encoding with --encoding");
    sniff->profile = best.profile;
    sniff->delimiter = best.delimiter;
    sniff->preamble = at;
    return true;
}

/*
 * csv_header.c - mapping the caption line, once a file.
 */
#include "readers/csv/csv_header.h"

#include "base/base.h"
#include "readers/protection.h"

/* A caption is one name: dots and brackets in it mean nothing here. */
static uint64_t csv_header_hash_of(struct slice folded)
{
    return name_under(NAME_ROOT, folded);
}

struct slice caption_cell(struct slice cell)
{
    cell = slice_trim(cell);
    protection_cut(KIND_TEXT, &cell);
    return cell;
}

/* CAPTION as it is told, on one line. */
static char *caption_text(struct slice caption)
{
    char *text = xstrndup(caption.len > 0 ? caption.s : "", caption.len), *out = text;

    if (caption.len == 0 || memchr(text, '\n', caption.len) == NULL)
        return text;
    for (const char *c = text; *c != '\0'; c++) {
        bool blank = strchr(" \t\r\n", *c) != NULL;

        if (!blank)
            *out++ = *c;
        else if (out > text && out[-1] != ' ')
            *out++ = ' ';
    }
    *out = '\0';
    return text;
}

void captions_load(struct captions *captions, const struct profile *profile)
{
    *captions = (struct captions){ .profile = profile };
    for (size_t i = 0; i < profile->naliases; i++) {
        struct slice name = slice_of(profile->alias[i].folded);

        if (name.len > captions->longest)
            captions->longest = name.len;
        table_add(&captions->names, csv_header_hash_of(name), name, (int)i);
    }
}

void captions_free(struct captions *captions)
{
    table_free(&captions->names);
}

bool captions_may_be(const struct captions *captions, struct slice caption)
{
    /* Accents taken apart, colons and blanks make a caption longer, but not by so much.
     */
    return caption.len <= 8 * captions->longest + 1024;
}

const struct alias *captions_find(const struct captions *captions, struct slice caption,
                                  struct buf *folded)
{
    caption_fold(folded, caption);

    struct slice name = buf_slice(folded);
    int i = table_find(&captions->names, csv_header_hash_of(name), name);

    return i == TABLE_NONE ? NULL : &captions->profile->alias[i];
}

/* Put PICKED among the picked ones: of one field, the preferred names come first. */
static void csv_header_pick(struct columns *columns, size_t *rank, struct picked picked,
                            size_t its_rank)
{
    size_t at = columns->npicked++;

    for (; at > 0 && columns->picked[at - 1].field == picked.field &&
           rank[at - 1] > its_rank;
         at--) {
        columns->picked[at] = columns->picked[at - 1];
        rank[at] = rank[at - 1];
    }
    columns->picked[at] = picked;
    rank[at] = its_rank;
}

/* Names seen so far in this caption line, to pass over the second of a name. */
static bool is_second(struct table *seen, char **kept, struct buf *folded, size_t i)
{
    struct slice name = buf_slice(folded);

    if (table_find(seen, csv_header_hash_of(name), name) != TABLE_NONE)
        return true;
    kept[i] = xstrndup(name.s != NULL ? name.s : "", name.len);
    table_add(seen, csv_header_hash_of(name), (struct slice){ kept[i], name.len },
              (int)i);
    return false;
}

static int by_field(const void *a, const void *b)
{
    const struct picked *x = a, *y = b;

    return (x->field > y->field) - (x->field < y->field);
}

/* Give each field's columns their order: by field, then by preference. */
static void csv_header_order(struct columns *columns, const size_t *rank_of)
{
    size_t *rank = xcalloc(columns->count + 1, sizeof *rank);
    struct picked *all = xcalloc(columns->npicked + 1, sizeof *all);
    size_t n = columns->npicked;

    if (n > 0)
        memcpy(all, columns->picked, n * sizeof *all);
    qsort(all, n, sizeof *all, by_field);
    columns->npicked = 0;
    for (size_t i = 0; i < n; i++)
        csv_header_pick(columns, rank, all[i], rank_of[all[i].column]);
    for (size_t i = n; i-- > 0;)
        columns->name[columns->picked[i].field] =
            columns->caption[columns->picked[i].column];
    for (size_t i = 1; i < n; i++)
        columns->picked[i].is_other_name =
            columns->picked[i].field == columns->picked[i - 1].field;
    free(all);
    free(rank);
}

static void map_all(struct columns *columns, const struct captions *captions,
                    const struct cells *line)
{
    size_t *rank_of = xcalloc(columns->count + 1, sizeof *rank_of);
    char **kept = xcalloc(columns->count + 1, sizeof *kept);
    struct table seen = { 0 };
    struct buf folded[1] = { { 0 } };

    for (size_t i = 0; i < columns->count; i++) {
        struct slice caption = caption_cell(line->cell[i]);

        columns->caption[i] = caption_text(caption);

        const struct alias *alias = captions_find(captions, caption, folded);

        if (caption.len == 0 || is_second(&seen, kept, folded, i))
            continue;
        if (alias != NULL && alias->field != FIELD_NONE) {
            columns->picked[columns->npicked++] =
                (struct picked){ i, alias->field, false };
            rank_of[i] = alias->rank;
        } else if (!profile_ignores(captions->profile, caption)) {
            columns->spare[columns->nspare++] =
                (struct spare){ i, slice_of(columns->caption[i]) };
        }
    }
    csv_header_order(columns, rank_of);
    for (size_t i = 0; i < columns->count; i++)
        free(kept[i]);
    free(kept);
    free(rank_of);
    table_free(&seen);
    buf_free(folded);
}

void columns_map(struct columns *columns, const struct profile *profile,
                 const struct cells *line)
{
    struct captions captions;

    *columns = (struct columns){ .count = line->count, .nfields = FIELD_COUNT };
    /* A delimiter behind the last caption makes no column. */
    if (line->count > 1 && slice_trim(line->cell[line->count - 1]).len == 0)
        columns->count--;
    columns->caption = xcalloc(columns->count + 1, sizeof *columns->caption);
    columns->picked = xcalloc(columns->count + 1, sizeof *columns->picked);
    columns->spare = xcalloc(columns->count + 1, sizeof *columns->spare);
    captions_load(&captions, profile);
    map_all(columns, &captions, line);
    captions_free(&captions);
}

void columns_describe(const struct columns *columns, const struct profile *profile,
                      struct buf *out)
{
    bool said[FIELD_COUNT] = { false };

    buf_addf(out, "  columns    %zu\n", columns->count);
    for (size_t i = 0; i < columns->npicked; i++)
        buf_addf(out, "    %-24s %s\n", columns->caption[columns->picked[i].column],
                 field_name(columns->picked[i].field));
    for (size_t i = 0; i < columns->nspare; i++)
        buf_addf(out, "    " SLICE_FMT " to extra\n",
                 SLICE_ARG(columns->spare[i].caption));
    buf_add_text(out, "  missing   ");
    for (size_t i = 0; i < profile->naliases; i++) {
        enum field field = profile->alias[i].field;

        if (field == FIELD_NONE || said[field] || columns->name[field] != NULL)
            continue;
        said[field] = true;
        buf_addf(out, " %s", field_name(field));
    }
    buf_add_char(out, '\n');
}

void columns_free(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        free(columns->caption[i]);
    free(columns->caption);
    free(columns->picked);
    free(columns->spare);
}

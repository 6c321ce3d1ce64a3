/*
 * report_site.c - keeping a folder of pages.
 */
#include "commands/report/report_parts.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/log.h"
#include "db/sql.h"
#include "output/file.h"
#include "report/page.h"

struct site {
    struct db *db;
    enum lang lang;
    const char *dir;
    struct page_rows periods;
    char *before; /* what .pages said: lines "NAME FINGERPRINT" */
    size_t written, removed;
};

/* "DIR/NAME" and ".html", or for .pages nothing. */
static const char *site_path(const struct site *site, const char *name,
                             const char *ending, struct buf *path)
{
    buf_reset(path);
    buf_addf(path, "%s/%s%s", site->dir, name, ending);
    return buf_cstr(path);
}

/* The whole of a file, or "" where there is none; free() it. */
static char *read_whole(const char *path)
{
    struct buf text = { 0 };
    FILE *file = file_open(path);
    size_t got;

    while (file != NULL && (got = fread(buf_room(&text, 65536), 1, 65536, file)) > 0)
        text.len += got;
    if (file != NULL)
        fclose(file);

    char *whole = xstrndup(text.s != NULL ? text.s : "", text.len);

    buf_free(&text);
    return whole;
}

/* .pages had this line, and the page is still there. */
static bool is_current(const struct site *site, const char *path, const char *name,
                       const char *fingerprint)
{
    struct buf line = { 0 };
    bool same;

    buf_addf(&line, "%s %s\n", name, fingerprint);
    same = strstr(site->before, buf_cstr(&line)) != NULL && access(path, F_OK) == 0;
    buf_free(&line);
    return same;
}

/* A file that would stay the same is not touched. */
static bool site_write(struct site *site, const char *path, struct buf *page,
                       struct err *err)
{
    char *old = read_whole(path);
    bool same = strcmp(old, buf_cstr(page)) == 0;

    free(old);
    if (same)
        return true;
    site->written++;
    return file_replace(path, buf_slice(page), err);
}

static const char *period_text(const struct site *site, size_t row, const char *column)
{
    return rows_text(&site->periods, row, column);
}

/* "NAME.html" of the neighbour of ROW at OTHER, or NULL when that is of another kind. */
static const char *neighbour(const struct site *site, size_t row, size_t other,
                             struct buf *link)
{
    if (other >= site->periods.count || !rows_same(&site->periods, row, other, "kind"))
        return NULL;
    buf_addf(link, "%s.html", period_text(site, other, "name"));
    return buf_cstr(link);
}

static bool site_page(struct site *site, size_t row, const char *path, struct err *err)
{
    struct buf page = { 0 }, before = { 0 }, behind = { 0 };
    struct page_links links = { "index.html", neighbour(site, row, row + 1, &before),
                                neighbour(site, row, row - 1, &behind) };
    struct report_parts parts;
    bool ok =
        report_parts_ask(&parts, site->db, site->lang, period_text(site, row, "from_at"),
                         period_text(site, row, "to_at"), err);

    if (ok) {
        report_write(&page, site->lang, parts.page, &links);
        ok = site_write(site, path, &page, err);
    }
    report_parts_free(&parts);
    buf_free(&behind);
    buf_free(&before);
    buf_free(&page);
    return ok;
}

/* Pages that .pages named and that are no more among the periods. */
static void remove_gone(struct site *site)
{
    struct buf path = { 0 };

    for (char *line = site->before, *end; *line != '\0'; line = end) {
        char *space = line + strcspn(line, " \n");

        end = line + strcspn(line, "\n");
        end += *end == '\n';
        *space = '\0';
        if (*line != '\0' && strchr(line, '/') == NULL &&
            rows_find(&site->periods, "name", line) == site->periods.count)
            site->removed += unlink(site_path(site, line, ".html", &path)) == 0;
    }
    buf_free(&path);
}

static bool site_index(struct site *site, struct err *err)
{
    struct buf page = { 0 }, path = { 0 };

    site_index_write(&page, site->lang, &site->periods);

    bool ok = site_write(site, site_path(site, "index", ".html", &path), &page, err);

    buf_free(&path);
    buf_free(&page);
    return ok;
}

/* Pages first, then what leads to them, then what is known of them. */
static bool site_update(struct site *site, struct err *err)
{
    struct buf path = { 0 }, known = { 0 };
    bool ok = true;

    for (size_t row = 0; ok && row < site->periods.count; row++) {
        const char *name = period_text(site, row, "name");
        const char *fingerprint = period_text(site, row, "fingerprint");

        site_path(site, name, ".html", &path);
        ok = is_current(site, buf_cstr(&path), name, fingerprint) ||
             site_page(site, row, buf_cstr(&path), err);
        buf_addf(&known, "%s %s\n", name, fingerprint);
    }
    if (ok)
        ok = site_index(site, err);
    if (ok) {
        remove_gone(site);
        ok = file_replace(site_path(site, ".pages", "", &path), buf_slice(&known), err);
    }
    buf_free(&known);
    buf_free(&path);
    return ok;
}

static bool site_ask(struct site *site, const char *program, struct report_answer *answer,
                     struct err *err)
{
    struct buf basis = { 0 };
    struct db_rows *rows;

    buf_addf(&basis, "%s %s", program, lang_names[site->lang]);
    rows = db_query(site->db, sql_report_site, DB_ARGS(buf_cstr(&basis)), err);
    buf_free(&basis);
    if (rows == NULL)
        return false;
    site->periods = report_answer_take(answer, rows);
    return true;
}

bool report_site(struct db *db, enum lang lang, const char *dir, const char *program,
                 struct err *err)
{
    struct site site = { .db = db, .lang = lang, .dir = dir };
    struct report_answer answer = { 0 };
    struct buf path = { 0 };

    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        return err_set(err, EXIT_USAGE, "%s: cannot be made: %s", dir, strerror(errno));
    site.before = read_whole(site_path(&site, ".pages", "", &path));

    bool ok = site_ask(&site, program, &answer, err) && site_update(&site, err);

    if (ok)
        log_note("%s: %zu pages, %zu written, %zu taken away", dir,
                 site.periods.count + 1, site.written, site.removed);
    report_answer_free(&answer);
    free(site.before);
    buf_free(&path);
    return ok;
}

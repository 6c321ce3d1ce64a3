/*
 * rule_page.c - Markdown or HTML; every text of a mapping is escaped.
 */
#include "rules/sheet/sheet.h"

#include <ctype.h>

#include "base/base.h"
#include "report/html.h"
#include "rules/analysis/analysis_impl.h"

struct rule_pages {
    const struct rules *rules;
    const struct provider *provider;
    struct fact fact; /* that it is this provider's */
    bool is_html;
    struct html html;
    struct buf *out;
    category_set seen; /* categories that the rules shown lead to */
};

/* --- the two forms --- */

static bool is_word(struct slice text, size_t at)
{
    return at < text.len && isalnum((unsigned char)text.s[at]);
}

/* What Markdown would take for mark-up; an underscore within a word is none. */
static void markdown_text(struct buf *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];
        bool inside = i > 0 && is_word(text, i - 1) && is_word(text, i + 1);

        if (c == '<' || c == '&') {
            buf_add_text(out, c == '<' ? "&lt;" : "&amp;");
            continue;
        }
        if (strchr("\\`*[|", c) != NULL || (c == '_' && !inside))
            buf_add_char(out, '\\');
        if ((unsigned char)c < ' ')
            c = ' ';
        buf_add_char(out, c);
    }
}

static void page_text(struct rule_pages *page, const char *text)
{
    if (page->is_html)
        html_text(&page->html, text);
    else
        markdown_text(page->out, slice_of(text));
}

static void page_heading(struct rule_pages *page, int level, const char *text)
{
    if (page->is_html)
        html_rawf(&page->html, "<h%d>", level);
    else
        buf_addf(page->out, "%.*s ", level, "####");
    page_text(page, text);
    if (page->is_html)
        html_rawf(&page->html, "</h%d>\n", level);
    else
        buf_add_text(page->out, "\n\n");
}

static void page_paragraph(struct rule_pages *page, const char *text)
{
    buf_add_text(page->out, page->is_html ? "<p>" : "");
    page_text(page, text);
    buf_add_text(page->out, page->is_html ? "</p>\n" : "\n\n");
}

static void page_row(struct rule_pages *page, const char *const *cell, size_t count,
                     bool head)
{
    buf_add_text(page->out, page->is_html ? "<tr>" : "|");
    for (size_t i = 0; i < count; i++) {
        buf_add_text(page->out, !page->is_html ? " " : head ? "<th>" : "<td>");
        page_text(page, cell[i]);
        buf_add_text(page->out, !page->is_html ? " |" : head ? "</th>" : "</td>");
    }
    buf_add_text(page->out, page->is_html ? "</tr>\n" : "\n");
    if (!head || page->is_html)
        return;
    for (size_t i = 0; i < count; i++)
        buf_add_text(page->out, i == 0 ? "|---|" : "---|");
    buf_add_char(page->out, '\n');
}

/* Markdown takes these marks of HTML as they are. */
static void page_fold(struct rule_pages *page, const char *summary)
{
    buf_add_text(page->out, "<details>\n<summary>");
    html_text(&page->html, summary);
    buf_add_text(page->out, "</summary>\n\n");
}

static void page_fold_end(struct rule_pages *page)
{
    buf_add_text(page->out, page->is_html ? "</details>\n" : "\n</details>\n\n");
}

/* --- the rules --- */

static void page_rule(struct rule_pages *page, const struct rule *rule)
{
    struct buf when = { 0 }, then = { 0 };

    rule_add_when(&when, rule, page->provider != NULL);
    outcome_add(&then, &page->rules->taxonomy, rule->category, rule->confidence,
                rule->alternatives);

    const char *const cell[] = { rule->id, buf_cstr(&when), buf_cstr(&then),
                                 rule->why != NULL ? rule->why : "" };

    page_row(page, cell, COUNTOF(cell), false);
    page->seen |= rule->alternatives | (category_set)1 << rule->category;
    buf_free(&when);
    buf_free(&then);
}

static void page_table_begin(struct rule_pages *page)
{
    static const char *const head[] = { "rule", "when", "outcome", "why" };

    buf_add_text(page->out, page->is_html ? "<table>\n" : "");
    page_row(page, head, COUNTOF(head), true);
}

static void page_table_end(struct rule_pages *page)
{
    buf_add_text(page->out, page->is_html ? "</table>\n" : "\n");
}

static bool is_shown(const struct rule_pages *page, const struct rule *rule, bool own)
{
    return (rule_cond(rule, RULE_FIELD_PROVIDER) != NULL) == own &&
           rule_concerns(rule, &page->fact);
}

static void page_own(struct rule_pages *page)
{
    size_t count = 0;

    page_heading(page, 2, "Its own rules");
    for (size_t i = 0; i < page->rules->count; i++)
        count += is_shown(page, &page->rules->rule[i], true);
    if (count == 0) {
        page_paragraph(page, "It has none: general rules decide.");
        return;
    }
    page_table_begin(page);
    for (size_t i = 0; i < page->rules->count; i++)
        if (is_shown(page, &page->rules->rule[i], true))
            page_rule(page, &page->rules->rule[i]);
    page_table_end(page);
}

/* General rules of the table that the rule FIRST is in, up to its last; the place behind.
 */
static size_t page_general_table(struct rule_pages *page, size_t first)
{
    const struct doc *doc = page->rules->rule[first].place.doc;
    const char *about = json_string_value(json_object_get(doc->root, "about"));
    struct buf summary = { 0 };
    size_t last = first, count = 0;

    for (; last < page->rules->count && page->rules->rule[last].place.doc == doc; last++)
        count += is_shown(page, &page->rules->rule[last], false);
    if (count == 0)
        return last;
    buf_addf(&summary, "%s: %zu rule%s", doc->name, count, count == 1 ? "" : "s");
    page_fold(page, buf_cstr(&summary));
    if (about != NULL)
        page_paragraph(page, about);
    page_table_begin(page);
    for (size_t i = first; i < last; i++)
        if (is_shown(page, &page->rules->rule[i], false))
            page_rule(page, &page->rules->rule[i]);
    page_table_end(page);
    page_fold_end(page);
    buf_free(&summary);
    return last;
}

static void page_general(struct rule_pages *page)
{
    page_heading(page, 2, "General rules");
    page_paragraph(page,
                   "Tables are asked in the order of their files' names; those with a "
                   "lower number than the carrier's own are asked before it, the "
                   "others behind it.");
    for (size_t i = 0; i < page->rules->count;)
        i = page_general_table(page, i);
}

/* --- who it is, and what the words mean --- */

static void page_marks(struct rule_pages *page, const json_t *object, const char *key,
                       const char *what)
{
    const json_t *list = json_object_get(object, key), *one;
    struct buf text = { 0 };
    size_t i;

    if (json_array_size(list) == 0)
        return;
    buf_addf(&text, "%s: ", what);
    json_array_foreach(list, i, one)
    {
        const char *prefix = json_string_value(json_object_get(one, "prefix"));
        const char *glob = json_string_value(json_object_get(one, "glob"));

        buf_addf(&text, "%s%s%s%s", i > 0 ? ", " : "", glob != NULL ? "like " : "",
                 json_is_string(one) ? json_string_value(one)
                 : prefix != NULL    ? prefix
                 : glob != NULL      ? glob
                                     : "",
                 prefix != NULL ? "..." : "");
    }
    page_paragraph(page, buf_cstr(&text));
    buf_free(&text);
}

static void page_provider(struct rule_pages *page)
{
    const struct place *place = &page->provider->place;
    const json_t *object =
        json_array_get(json_object_get(place->doc->root, place->array), place->index);
    const char *zone = json_string_value(json_object_get(object, "zone"));
    struct buf text = { 0 };

    page_heading(page, 1, page->provider->name);
    buf_addf(&text, "Called %s in rules and in the database, declared in %s.",
             page->provider->id, place->doc->name);
    page_paragraph(page, buf_cstr(&text));
    page_marks(page, object, "gateway", "Trunks");
    page_marks(page, object, "caller", "Numbers that call");
    page_marks(page, object, "network", "Network addresses");
    buf_reset(&text);
    buf_addf(&text, "Its hours and weekdays are those of %s.", zone);
    if (zone != NULL)
        page_paragraph(page, buf_cstr(&text));
    buf_free(&text);
}

static void page_words(struct rule_pages *page)
{
    static const char *const head[] = { "category", "label", "group" };
    const struct taxonomy *taxonomy = &page->rules->taxonomy;

    page_heading(page, 2, "Outcomes");
    page_paragraph(page,
                   "Certain: nothing else fits. Probable: the alternatives in brackets "
                   "remain possible. Ambiguous: one of those in brackets.");
    buf_add_text(page->out, page->is_html ? "<table>\n" : "");
    page_row(page, head, COUNTOF(head), true);
    for (size_t i = 0; i < taxonomy->count; i++) {
        const struct category *category = &taxonomy->category[i];
        const char *const cell[] = { category->code, category->label_en,
                                     category->group };

        if ((page->seen >> i & 1) != 0)
            page_row(page, cell, COUNTOF(cell), false);
    }
    page_table_end(page);
}

bool rule_page(const struct rules *rules, const char *provider, enum rule_page_form form,
               struct buf *out, struct err *err)
{
    struct rule_pages page = { .rules = rules,
                               .provider = provider_with_id(rules, provider),
                               .is_html = form == RULE_PAGE_HTML,
                               .html = { out, LANG_EN },
                               .out = out };
    struct buf end = { 0 };

    if (!rules_check_provider(rules, provider, err))
        return false;
    page.fact = (struct fact){ .present = true, .text = page.provider->text };
    if (page.is_html)
        html_begin(&page.html, page.provider->name, "rules");
    page_provider(&page);
    page_own(&page);
    page_general(&page);
    page_words(&page);
    buf_addf(&end, "Rule set %.12s, %zu rules.", rules_identity(rules), rules->count);
    page_paragraph(&page, buf_cstr(&end));
    if (page.is_html)
        html_end(&page.html);
    buf_free(&end);
    return true;
}

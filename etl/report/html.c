/*
 * html.c - the page's frame, and what is written into it.
 */
#include "report/html.h"

#include <stdarg.h>

#include "base/base.h"

static void html_add_escaped(struct buf *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];

        if (c == '&')
            buf_add_text(out, "&amp;");
        else if (c == '<')
            buf_add_text(out, "&lt;");
        else if (c == '>')
            buf_add_text(out, "&gt;");
        else if (c == '"')
            buf_add_text(out, "&quot;");
        else if ((unsigned char)c < ' ')
            buf_add_char(out, ' ');
        else
            buf_add_char(out, c);
    }
}

void html_raw(struct html *html, const char *mark_up)
{
    buf_add_text(html->out, mark_up);
}

void html_rawf(struct html *html, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_addv(html->out, format, args);
    va_end(args);
}

void html_text(struct html *html, const char *text)
{
    html_add_escaped(html->out, slice_of(text != NULL ? text : LANG_DASH));
}

void html_value(struct html *html, enum lang_kind kind, const char *text)
{
    struct buf plain = { 0 };

    lang_add(&plain, html->lang, kind, text);
    html_add_escaped(html->out, buf_slice(&plain));
    buf_free(&plain);
}

void html_word(struct html *html, const char *english)
{
    html_value(html, LANG_WORD, english);
}

/* Text of a sentence: stars are ours, since values never come here. */
static bool add_piece(struct html *html, struct slice text, bool is_strong)
{
    for (size_t begin = 0; begin < text.len;) {
        const char *star = memchr(text.s + begin, '*', text.len - begin);
        size_t end = star != NULL ? (size_t)(star - text.s) : text.len;

        html_add_escaped(html->out, (struct slice){ text.s + begin, end - begin });
        if (star != NULL) {
            html_raw(html, is_strong ? "</strong>" : "<strong>");
            is_strong = !is_strong;
        }
        begin = end + 1;
    }
    return is_strong;
}

void html_say(struct html *html, const char *sentence, const struct lang_value *values)
{
    const struct lang_value *value;
    struct slice text;
    bool is_strong = false;

    while (lang_next(&sentence, values, &text, &value))
        if (value != NULL)
            html_value(html, value->kind, value->text);
        else
            is_strong = add_piece(html, text, is_strong);
}

void html_begin(struct html *html, const char *title, const char *class)
{
    html_rawf(html,
              "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
              lang_names[html->lang]);
    html_raw(html,
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'\">\n<title>");
    html_text(html, title);
    html_raw(html, "</title>\n<style>\n");
    for (size_t i = 0; page_style[i] != NULL; i++)
        html_raw(html, page_style[i]);
    html_rawf(html, "</style>\n</head>\n<body>\n<main class=\"%s\">\n", class);
}

void html_end(struct html *html)
{
    html_raw(html, "</main>\n</body>\n</html>\n");
}

void html_section(struct html *html, const char *heading, const char *lead)
{
    html_raw(html, "<section>\n<h2>");
    html_word(html, heading);
    html_raw(html, "</h2>\n");
    if (lead == NULL)
        return;
    html_raw(html, "<p class=\"lead\">");
    html_word(html, lead);
    html_raw(html, "</p>\n");
}

void html_section_end(struct html *html)
{
    html_raw(html, "</section>\n");
}

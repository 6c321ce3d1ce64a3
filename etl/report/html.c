/*
 * html.c - the page's frame, and what is written into it.
 */
#include "report/html.h"

#include "base/base.h"
#include "report/style.h"

#define DASH        "\xe2\x80\x93"
#define THIN_SPACE  "\xe2\x80\xaf"
#define SPACED_SIGN "\xe2\x80\xaf%%"

void html_text(struct buf *out, const char *text)
{
    if (text == NULL)
        text = DASH;
    for (; *text != '\0'; text++) {
        if (*text == '&')
            buf_add_text(out, "&amp;");
        else if (*text == '<')
            buf_add_text(out, "&lt;");
        else if (*text == '>')
            buf_add_text(out, "&gt;");
        else if (*text == '"')
            buf_add_text(out, "&quot;");
        else if ((unsigned char)*text < ' ')
            buf_add_char(out, ' ');
        else
            buf_add_char(out, *text);
    }
}

void html_count(struct buf *out, const char *number)
{
    size_t digits = number != NULL ? strspn(number, "0123456789") : 0;

    if (digits == 0) {
        html_text(out, number);
        return;
    }
    for (size_t i = 0; i < digits; i++) {
        if (i > 0 && (digits - i) % 3 == 0)
            buf_add_text(out, THIN_SPACE);
        buf_add_char(out, number[i]);
    }
}

void html_percent(struct buf *out, const char *number)
{
    if (number == NULL)
        buf_add_text(out, DASH);
    else
        buf_addf(out, "%.1f" SPACED_SIGN, strtod(number, NULL));
}

void html_decimal(struct buf *out, const char *number)
{
    if (number == NULL)
        buf_add_text(out, DASH);
    else
        buf_addf(out, "%.1f", strtod(number, NULL));
}

void html_begin(struct buf *out, const char *title)
{
    buf_add_text(
        out, "<!DOCTYPE html>\n"
             "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'\">\n<title>");
    html_text(out, title);
    buf_add_text(out, "</title>\n<style>\n");
    for (size_t i = 0; page_style[i] != NULL; i++)
        buf_add_text(out, page_style[i]);
    buf_add_text(out, "</style>\n</head>\n<body>\n<main>\n");
}

void html_end(struct buf *out)
{
    buf_add_text(out, "</main>\n</body>\n</html>\n");
}

void html_section(struct buf *out, const char *heading, const char *lead)
{
    buf_add_text(out, "<section>\n<h2>");
    html_text(out, heading);
    buf_add_text(out, "</h2>\n");
    if (lead == NULL)
        return;
    buf_add_text(out, "<p class=\"lead\">");
    html_text(out, lead);
    buf_add_text(out, "</p>\n");
}

void html_section_end(struct buf *out)
{
    buf_add_text(out, "</section>\n");
}

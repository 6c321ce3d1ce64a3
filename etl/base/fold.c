/*
 * fold.c - case folding (utf8proc).
 */
#include "base/fold.h"

#include <utf8proc.h>

#include "base/base.h"

void fold_text(struct buf *out, struct slice text)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len = -1;

    buf_reset(out);
    if (!text_is_ascii(text))
        len = utf8proc_map((const utf8proc_uint8_t *)text.s, (utf8proc_ssize_t)text.len,
                           &folded, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (len >= 0)
        buf_add(out, folded, (size_t)len);
    else
        for (size_t i = 0; i < text.len; i++)
            buf_add_char(out, ascii_lower(text.s[i]));
    free(folded);
}

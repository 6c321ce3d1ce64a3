/*
 * pack.c - texts packed as files are.
 */
#include "support/pack.h"

#include <zlib.h>
#include <zstd.h>

#include "base/base.h"

void pack_gzip(struct buf *out, struct slice text)
{
    z_stream z = { 0 };

    if (deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    z.next_in = (unsigned char *)text.s;
    z.avail_in = (unsigned)text.len;
    z.avail_out = (unsigned)deflateBound(&z, text.len);
    z.next_out = (unsigned char *)buf_room(out, z.avail_out);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        abort();
    out->len += z.total_out;
    deflateEnd(&z);
}

void pack_zstd(struct buf *out, struct slice text)
{
    size_t room = ZSTD_compressBound(text.len);
    size_t len = ZSTD_compress(buf_room(out, room), room, text.s, text.len, 3);

    if (ZSTD_isError(len))
        abort();
    out->len += len;
}

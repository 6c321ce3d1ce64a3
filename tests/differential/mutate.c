/*
 * mutate.c - a sample, changed by dice, in two dresses.
 *
 *   mutate SEED SAMPLE OUT TWIN
 *
 * Writes what has become of SAMPLE to OUT, and the same once more to TWIN in another
 * dress: delimiter, quotes, line ends, encoding, packing.  The same SEED makes the same
 * files.  What was done is said in a line.  SAMPLE is a well-formed export as CSV, or
 * JSON; OUT need not be.
 */
#include "differential/mutate.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/base.h"
#include "support/table.h"

#define TOKEN(text)                                                                      \
    {                                                                                    \
        (text), sizeof(text) - 1                                                         \
    }

/* Values that somebody's export, or somebody, could have. */
static const struct slice tokens[] = {
    TOKEN(""),
    TOKEN(" "),
    TOKEN("0"),
    TOKEN("-1"),
    TOKEN("-00:00:05"),
    TOKEN("00:00:00"),
    TOKEN("99:59:59"),
    TOKEN("2147483647"),
    TOKEN("2147483648"),
    TOKEN("-9223372036854775808"),
    TOKEN("99999999999999999999"),
    TOKEN("1e308"),
    TOKEN("1e-7"),
    TOKEN("NaN"),
    TOKEN("infinity"),
    TOKEN("-infinity"),
    TOKEN("null"),
    TOKEN("\\N"),
    TOKEN("true"),
    TOKEN("0001-01-01T00:00:00Z"),
    TOKEN("1969-12-31 23:59:59"),
    TOKEN("1990-01-01 00:30:00"),
    TOKEN("2026-01-31T23:59:59.999Z"),
    TOKEN("2038-01-19 03:14:08"),
    TOKEN("9999-12-31T23:59:59Z"),
    TOKEN("10000-01-01T00:00:00Z"),
    TOKEN("29.02.2023, 10:00:00"),
    TOKEN("31.12.2026, 23:59:60"),
    TOKEN("29.03.2026, 03:30:00"), /* skipped in Kyiv */
    TOKEN("25.10.2026, 03:30:00"), /* twice in Kyiv */
    TOKEN("12.06.2026, 24:00:00"),
    TOKEN("2026-06-11T10:00:00+14:00"),
    TOKEN("2026-06-11T10:00:00-23:59"),
    TOKEN("0000-00-00 00:00:00"),
    TOKEN("+12026-06-11T10:00:00Z"),
    TOKEN("-1781172000000"),
    TOKEN("631151999999"), /* a moment before 1990 */
    TOKEN("1781172000"),
    TOKEN("1781172000000"),
    TOKEN("1781172000000000"),
    TOKEN("00000000-0000-0000-0000-000000000000"),
    TOKEN("FFFFFFFF-ffff-4fff-bfff-FFFFFFFFFFFF"),
    TOKEN("00000000-0000-4000-8000-000000000001"),
    TOKEN("not-a-uuid"),
    TOKEN("NORMAL_CLEARING"),
    TOKEN("NO_ANSWER"),
    TOKEN("normal_clearing "),
    TOKEN("Q.850;cause=16;text=\"x\""),
    TOKEN("SIP;cause=486"),
    TOKEN("200"),
    TOKEN("486"),
    TOKEN("99999"),
    TOKEN("outbound"),
    TOKEN("inbound"),
    TOKEN("+380671234567"),
    TOKEN("380671234567#12345"),
    TOKEN("380671234567 (\xd0\xbc\xd0\xbe\xd0\xb1.)"),
    TOKEN("\xd9\xa3\xd9\xa8\xd9\xa0\xd9\xa6\xd9\xa7\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4"),
    TOKEN("3,80636E+11"),
    TOKEN("=cmd|'/c calc'!A1"),
    TOKEN("@SUM(1)"),
    TOKEN("a\0b"),
    TOKEN("\xff\xfe"),
    TOKEN("\xed\xa0\x80"),
    TOKEN("\xc0\xaf"),
    TOKEN("\xef\xbf\xbf"),
    TOKEN("\xf4\x8f\xbf\xbf"),
    TOKEN("\xe2\x80\xae"),
    TOKEN("\xc2\x85"),
    TOKEN("\xc2\x9bX"),
    TOKEN("\xe2\x80\xa8"),
    TOKEN("\xef\xbb\xbf"),
    TOKEN("e\xcc\x81"),
    TOKEN("\x1b[31m"),
    TOKEN("\r"),
    TOKEN("a\nb"),
    TOKEN("a\r\nb"),
    TOKEN("\""),
    TOKEN("a\"b"),
    TOKEN(";"),
    TOKEN(","),
    TOKEN("\t"),
    TOKEN("{}"),
    TOKEN("[1,2]"),
    TOKEN("'; drop table cdr.leg; --"),
    TOKEN("%s%n"),
    TOKEN("\\u0000"),
    TOKEN("\xd0\xb9\xd1\x97"),
};

static const size_t sizes[] = { 63, 64, 255, 256, 1023, 1024, 3000, 9000, 70000 };

void mutate_token(uint64_t *dice, struct buf *out)
{
    size_t place = table_dice(dice, COUNTOF(tokens) + 4);

    if (place < COUNTOF(tokens)) {
        buf_add_slice(out, tokens[place]);
        return;
    }

    size_t size = sizes[table_dice(dice, COUNTOF(sizes))];

    if (table_dice(dice, 40) == 0)
        size = 3 << 20;
    for (size_t i = 0; i < size; i++)
        buf_add_char(out, (char)('0' + i % 10));
}

/* Bytes of TEXT changed as a disk, an editor or somebody changes them. */
static void damage(struct buf *text, uint64_t *dice)
{
    struct buf out = { 0 };
    size_t at = table_dice(dice, text->len), len = table_dice(dice, 1 + text->len / 4);

    if (len > text->len - at)
        len = text->len - at;
    buf_add(&out, text->s, at);
    switch (table_dice(dice, 6)) {
    case 0: /* the rest is missing */
        break;
    case 1: /* a part is missing */
        buf_add(&out, text->s + at + len, text->len - at - len);
        break;
    case 2: /* a part is there twice */
        buf_add(&out, text->s + at, len);
        buf_add(&out, text->s + at, text->len - at);
        break;
    case 3:
        mutate_token(dice, &out);
        buf_add(&out, text->s + at, text->len - at);
        break;
    case 4:
        buf_add_char(&out, (char)table_dice(dice, 256));
        buf_add(&out, text->s + at + 1, text->len - at - 1);
        break;
    default: /* line ends of another system */
        for (size_t i = at; i < text->len; i++)
            if (text->s[i] == '\n')
                buf_add_text(&out, table_dice(dice, 2) == 0 ? "\r\n" : "\r");
            else
                buf_add_char(&out, text->s[i]);
        break;
    }
    buf_free(text);
    *text = out;
}

static bool is_text(const struct buf *text)
{
    const utf8proc_uint8_t *s = (const utf8proc_uint8_t *)text->s;
    utf8proc_int32_t code;
    utf8proc_ssize_t n;

    for (size_t at = 0; at < text->len; at += (size_t)n)
        if ((n = utf8proc_iterate(s + at, (utf8proc_ssize_t)(text->len - at), &code)) <=
                0 ||
            code == 0)
            return false;
    return true;
}

static void read_file(const char *path, struct buf *text)
{
    FILE *file = fopen(path, "rb");
    int c;

    if (file == NULL)
        exit(2);
    while ((c = getc(file)) != EOF)
        buf_add_char(text, (char)c);
    fclose(file);
}

static void write_file(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL || fwrite(text->s, 1, text->len, file) != text->len ||
        fclose(file) != 0)
        exit(2);
}

static bool is_json(const struct buf *text)
{
    size_t at = 0;

    while (at < text->len && strchr(" \t\r\n", text->s[at]) != NULL)
        at++;
    return at < text->len && (text->s[at] == '{' || text->s[at] == '[');
}

int main(int argc, char **argv)
{
    struct buf sample = { 0 }, out = { 0 }, twin = { 0 }, how = { 0 };

    if (argc != 5)
        return 2;

    uint64_t dice = strtoull(argv[1], NULL, 10) * 0x9e3779b97f4a7c15 | 1;

    for (int i = 0; i < 8; i++)
        table_dice(&dice, 2);
    read_file(argv[2], &sample);
    if (is_json(&sample))
        mutate_json(buf_slice(&sample), &dice, &out, &twin, &how);
    else
        mutate_csv(buf_slice(&sample), &dice, &out, &twin, &how);
    if (table_dice(&dice, 4) == 0 && out.len > 0) {
        buf_addf(&how, ", damaged");
        damage(&out, &dice);
        buf_reset(&twin);
        buf_add_slice(&twin, buf_slice(&out));
    }
    if (is_text(&twin)) {
        buf_add_text(&how, "; twin");
        table_wrap(&twin, &dice, &how);
    }
    write_file(argv[3], &out);
    write_file(argv[4], &twin);
    puts(buf_cstr(&how));
    buf_free(&sample);
    buf_free(&out);
    buf_free(&twin);
    buf_free(&how);
    return 0;
}

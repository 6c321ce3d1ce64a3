/*
 * clock.c - the ways in which exports write time (etl/readers/README.md, Times).
 *
 * One pass cuts the text into numbers and what stands between them; the shape
 * decides what it is.  Nothing is guessed beyond what clock_read() promises.
 */
#include "leg/time/clock.h"

#include "base/base.h"
#include "leg/time/duration.h"

/* What was read so far of a date, a time and a zone. */
struct date_reading {
    struct slice rest;
    int64_t day[3]; /* the three numbers of a date, as written */
    char separator; /* between them; 0: no date */
    bool year_first;
    int64_t ms; /* of the time of day; -1: none */
    bool has_zone;
    int64_t offset; /* s east of UTC */
    bool half_day;  /* AM or PM was there */
};

bool clock_day(int64_t year, int64_t month, int64_t day, int32_t *days)
{
    static const int8_t length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > length[month - 1] + (month == 2 && leap))
        return false;
    /* Days of a year that begins in March, so that the leap day is its last. */
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t m = (month + 9) % 12;

    *days = (int32_t)(365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1 -
                      719468);
    return true;
}

static bool take_char(struct date_reading *r, char c)
{
    if (r->rest.len == 0 || r->rest.s[0] != c)
        return false;
    r->rest.s++;
    r->rest.len--;
    return true;
}

/* Bytes of a blank, or of the comma or T or @ that may stand between day and time. */
static size_t clock_blank_at(struct slice text)
{
    if (text.len == 0)
        return 0;
    switch (text.s[0]) {
    case ' ':
    case ',':
    case '\t':
    case 'T':
    case '@':
        return 1;
    case '\xc2': /* no-break space */
        return slice_starts(text, "\xc2\xa0") ? 2 : 0;
    case '\xe2': /* narrow no-break space, as newer ICU puts it before AM */
        return slice_starts(text, "\xe2\x80\xaf") ? 3 : 0;
    default:
        return 0;
    }
}

static void clock_skip_blanks(struct date_reading *r)
{
    size_t n;

    while ((n = clock_blank_at(r->rest)) != 0) {
        r->rest.s += n;
        r->rest.len -= n;
    }
}

/* A run of at most MOST digits; the number of them, 0 when there is none or more. */
static int take_number(struct date_reading *r, int most, int64_t *value)
{
    int n = 0;

    *value = 0;
    while (r->rest.len > 0 && r->rest.s[0] >= '0' && r->rest.s[0] <= '9') {
        if (n++ == most)
            return 0;
        *value = *value * 10 + (r->rest.s[0] - '0');
        take_char(r, r->rest.s[0]);
    }
    return n;
}

/* A run of letters, perhaps none. */
static struct slice take_word(struct date_reading *r)
{
    struct slice word = { r->rest.s, 0 };

    while (word.len < r->rest.len && ((word.s[word.len] | 0x20) >= 'a') &&
           ((word.s[word.len] | 0x20) <= 'z'))
        word.len++;
    r->rest = (struct slice){ word.s + word.len, r->rest.len - word.len };
    return word;
}

/* The month of stock Kibana's "Nov 4, 2020 @ 08:43", once "November 4th 2020, 08:43". */
static bool take_month_name(struct date_reading *r, int64_t *month)
{
    static const char *const names[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"
    };
    struct date_reading ahead = *r;
    struct slice word;

    if (r->rest.len == 0 || r->rest.s[0] < 'A')
        return false;
    word = take_word(&ahead);
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (word.len >= 3 && word.len <= strlen(names[i]) &&
            memcmp(word.s, names[i], word.len) == 0) {
            *r = ahead; /* MONTH may be in it */
            *month = (int64_t)i + 1;
            return true;
        }
    return false;
}

/* "Nov 4, 2020" behind its month: no order of numbers applies to it. */
static bool take_named_date(struct date_reading *r)
{
    clock_skip_blanks(r);
    if (take_number(r, 2, &r->day[0]) == 0)
        return false;

    struct slice ordinal = take_word(r);

    if (ordinal.len != 0 && !slice_is(ordinal, "st") && !slice_is(ordinal, "nd") &&
        !slice_is(ordinal, "rd") && !slice_is(ordinal, "th"))
        return false;
    clock_skip_blanks(r);
    r->separator = ' ';
    return take_number(r, 4, &r->day[2]) == 4;
}

/* d.M.y, d/M/y, M/d/y or y-M-d, starting at a digit; or a month's name. */
static bool take_date(struct date_reading *r)
{
    int digits;

    if (take_month_name(r, &r->day[1]))
        return take_named_date(r);
    digits = take_number(r, 4, &r->day[0]);
    if (digits == 0 || r->rest.len == 0)
        return false;
    r->year_first = digits == 4;
    r->separator = r->rest.s[0];
    if (r->separator != '.' && r->separator != '/' && r->separator != '-')
        return false;
    return take_char(r, r->separator) && take_number(r, 2, &r->day[1]) != 0 &&
           take_char(r, r->separator) &&
           take_number(r, r->year_first ? 2 : 4, &r->day[2]);
}

static bool take_fraction(struct date_reading *r, int64_t *ms)
{
    int64_t scale = 100;

    *ms = 0;
    if (!take_char(r, '.'))
        return true;
    if (r->rest.len == 0 || r->rest.s[0] < '0' || r->rest.s[0] > '9')
        return false;
    while (r->rest.len > 0 && r->rest.s[0] >= '0' && r->rest.s[0] <= '9') {
        *ms += (r->rest.s[0] - '0') * scale;
        scale /= 10;
        take_char(r, r->rest.s[0]);
    }
    return true;
}

/* AM or PM behind a time; false when the hour does not go with it. */
static bool take_half(struct date_reading *r, int64_t *hour)
{
    struct date_reading ahead = *r;

    clock_skip_blanks(&ahead);
    if (ahead.rest.len < 2)
        return true;

    struct slice word = { ahead.rest.s, 2 };
    bool am = slice_equal_nocase(word, slice_of("am"));
    bool pm = slice_equal_nocase(word, slice_of("pm"));

    if (!am && !pm)
        return true;
    if (*hour < 1 || *hour > 12)
        return false;
    *hour = *hour % 12 + (pm ? 12 : 0);
    ahead.rest.s += 2;
    ahead.rest.len -= 2;
    ahead.half_day = true;
    *r = ahead;
    return true;
}

/* h:mm, h:mm:ss, h:mm:ss.fff, each with AM or PM behind it. */
static bool take_time(struct date_reading *r)
{
    int64_t hour, minute, second = 0, fraction = 0;

    if (take_number(r, 2, &hour) == 0 || !take_char(r, ':') ||
        take_number(r, 2, &minute) != 2)
        return false;
    if (take_char(r, ':') &&
        (take_number(r, 2, &second) != 2 || !take_fraction(r, &fraction)))
        return false;
    if (!take_half(r, &hour) || hour > 23 || minute > 59 || second > 59)
        return false;
    r->ms = ((hour * 60 + minute) * 60 + second) * MS_PER_S + fraction;
    return true;
}

/* Z, +03:00, +0300, +03 behind a time; nothing is fine too. */
static bool clock_take_zone(struct date_reading *r)
{
    int64_t hours, minutes = 0;
    int sign = 1;

    if (take_char(r, 'Z')) {
        r->has_zone = true;
        return true;
    }
    if (take_char(r, '-'))
        sign = -1;
    else if (!take_char(r, '+'))
        return true;
    if (r->rest.len == 4 && r->rest.s[2] != ':') {
        int64_t both;

        if (take_number(r, 4, &both) != 4)
            return false;
        hours = both / 100;
        minutes = both % 100;
    } else if (take_number(r, 2, &hours) != 2 ||
               (take_char(r, ':') && take_number(r, 2, &minutes) != 2)) {
        return false;
    }
    r->has_zone = true;
    r->offset = sign * (hours * 60 + minutes) * 60;
    return hours <= 15 && minutes <= 59;
}

/* Which of the three numbers is the day: dots and a year in front leave nothing open. */
static bool day_of(const struct date_reading *r, enum date_order order, int32_t *days)
{
    const int64_t *n = r->day;

    if (r->year_first)
        return clock_day(n[0], n[1], n[2], days);
    if (r->separator == ' ')
        return clock_day(n[2], n[1], n[0], days);
    if (r->separator == '.')
        order = DATE_DMY;
    else if (order == DATE_GUESSED)
        order = r->separator == '/' && r->half_day ? DATE_MDY : DATE_DMY;

    int64_t year = n[2] < 100 ? n[2] + 2000 : n[2];

    if (order == DATE_YMD)
        return clock_day(n[0] < 100 ? n[0] + 2000 : n[0], n[1], n[2], days);
    return order == DATE_MDY ? clock_day(year, n[0], n[1], days)
                             : clock_day(year, n[1], n[0], days);
}

/* 1604472228, 1604472228120, 1604472228120000. */
static enum clock_got epoch_of(int64_t value, int64_t *ms)
{
    if (value == 0)
        return CLOCK_NEVER;

    int64_t size = value < 0 ? -value : value;

    if (size < 100000000000) /* 1e11 s: the year 5138 */
        *ms = value * MS_PER_S;
    else if (size < 100000000000000)
        *ms = value;
    else
        *ms = value / 1000;
    return CLOCK_INSTANT;
}

/* 1604472228.123, 1.60447222812e+15. */
static enum clock_got epoch_of_real(double real, int64_t *ms)
{
    if (!(real > -1e17 && real < 1e17))
        return CLOCK_BAD;
    if (real >= 1e11 || real <= -1e11)
        return epoch_of((int64_t)real, ms);
    *ms = (int64_t)(real * MS_PER_S + (real < 0 ? -0.5 : 0.5)); /* the fraction counts */
    return *ms == 0 ? CLOCK_NEVER : CLOCK_INSTANT;
}

/*
 * 04.11.2020, 8:43:48 by the places of its signs, as nearly every day and time is
 * written.  False: it is written otherwise, or is none.
 */
static bool read_plain(struct slice text, enum date_order order, int64_t *ms)
{
    static const char shortest[] = "04.11.2020, 8:43:48";
    const char *s = text.s, *end = text.s + text.len;
    bool two_digits = text.len == sizeof shortest; /* of the hour */
    int32_t days;

    if ((text.len != sizeof shortest - 1 && !two_digits) || s[5] != s[2] ||
        s[10] != ',' || s[11] != ' ' || end[-6] != ':' || end[-3] != ':')
        return false;
    if (s[2] != '.' && (s[2] != '/' || order == DATE_MDY || order == DATE_YMD))
        return false;

    char hours[] = { '0', end[-7] };

    if (two_digits)
        hours[0] = s[12];

    unsigned hour = decimal_two(hours);
    unsigned minute = decimal_two(end - 5), second = decimal_two(end - 2);
    unsigned century = decimal_two(s + 6), year = decimal_two(s + 8);

    if (hour > 23 || minute > 59 || second > 59 || century == 0 || century > 99 ||
        year > 99 ||
        !clock_day(100 * century + year, decimal_two(s + 3), decimal_two(s), &days))
        return false;
    *ms = days * MS_PER_DAY +
          (int64_t)((hour * 60 + minute) * 60 + second) * (int64_t)MS_PER_S;
    return true;
}

enum clock_got clock_read(struct slice text, enum date_order order, int64_t *ms)
{
    if (read_plain(text, order, ms))
        return CLOCK_WALL;

    struct date_reading r = { .rest = slice_trim(text), .ms = -1 };
    int64_t epoch;
    double real;
    int32_t days;

    if (r.rest.len == 0)
        return CLOCK_BAD;
    if (slice_is(r.rest, "-"))
        return CLOCK_NEVER;
    if (slice_int(r.rest, &epoch))
        return epoch_of(epoch, ms);
    if (decimal_read(r.rest, &real))
        return epoch_of_real(real, ms);

    struct date_reading ahead = r;

    if (take_time(&ahead)) {
        r = ahead; /* time first: alone, or "08:43:48 4/11/2020" */
        clock_skip_blanks(&r);
    }
    if (r.rest.len > 0 && !take_date(&r))
        return CLOCK_BAD;
    if (r.ms < 0) {
        clock_skip_blanks(&r);
        if (r.rest.len > 0 && !take_time(&r))
            return CLOCK_BAD;
        if (r.ms >= 0) {
            while (take_char(&r, ' '))
                ;
            if (!clock_take_zone(&r))
                return CLOCK_BAD;
        }
    }
    if (r.rest.len > 0)
        return CLOCK_BAD;
    if (r.separator == 0) {
        *ms = r.ms;
        return CLOCK_TIME_ONLY;
    }
    if (!day_of(&r, order, &days))
        return CLOCK_BAD;
    *ms = days * MS_PER_DAY + (r.ms < 0 ? 0 : r.ms) - r.offset * MS_PER_S;
    if (r.ms < 0)
        return CLOCK_DAY_ONLY;
    return r.has_zone ? CLOCK_INSTANT : CLOCK_WALL;
}

bool clock_is_minutes(struct slice text)
{
    const char *colon = text.len != 0 ? memchr(text.s, ':', text.len) : NULL;

    return colon != NULL &&
           memchr(colon + 1, ':', (size_t)(text.s + text.len - colon) - 1) == NULL;
}

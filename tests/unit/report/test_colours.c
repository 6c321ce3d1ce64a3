/*
 * test_colours.c - the page's colours stay apart for all eyes.
 *
 * Every two colours that stand side by side in a chart differ by at least 12 (CIEDE2000),
 * as they are and as Machado, Oliveira and Fernandes (2009) simulate protanopia and
 * deuteranopia, on light and on dark.
 */
#include <criterion/criterion.h>
#include <math.h>

#include "base/base.h"
#include "report/html.h"

enum { LEAST = 12 };
static const char *const parts[] = { "person",       "machine", "answered", "subscriber",
                                     "undetermined", "caller",  "network",  "system" };

static const double eyes[3][3][3] = {
    { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
    { { 0.152286, 1.052583, -0.204868 },
      { 0.114503, 0.786281, 0.099216 },
      { -0.003882, -0.048116, 1.051998 } },
    { { 0.367322, 0.860646, -0.227968 },
      { 0.280085, 0.672501, 0.047413 },
      { -0.011820, 0.042940, 0.968881 } },
};

struct lab {
    double l, a, b;
};

static double linear(unsigned value)
{
    double c = value / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double lab_f(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* 0xRRGGBB (sRGB, D65) as an eye sees it. */
static struct lab lab_of(unsigned rgb, const double eye[3][3])
{
    double in[3] = { linear(rgb >> 16), linear(rgb >> 8 & 255), linear(rgb & 255) }, c[3];

    for (int i = 0; i < 3; i++)
        c[i] =
            fmin(1, fmax(0, eye[i][0] * in[0] + eye[i][1] * in[1] + eye[i][2] * in[2]));

    double x = lab_f((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
    double y = lab_f(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
    double z = lab_f((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);

    return (struct lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static double radians(double degrees)
{
    return degrees * acos(-1) / 180;
}

static double hue(double a, double b)
{
    double degrees = atan2(b, a) * 180 / acos(-1);

    return degrees < 0 ? degrees + 360 : degrees;
}

static double mean_hue(double one, double other)
{
    double sum = one + other;

    if (fabs(one - other) <= 180)
        return sum / 2;
    return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

/* Sharma, Wu and Dalal (2005). */
static double ciede2000(struct lab one, struct lab other)
{
    double c = (hypot(one.a, one.b) + hypot(other.a, other.b)) / 2;
    double g = 0.5 * (1 - sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7))));
    double a1 = (1 + g) * one.a, a2 = (1 + g) * other.a;
    double c1 = hypot(a1, one.b), c2 = hypot(a2, other.b), cm = (c1 + c2) / 2;
    double h1 = hue(a1, one.b), h2 = hue(a2, other.b), h = mean_hue(h1, h2);
    double turn = h2 - h1 > 180    ? h2 - h1 - 360
                  : h2 - h1 < -180 ? h2 - h1 + 360
                                   : h2 - h1;
    double dh = 2 * sqrt(c1 * c2) * sin(radians(turn / 2));
    double l50 = pow((one.l + other.l) / 2 - 50, 2);
    double t = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h)) +
               0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63));
    double rc = 2 * sqrt(pow(cm, 7) / (pow(cm, 7) + pow(25, 7)));
    double rt = -sin(radians(60 * exp(-pow((h - 275) / 25, 2)))) * rc;
    double l = (other.l - one.l) / (1 + 0.015 * l50 / sqrt(20 + l50));
    double dc = (c2 - c1) / (1 + 0.045 * cm), d = dh / (1 + 0.015 * cm * t);

    return sqrt(l * l + dc * dc + d * d + rt * dc * d);
}

/* Two of the pairs that the paper gives to check by. */
Test(colours, difference)
{
    cr_expect_float_eq(
        ciede2000((struct lab){ 50, 2.6772, -79.7751 }, (struct lab){ 50, 0, -82.7485 }),
        2.0425, 0.0001);
    cr_expect_float_eq(ciede2000((struct lab){ 50, 2.5, 0 }, (struct lab){ 73, 25, -18 }),
                       27.1492, 0.0001);
}

static unsigned colour_of(const char *style, const char *name)
{
    char key[32];

    snprintf(key, sizeof key, "--%s:#", name);

    const char *at = strstr(style, key);

    cr_assert_not_null(at, "%s has no colour", name);
    return (unsigned)strtoul(at + strlen(key), NULL, 16);
}

static void expect_apart(const char *style, const char *where)
{
    for (int eye = 0; eye < 3; eye++)
        for (size_t i = 0; i < COUNTOF(parts); i++)
            for (size_t j = 0; j < i; j++) {
                double apart = ciede2000(lab_of(colour_of(style, parts[i]), eyes[eye]),
                                         lab_of(colour_of(style, parts[j]), eyes[eye]));

                cr_expect_geq(apart, LEAST, "%s, eye %d: %s and %s differ by %.1f", where,
                              eye, parts[i], parts[j], apart);
            }
}

Test(colours, stay_apart)
{
    const char *dark = strstr(page_style[0], "prefers-color-scheme:dark");

    cr_assert_not_null(dark);
    expect_apart(page_style[0], "light");
    expect_apart(dark, "dark");
}

/*
 * number_plan_impl.h - what the files of the plan share.
 */
#ifndef ETL_LEG_NUMBER_NUMBER_PLAN_IMPL_H
#define ETL_LEG_NUMBER_NUMBER_PLAN_IMPL_H

#include "doc/layers.h"
#include "leg/number/number_plan.h"

enum { DIGITS_MAX = 20, LIST_MAX = 16, COUNTRIES_MAX = 250, TRUNKS_MAX = 256 };

struct digit_list {
    struct slice text[LIST_MAX]; /* of the doc */
    size_t count;
};

/* Numbers of a country, without anything in front: so many digits, and how they begin. */
struct number_form {
    size_t digits;
    struct digit_list starts; /* none: any */
    uint16_t first;           /* bit d: one may begin with the digit d */
};

struct country {
    const char *id;
    struct slice code;
    struct digit_list international; /* dialled before a country's code */
    struct digit_list national;      /* dialled before a number of the country */
    struct number_form form[LIST_MAX];
    size_t nforms;
    bool bare; /* a number may stand without either */
};

enum trunk_match { TRUNK_IS, TRUNK_PREFIX, TRUNK_GLOB };

struct trunk_pattern {
    enum trunk_match match;
    char *text; /* in lower case */
};

struct trunk {
    struct trunk_pattern gateway[LIST_MAX];
    size_t ngateways;
    const struct country *country;
    struct digit_list strip; /* dialled in front of all */
    struct slice area;       /* of numbers that stand without theirs; empty: none */
    size_t local_digits;
};

struct number_plan {
    struct doc doc[LAYERS_MAX]; /* numbers.json of each folder that has one */
    size_t ndocs;
    struct country *country;
    size_t ncountries;
    const struct country *home;
    /* By the first digit of their code, each list in the order of the file. */
    const struct country *coded[10][COUNTRIES_MAX];
    size_t ncoded[10];
    struct trunk *trunk;
    size_t ntrunks;
};

#endif

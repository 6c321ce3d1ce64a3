/* record/signal: dispositions, SIP codes and Q.850 values as cells write them. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/sip_fields.h"

Test(signal, reads_sip_codes_in_every_form)
{
    static const struct {
        const char *cell;
        int16_t code;
    } cases[] = {
        { "sip:486", 486 },   { "SIP:486", 486 },
        { "sips:486", 486 },  { "486", 486 },
        { "486.0", 486 },     { "sip:486 ", 486 },
        { " 603", 603 },      { "sip:486 Busy Here", 486 },
        { "200", 200 },       { "0", NO_CODE },
        { "", NO_CODE },      { "sip:abc", NO_CODE },
        { "99", NO_CODE },    { "700", NO_CODE },
        { "1486", NO_CODE },  { "48", NO_CODE },
        { "-86", NO_CODE },   { "486.foo", NO_CODE },
        { "486.5", NO_CODE }, { "486.", 486 },
        { "sip:", NO_CODE },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        cr_expect_eq(sip_fields_sip_code(slice_of(cases[i].cell)), cases[i].code,
                     "\"%s\"", cases[i].cell);
    cr_expect_eq(sip_fields_sip_code(SLICE_NONE), NO_CODE);
}

Test(signal, takes_q850_from_numbers_and_reason_headers)
{
    static const struct {
        const char *cell;
        int16_t value;
    } cases[] = {
        { "17", 17 },
        { "Q.850;cause=17;text=\"User busy\"", 17 },
        { "q.850 ; cause=31", 31 },
        { "Q.850;Cause=17", 17 },
        { "Q.850 ; CAUSE = 17 ; text=x", 17 },
        { "Q.850;text=\"busy;cause=5;x\";cause=17", 17 },
        { "Q.850;text=\"a \\\" b;cause=5\";cause=17", 17 },
        { "Q.850;text=\"a, Q.850;cause=5\";cause=17", 17 },
        { "SIP;cause=486, Q.850;cause=17", 17 },
        { "SIP;cause=486;text=\"Busy, Here\" ,Q.850;cause=17;text=\"User busy\"", 17 },
        { "Q.850;text=x,Q.850;cause=31,Q.850;cause=1", 31 },
        { "Q.850;cause=17.0", 17 },
        { "Q.850;cause=17.5", NO_CODE },
        { "Q.850;cause=17 18", NO_CODE },
        { "Q.850;text=\"cause=17\"", NO_CODE },
        { "Q.850;text=\"not closed;cause=17", NO_CODE },
        { "Q.850;because=17", NO_CODE },
        { "Q.850;cause", NO_CODE },
        { "Q.850;", NO_CODE },
        { ";cause=17", NO_CODE },
        { "SIP;cause=200;text=\"Call completed elsewhere\"", NO_CODE },
        { "0", NO_CODE },
        { "128", NO_CODE },
        { "487", NO_CODE },
        { "", NO_CODE },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        cr_expect_eq(sip_fields_q850(slice_of(cases[i].cell)), cases[i].value, "%s",
                     cases[i].cell);
}

Test(signal, tells_the_two_vocabularies_of_dispositions_apart)
{
    static const struct {
        const char *cell, *disposition, *result;
        int16_t code;
    } cases[] = {
        { "recv_refuse", "recv_refuse", NULL, NO_CODE },
        { " SEND_BYE ", "send_bye", NULL, NO_CODE },
        { "recv_refuse sip:480", "recv_refuse", NULL, 480 },
        { "not_answered", NULL, "not_answered", NO_CODE },
        { "notAnswered", NULL, "not_answered", NO_CODE },
        { "client_dropped", NULL, "client_dropped", NO_CODE },
        { "Клієнт скинув", NULL, "Клієнт скинув", NO_CODE },
        { "recv_refuse please", NULL, "recv_refuse please", NO_CODE },
        { "Recieve cancel", "send_cancel", NULL, NO_CODE },
        { "", NULL, NULL, NO_CODE },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct leg leg = { 0 };
        struct buf scratch = { 0 };

        sip_fields_disposition(slice_of(cases[i].cell), &leg, &scratch);
        cr_expect(slice_equal(leg.disposition, slice_of(cases[i].disposition)), "\"%s\"",
                  cases[i].cell);
        cr_expect(slice_equal(leg.webitel_result, slice_of(cases[i].result)), "\"%s\"",
                  cases[i].cell);
        cr_expect_eq(leg.sip_code, cases[i].code, "\"%s\"", cases[i].cell);
        buf_free(&scratch);
    }
}

Test(signal, a_code_of_its_own_column_beats_the_one_behind_the_disposition)
{
    struct leg leg = { .sip_code = 486 };
    struct buf scratch = { 0 };

    sip_fields_disposition(slice_of("recv_refuse sip:480"), &leg, &scratch);
    cr_expect_eq(leg.sip_code, 486);
    buf_free(&scratch);
}

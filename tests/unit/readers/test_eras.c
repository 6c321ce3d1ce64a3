/*
 * The JSON profiles of ./mappings against webitel-exports: which of a record's names give
 * which evidence (§1.2 to §1.5, §2.2, §2.3, §4), and which profile a wrapper goes to
 * (§3).
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/export.h"

/* Beginnings of a record that tell its era. */
#define G2                                                                               \
    "{\"Call start time\":\"2016-07-15 08:47:01\",\"Call direction\":\"internal\","      \
    "\"Call duration\":\"25\",\"CallerID number\":\"9999\",\"Destination number\":"      \
    "\"100\",\"Connected call duration\":\"0\""
#define G3                                                                               \
    "{\"leg\":\"A\",\"uuid\":\"u\",\"created_time\":1604472228120,\"duration\":7,"       \
    "\"billsec\":0,\"hangup_cause\":\"USER_BUSY\",\"caller_id_number\":\"1000\""
#define RAW_VARIABLES                                                                    \
    "\"uuid\":\"u\",\"start_epoch\":\"1604472228\",\"end_epoch\":\"1604472235\","        \
    "\"duration\":\"7\",\"billsec\":\"0\""
#define PG                                                                               \
    "{\"id\":\"u\",\"created_at\":\"2024-06-04T09:43:48.123+03:00\",\"from_number\":"    \
    "\"1000\",\"destination\":\"05\",\"cause\":\"USER_BUSY\",\"sip_code\":486,"          \
    "\"duration\":0,\"payload\":{\"flow_schema_name\":\"S\",\"sip_reason\":"             \
    "\"Q.850;cause=17\"},\"progress_at\":\"2024-06-04T09:43:50.123+03:00\"}"
#define REST                                                                             \
    "{\"id\":\"u\",\"created_at\":\"1717483428123\",\"from\":{\"number\":\"1000\"},"     \
    "\"destination\":\"05\",\"cause\":\"USER_BUSY\",\"sip_code\":486,\"duration\":7}"

/* One record: TEXT is read by PROFILE and has each of the FIELDS, absent ones as "-name".
 */
struct era {
    const char *text, *profile, *fields[4];
};

static void check(const struct era *era)
{
    const char *got = export_told(era->text);
    char word[128];

    snprintf(word, sizeof word, "end %s ", era->profile);
    cr_expect_not_null(strstr(got, word), "no \"%s\" of:\n%s\n%s", word, era->text, got);
    for (size_t i = 0; i < COUNTOF(era->fields) && era->fields[i] != NULL; i++) {
        bool absent = era->fields[i][0] == '-';

        snprintf(word, sizeof word, absent ? " %s=" : " %s", era->fields[i] + absent);
        cr_expect_eq(strstr(got, word) == NULL, absent, "\"%s\" of:\n%s\n%s",
                     era->fields[i], era->text, got);
    }
}

Test(eras, a_parent_is_the_first_of_its_names)
{
    static const char *const names[] = { "ent_originate_aleg_uuid",
                                         "originating_leg_uuid", "cc_member_session_uuid",
                                         "campon_uuid" };
    static const struct {
        const char *before, *after, *profile;
    } eras[] = {
        { G2 ",\"variables\":{", "}}", "elastic-2016" },
        { G3 ",\"variables\":{", "}}", "elastic" },
        { "{\"variables\":{" RAW_VARIABLES ",", "}}", "freeswitch" },
    };

    for (size_t e = 0; e < COUNTOF(eras); e++)
        for (size_t first = 0; first < COUNTOF(names); first++) {
            struct buf text = { 0 };
            char wanted[64];

            buf_addf(&text, "%s", eras[e].before);
            for (size_t i = COUNTOF(names); i-- > first;)
                buf_addf(&text, "\"%s\":\"p%zu\"%s", names[i], i, i > first ? "," : "");
            buf_addf(&text, "%s", eras[e].after);
            snprintf(wanted, sizeof wanted, "parent_uuid=p%zu ", first);
            check(&(struct era){ buf_cstr(&text), eras[e].profile, { wanted } });
            buf_free(&text);
        }
}

Test(eras, an_originator_is_a_parent)
{
    static const char originator[] =
        "\"callflow\":[{\"caller_profile\":{\"originator\":{"
        "\"originator_caller_profiles\":[{\"uuid\":\"p\"},{\"uuid\":\"q\"}]}}}]";
    struct buf text = { 0 };

    buf_addf(&text, "{\"variables\":{" RAW_VARIABLES "},%s}", originator);
    check(&(struct era){ buf_cstr(&text), "freeswitch", { "parent_uuid=p " } });
    buf_reset(&text);
    buf_addf(&text, G3 ",%s}", originator);
    check(&(struct era){ buf_cstr(&text), "elastic", { "parent_uuid=p " } });
    buf_free(&text);
}

/* §1.2: Progress time is FreeSWITCH's progress_stamp, and variables are still there. */
Test(eras, what_documents_of_2016_tell)
{
    static const struct era eras[] = {
        { G2 ",\"Progress time\":\"2016-07-15 08:47:06\",\"variables\":{\"uuid\":\"u\"}}",
          "elastic-2016",
          { "rang_at=2016-07-15 08:47:06", "-media_at" } },
        { G2 ",\"variables\":{\"sip_hangup_disposition\":\"\","
             "\"verto_hangup_disposition\":\"send_bye\",\"waitsec\":\"3\",\"holdsec\":"
             "\"4\"}}",
          "elastic-2016",
          { "disposition=send_bye", "-wait_seconds", "hold_seconds=4" } },
        { G2 ",\"variables\":{\"sip_hangup_disposition\":\"recv_refuse\","
             "\"hangup_disposition\":\"text\"}}",
          "elastic-2016",
          { "disposition=text" } },
        { G2 ",\"variables\":{\"network_addr\":\"10.0.0.15\",\"cc_queue\":\"sales@d\"}}",
          "elastic-2016",
          { "network_addr=10.0.0.15", "queue=sales " } },
    };

    for (size_t i = 0; i < COUNTOF(eras); i++)
        check(&eras[i]);
}

/* §2.3: each by its own name, so that one without a code does not hide the next. */
Test(eras, the_names_of_a_sip_code)
{
    static const char variables[] =
        "\"last_bridge_proto_specific_hangup_cause\":\"sip:404\",\"sip_term_status\":"
        "\"480\",\"sip_invite_failure_status\":\"486\",\"proto_specific_hangup_cause\":"
        "\"sip:\"";
    static const struct era eras[] = {
        { G2, "elastic-2016", { "sip_other_leg=sip:404" } },
        { G3, "elastic", { NULL } },
        { "{\"a\":1", "freeswitch", { "sip_other_leg=sip:404" } },
    };

    for (size_t i = 0; i < COUNTOF(eras); i++) {
        struct buf text = { 0 };
        struct era era = { NULL,
                           eras[i].profile,
                           { "sip_code=sip: ", "sip_failure=486", "sip_term=480",
                             eras[i].fields[0] } };

        buf_addf(&text, "%s,\"variables\":{%s,%s}}", eras[i].text, RAW_VARIABLES,
                 variables);
        era.text = buf_cstr(&text);
        check(&era);
        buf_free(&text);
    }
}

/* Elasticsearch's own names in an answer with `fields`. */
Test(eras, fields_of_a_search)
{
    static const struct era era = {
        "{\"hits\":{\"hits\":[{\"_id\":\"u\",\"fields\":{\"uuid\":[\"u\"],"
        "\"created_time\":[1604472228120],\"duration\":[20],"
        "\"callflow.times.hangup_time\":[1604472235020,1604472230000],"
        "\"callflow.times.progress_time\":[\"2020-11-04T06:43:49.000Z\"],"
        "\"callflow.times.progress_media_time\":[\"2020-11-04T06:43:50.000Z\"],"
        "\"callflow.caller_profile.destination_number\":[\"05\",\"06\"]}}]}}",
        "elastic",
        { "ended_at=1604472235020", "rang_at=2020-11-04T06:43:49.000Z",
          "media_at=2020-11-04T06:43:50.000Z", "destination=05" }
    };

    check(&era);
}

/* §3: rows of the table and pages of REST come in the same wrappers. */
Test(eras, rows_and_pages_in_wrappers)
{
    static const char *const wrappers[] = { "",      "data",    "rows",  "docs",
                                            "calls", "records", "result" };
    struct buf text = { 0 };

    for (size_t i = 0; i < COUNTOF(wrappers); i++)
        for (int rest = 0; rest < 2; rest++) {
            const char *record = rest ? REST : PG;

            buf_reset(&text);
            if (wrappers[i][0] == '\0')
                buf_addf(&text, "[%s,%s]", record, record);
            else
                buf_addf(&text, "{\"n\":1,\"%s\":[%s,%s]}", wrappers[i], record, record);
            if (rest)
                check(&(struct era){ buf_cstr(&text),
                                     "rest",
                                     { "duration=7", "caller=1000", "sip_code=486" } });
            else
                check(&(struct era){ buf_cstr(&text),
                                     "history-rows",
                                     { "sip_reason=Q.850;cause=17", "schema_name=S",
                                       "rang_at=2024-06-04T09:43:50.123+03:00",
                                       "-duration" } });
        }
    check(&(struct era){ "{\"items\":[" REST "]}", "rest", { "duration=7" } });
    buf_free(&text);
}

/* §1.3: the _id around a document is the call's uuid. */
Test(eras, a_document_stands_in_its_id)
{
    static const struct era eras[] = {
        { "{\"took\":3,\"hits\":{\"hits\":[{\"_index\":\"i\",\"_id\":\"d1\",\"_"
          "source\":" G3 "}},{\"_id\":\"d2\",\"_source\":" G3 "}},{\"_source\":" G3
          "}}]}}",
          "elastic",
          { "document_id=d1 ", "document_id=d2 " } },
        { "{\"_id\":\"d1\",\"_score\":1,\"_source\":" G3
          "}}\n{\"_id\":\"d2\",\"_source\":" G3 "}}\n{\"_source\":" G3 "}}\n",
          "elastic",
          { "document_id=d1 ", "document_id=d2 " } },
        { "{\"hits\":{\"hits\":[{\"_id\":\"d1\",\"fields\":{\"created_time\":["
          "1604472228120],"
          "\"duration\":[7],\"hangup_cause\":[\"USER_BUSY\"]}}]}}",
          "elastic",
          { "document_id=d1 " } },
    };

    for (size_t i = 0; i < COUNTOF(eras); i++) {
        check(&eras[i]);
        cr_expect_eq(export_count(export_told(eras[i].text), "document_id="),
                     i < 2 ? 2 : 1, "a document without one took another's");
    }
}

/* Likewise the column of that name in Kibana's tables. */
Test(eras, a_row_of_kibana_has_an_id)
{
    check(&(struct era){ "created_time;_id;duration;billsec;hangup_cause\n"
                         "04.11.2020, 08:43:48;d1;7;0;USER_BUSY;\n",
                         "kibana-discover",
                         { "document_id=d1 " } });
    check(&(struct era){ "created_time,\"_id\",duration,billsec,\"hangup_cause\"\n"
                         "\"Nov 4, 2020 @ 08:43:48.120\",d1,7,0,USER_BUSY\n",
                         "kibana-stock",
                         { "document_id=d1 " } });
}

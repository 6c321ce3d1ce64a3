/*
 * rules/cases: case files that can fail, and say where.
 */
#include <criterion/criterion.h>
#include <unistd.h>

#include "base/base.h"
#include "rules/cases/cases.h"

static struct rules *rules;
static struct buf out;
static struct err err;
static struct cases_result result;

static void setup(void)
{
    rules = rules_load("mappings", &err);
    cr_assert_not_null(rules, "%s", err.text);
}

static void teardown(void)
{
    rules_free(rules);
    buf_free(&out);
}

TestSuite(cases, .init = setup, .fini = teardown);

#define HEAD                                                                             \
    "id,hangup_cause,disposition,sip_code,q850,provider,direction,billsec,duration,"     \
    "md_result,expected_category,confidence,alternatives,disputed,expected_group,leg,"   \
    "call_ref,expected_if_linked,extra\n"

/* The case file at PATH alone. */
static bool run_file(const char *path)
{
    struct case_path file = { .path = (char *)(uintptr_t)path }; /* which is only read */
    struct case_list list = { .file = &file, .count = 1 };

    return rules_test(rules, &list, 0, &result, &out, &err);
}

/* Run TEXT as a case file; its name in messages is cut down to "FILE". */
static bool run(const char *text)
{
    char path[] = "/tmp/test_cases.XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");

    cr_assert_not_null(file);
    cr_assert(fputs(text, file) >= 0);
    cr_assert_eq(fclose(file), 0);
    buf_reset(&out);
    err = (struct err){ 0 };
    bool ok = run_file(path);
    (void)unlink(path);
    (void)buf_cstr(&out);
    for (char *at = out.s; (at = strstr(at, path)) != NULL;) {
        size_t len = strlen(path);

        memmove(at + 4, at + len, strlen(at + len) + 1);
        memcpy(at, "FILE", 4);
    }
    out.len = strlen(out.s);
    return ok;
}

static const char *message(void)
{
    return err.text + strcspn(err.text, ":");
}

Test(cases, a_case_that_holds_says_nothing)
{
    cr_assert(run(HEAD "x1,USER_BUSY,recv_refuse,sip:486,,,outbound,0,5,,BUSY,probable,"
                       "REJECTED,no,subscriber,B,,,\n"),
              "%s", err.text);
    cr_expect_eq(result.cases, 1);
    cr_expect_eq(result.passed, 1);
    cr_expect_eq(out.len, 0, "%s", buf_cstr(&out));
}

Test(cases, a_case_that_fails_names_its_line_and_both_outcomes)
{
    cr_assert(run(HEAD
                  "x1,USER_BUSY,recv_refuse,sip:486,,,outbound,0,5,,BUSY,probable,"
                  "REJECTED,no,,B,,,\n"
                  "x2,USER_BUSY,recv_refuse,sip:486,,Vega,outbound,0,5,\"a\nb\",BUSY,"
                  "certain,,no,,B,,,\n"
                  "x3,USER_BUSY,recv_refuse,sip:486,,,outbound,0,5,,BUSY,probable,"
                  "REJECTED,no,network,B,,,\n"),
              "%s", err.text);
    cr_expect_eq(result.cases, 3);
    cr_expect_eq(result.passed, 1);
    cr_expect_str_eq(
        buf_cstr(&out),
        "FILE:3: x2: expected BUSY certain, got REJECTED probable [BUSY] by rule "
        "vega.declined\n"
        "FILE:5: x3: expected BUSY probable [REJECTED], got BUSY probable [REJECTED] of "
        "group subscriber, not network by rule sip.486\n");
}

Test(cases, alternatives_are_a_set)
{
    cr_assert(run(HEAD "x1,CALL_REJECTED,recv_refuse,sip:603,,,outbound,0,5,,REJECTED,"
                       "probable,BLOCKED|ACCESS_DENIED,no,,B,,,\n"
                       "x2,CALL_REJECTED,recv_refuse,sip:603,,,outbound,0,5,,REJECTED,"
                       "probable,ACCESS_DENIED|BLOCKED,no,,B,,,\n"
                       "x3,CALL_REJECTED,recv_refuse,sip:603,,,outbound,0,5,,REJECTED,"
                       "probable,BLOCKED,no,,B,,,\n"));
    cr_expect_eq(result.passed, 2);
}

Test(cases, a_disputed_case_is_told_and_not_counted)
{
    cr_assert(run(HEAD
                  "x1,USER_BUSY,recv_refuse,sip:486,,,outbound,0,5,,REJECTED,certain,"
                  ",yes,,B,,,\n"));
    cr_expect_eq(result.cases, 1);
    cr_expect_eq(result.disputed, 1);
    cr_expect_eq(result.disputed_passed, 0);
    cr_expect_eq(result.passed, 0);
    cr_expect(strstr(buf_cstr(&out), " (disputed)\n") != NULL);
}

Test(cases, cells_go_the_way_of_an_exports)
{
    static const char *const rows[] = {
        "x,USER_BUSY,recv_refuse "
        "sip:486,,,,outbound,0,5,,BUSY,probable,REJECTED,no,,B,,,\n",
        "x,USER_BUSY,recv_refuse,SIP:486,,,outbound,0,5,,BUSY,probable,REJECTED,no,,B,,,"
        "\n",
        "x,USER_BUSY,recv_refuse,486 Busy "
        "Here,,,outbound,0,5,,BUSY,probable,REJECTED,no,,B,,,"
        "\n",
        "x,USER_BUSY,recv_refuse,486.0,,,outbound,0,5,,BUSY,probable,REJECTED,no,,B,,,\n",
        "x,17,recv_refuse,486,17,,outbound,0,5,,BUSY,probable,REJECTED,no,,B,,,\n",
        "x,USER_BUSY,notAnswered,486,,,outbound,0,5,,BUSY,probable,REJECTED,no,,B,,,\n",
        "x,USER_BUSY,recv_refuse,486,,vega,outbound,0,5,,REJECTED,probable,BUSY,no,,B,,,"
        "\n",
        "x,USER_BUSY,recv_refuse,486,,,outbound,0,5,,REJECTED,probable,BUSY,no,,B,,,"
        "gateway=vega-1\n",
        "x,CALL_REJECTED,recv_refuse,480,21,,outbound,0,5,,REJECTED,certain,,no,,B,,,"
        "q850_location=U\n",
        "x,CALL_REJECTED,recv_refuse,603,,,outbound,0,5,,BLOCKED,certain,,no,,B,,,"
        "sip_phrase=Network Blocked;sip_reason=v=analytics1\n",
    };
    char text[2048];

    for (size_t i = 0; i < COUNTOF(rows); i++) {
        (void)snprintf(text, sizeof text, HEAD "%s", rows[i]);
        cr_assert(run(text), "%s", err.text);
        cr_expect_eq(result.passed, 1, "row %zu: %s", i, buf_cstr(&out));
    }
}

Test(cases, rows_of_a_call_are_linked)
{
    static const char calls[] = HEAD
        "a,NORMAL_CLEARING,send_refuse,,,,outbound,0,9,,UNDETERMINED,ambiguous,NO_ANSWER|"
        "BUSY|REJECTED|UNREACHABLE|INVALID_NUMBER|NETWORK_FAILURE|SYSTEM_TERMINATED,no,,"
        "A,"
        "c1,REJECTED,\n"
        "b,USER_BUSY,recv_refuse,486,,Vega,,0,6,,REJECTED,probable,BUSY,no,,B,c1,"
        "REJECTED,"
        "\n"
        "a,NORMAL_CLEARING,send_refuse,,,,outbound,0,9,,UNDETERMINED,ambiguous,NO_ANSWER|"
        "BUSY|REJECTED|UNREACHABLE|INVALID_NUMBER|NETWORK_FAILURE|SYSTEM_TERMINATED,no,,"
        "A,"
        "c2,BUSY,\n"
        "b,USER_BUSY,recv_refuse,486,,Vega,,0,6,,REJECTED,probable,BUSY,no,,B,c2,BUSY,\n"
        "a,ORIGINATOR_CANCEL,recv_cancel,487,,,inbound,0,9,,CALLER_CANCEL,certain,,no,,A,"
        "alone,ANSWERED,\n";

    cr_assert(run(calls), "%s", err.text);
    cr_expect_eq(result.passed, 5);
    cr_expect_eq(result.linked, 2, "half a call is none");
    cr_expect_eq(result.linked_passed, 1);
    cr_expect_str_eq(buf_cstr(&out), "FILE:4: call c2: expected BUSY, got REJECTED\n");
}

Test(cases, a_file_that_cannot_be_understood_is_refused)
{
    static const struct {
        const char *text, *message;
    } files[] = {
        { "", ":1: no column \"hangup_cause\"" },
        { "hangup_cause,disposition\n", ":1: no column \"sip_code\"" },
        { "hangup_cause,disposition,sip_cod\n",
          ":1: unknown column \"sip_cod\"; did you mean \"sip_code\"?" },
        { "hangup_cause;disposition;sip_code\n", ":1: its cells have semicolons" },
        { "hangup_cause,hangup_cause\n", ":1: column \"hangup_cause\" stands twice" },
        { "\xff\xfeh", ":1: is UTF-16; save it as UTF-8" },
        { HEAD "\"x,A\n", ":2: " },
    };

    for (size_t i = 0; i < COUNTOF(files); i++) {
        cr_expect_not(run(files[i].text), "file %zu", i);
        cr_expect_eq(err.code, EXIT_MAPPING, "file %zu", i);
        cr_expect_eq(strncmp(message(), files[i].message, strlen(files[i].message)), 0,
                     "file %zu: %s", i, err.text);
    }
    err = (struct err){ 0 };
    cr_expect_not(run_file((char[]){ "/nowhere.csv" }));
    cr_expect_str_eq(err.text, "/nowhere.csv: No such file or directory");
}

Test(cases, every_fault_of_a_row_is_told)
{
    cr_assert(run("\xef\xbb\xbf" HEAD
                  "x1,USER_BUZY,recv_refused,4860,170,vegaa,outbond,0s,5,,BUZY,sure,"
                  "BUSY,no,suscriber,C,,,caler=1;talksec=x;started_at=monday\n"
                  "x2,USER_BUSY,recv_refuse,486\n"
                  "x3,,,,,,,0,5,,UNDETERMINED,certain,,maybe,,B,,,\n"));
    cr_expect_eq(result.cases, 3);
    cr_expect_eq(result.passed, 0);
    cr_expect_str_eq(
        buf_cstr(&out),
        "FILE:2: x1: hangup_cause: unknown value \"USER_BUZY\"; did you mean "
        "\"USER_BUSY\"?\n"
        "FILE:2: x1: disposition: unknown value \"recv_refused\"; did you mean "
        "\"recv_refuse\"?\n"
        "FILE:2: x1: sip_code: \"4860\" is no SIP code; write 486 or sip:486\n"
        "FILE:2: x1: q850: \"170\" is no cause of Q.850; it is 1 to 127\n"
        "FILE:2: x1: provider: unknown provider \"vegaa\"; did you mean \"vega\"?\n"
        "FILE:2: x1: direction: unknown value \"outbond\"; did you mean \"outbound\"?\n"
        "FILE:2: x1: leg: unknown value \"C\"\n"
        "FILE:2: x1: billsec: \"0s\" is no number of whole seconds\n"
        "FILE:2: x1: extra: unknown key \"caler\"; did you mean \"caller\"?\n"
        "FILE:2: x1: talksec: \"x\" is no number of whole seconds\n"
        "FILE:2: x1: started_at: \"monday\" is no time with a zone, such as "
        "2026-06-01T10:00:00Z\n"
        "FILE:2: x1: expected_category: category \"BUZY\" is not declared; did you mean "
        "\"BUSY\"?\n"
        "FILE:2: x1: confidence: unknown confidence \"sure\"\n"
        "FILE:2: x1: expected_group: unknown group \"suscriber\"; did you mean "
        "\"subscriber\"?\n"
        "FILE:3: x2: cells: there are 4, and 19 captions; put texts with a comma into "
        "\"\"\n"
        "FILE:4: x3: confidence: UNDETERMINED is ambiguous, and nothing else is\n"
        "FILE:4: x3: disputed: \"maybe\" is neither yes nor no\n");
}

Test(cases, a_set_is_proved_by_the_cases_of_its_folder)
{
    cr_expect(rules_prove(rules, &err), "%s", err.text);
}

/* readers/csv_aggregate: tables that Kibana counted, and what only looks like one. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/export.h"

static const char aggregate[] =
    "failed 3 this is a report that Kibana mails, or a table that it drew: an aggregate, "
    "not calls; export the calls themselves from Discover";

static void is(const char *text, const char *end)
{
    const char *got = export_told(text);

    cr_expect_not_null(strstr(got, end), "no \"%s\" of:\n%s\ngot:\n%s", end, text, got);
}

Test(aggregate, tables_that_kibana_draws)
{
    static const char *const drawn[] = {
        "\"hangup_cause: Descending\",\"gateway: Descending\",Count\nX,Vega,\"1,234\"\n",
        "\"Top 10 causes\",\"Count of records\"\n\"USER_BUSY\",\"1,204\"\n",
        "filters,\"Sum of billsec\"\nx,7\n",
        "filters,Calls\nx,7\n",
        "\"hangup_cause.keyword: Descending\",\"Average billsec\"\nA,3.1\n",
        "\"hangup_cause: Ascending\",Calls\nA,3\n",
        "created_time per 12 hours;Count\n2020-11-04 00:00;5\n",
        "created_time per day\tCalls\n2020-11-04\t5\n",
        "Cause,Max billsec\nA,3\n",
        "Cause,Min billsec\nA,3\n",
        "Cause,Median billsec\nA,3\n",
        "Cause,Unique count of uuid\nA,3\n",
        "Cause,50th percentile of billsec,99th percentile of billsec\nA,3,4\n",
        "Cause,\"Percentile rank 60 of \"\"billsec\"\"\"\nA,3\n",
        "Top values of hangup_cause,Calls\nA,3\n",
        /* Three captions that are known, but nothing says when a call began. */
        "hangup_cause,direction,billsec,Count\nA,inbound,0,3\n",
        "Cause,Count",
    };

    for (size_t i = 0; i < COUNTOF(drawn); i++)
        is(drawn[i], aggregate);
}

/* As the mail's attachment has them: a title, a blank line, a blank before each line. */
Test(aggregate, reports_that_kibana_mails)
{
    static const char *const mailed[] = {
        "Calls by agent\n\nExtension,Hangup disposition,Calls\n1000,x,3\n",
        "Average talk\n\n hangup_cause,Average billsec\n USER_BUSY,3.5\n",
        "Talk\n\n Extension,Minutes\n 1000,3.5\n",
        "Calls, by cause\n\n hangup_cause,Count\n USER_BUSY,5\n",
        "Causes\n\n hangup_cause,Count\n",
        "Causes\n\n \"hangup_cause\",\"Count\"\n \"USER_BUSY\",\"5\"\n",
        "Causes\n\n \"Cause\",\"Calls\"\n \"USER_BUSY\",\"1,205\"\n",
        "Causes\r\n\r\n hangup_cause,Count\r\n USER_BUSY,5\r\n",
        "\n\nCauses\n\n hangup_cause,Count\n USER_BUSY,5\n",
    };

    for (size_t i = 0; i < COUNTOF(mailed); i++)
        is(mailed[i], aggregate);
}

Test(aggregate, what_is_none)
{
    static const char none[] = "failed 3 its first line is no caption line";

    is("id;created_at;cause;Count\n1;2;3;4\n", "rec 2 26 uuid=1 ");
    is("id;created_at;filters;cause\n1;2;3;4\n", "rec 2 28 uuid=1 ");
    is("id;cause;duration\n1;2;3\n", "failed 3 no column tells when a call began");
    is("Count\n5\n", none);
    is("Count,name\n5,x\n", none);
    is("name,count\nx,5\n", none);
    is("name,Maximum\nx,5\n", none);
    is("Calls\n\nExtension,Name\n1000,Olha\n", none);
    is("Calls\n\n1000,5\n1001,6\n", none);
    is("Calls\nExtension,Calls\n1000,5\n", none);
    is("Dear all,\n\nsee the calls, please\nbelow, 5\n", none);
    is("Name;Call success;Id;Priority;Number;Count\n1;2;3;4;5;6\n",
       "failed 3 this is a dialer's member list");
}

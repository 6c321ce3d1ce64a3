/*
 * gen.c - made-up exports of any size, for the benchmark and for a try.
 *
 *   gen FORMAT ROWS [SEED [DAYS [HOURS]]] >file
 *
 * FORMAT: history (CSV of the history page), grid (legacy grid, no ids), gridid
 * (the same with a uuid), array, ndjson, items (REST objects).  The calls of one
 * SEED are the same in every format: of the DAYS (30) up to the end of June 2026, newest
 * first, a mix of outcomes as a contact centre has them; in so many HOURS (24) of each
 * day, from 8:00 on.  CSV shows wall-clock times three hours ahead, as in Kyiv in June,
 * JSON epochs.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNTOF(array) (sizeof(array) / sizeof(array)[0])
#define PICK(array)    (array)[pick(COUNTOF(array))]

enum { HOUR = 3600, DAY = 24 * HOUR, KYIV = 3 * HOUR, OPENS = 8 * HOUR - KYIV };
#define JULY_2026 INT64_C(1782864000)

/* How calls end: weights out of 100, and what each kind of export says of it. */
struct ending {
    unsigned weight;
    bool answered;
    const char *cause, *code, *phrase, *disposition, *computed, *by, *result;
};

static const struct ending endings[] = {
    { 30, true, "NORMAL_CLEARING", "200", "", "recv_bye", "client_dropped", "B",
      "success" },
    { 14, true, "NORMAL_CLEARING", "200", "", "send_bye", "agent_dropped", "A",
      "success" },
    { 14, false, "NO_ANSWER", "480", "Temporarily Unavailable", "recv_refuse",
      "not_answered", "B", "timeout" },
    { 6, false, "NO_ANSWER", "487", "Request Terminated", "send_cancel", "not_answered",
      "A", "timeout" },
    { 9, false, "USER_BUSY", "486", "Busy Here", "recv_refuse", "not_answered", "B",
      "failed" },
    { 8, false, "ORIGINATOR_CANCEL", "487", "Request Terminated", "recv_cancel",
      "cancelled", "A", "" },
    { 5, false, "NO_USER_RESPONSE", "480", "Temporarily Unavailable", "recv_refuse",
      "error", "B", "failed" },
    { 4, false, "NORMAL_UNSPECIFIED", "480", "Temporarily Unavailable", "recv_refuse",
      "error", "B", "failed" },
    { 3, false, "CALL_REJECTED", "603", "Decline", "recv_refuse", "error", "B",
      "failed" },
    { 3, false, "UNALLOCATED_NUMBER", "404", "Not Found", "recv_refuse", "error", "B",
      "failed" },
    { 2, false, "NORMAL_CIRCUIT_CONGESTION", "503", "Service Unavailable", "recv_refuse",
      "error", "B", "failed" },
    { 1, false, "INVALID_NUMBER_FORMAT", "484", "Address Incomplete", "recv_refuse",
      "error", "B", "failed" },
    { 1, false, "RECOVERY_ON_TIMER_EXPIRE", "408", "Request Timeout", "recv_refuse",
      "error", "B", "failed" },
};

struct call {
    const struct ending *end;
    const char *gateway, *queue;
    char id[37], caller[16], destination[16], agent[8];
    int64_t start; /* ms since 1970 UTC */
    unsigned ring, talk;
    bool inbound;
};

static uint64_t state;
static long days = 30;  /* over which the calls are spread, the last of June 2026 */
static long hours = 24; /* of each */

static uint64_t next(void) /* splitmix64 */
{
    uint64_t z = (state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static unsigned pick(size_t n)
{
    return (unsigned)(next() % n);
}

static const struct ending *pick_ending(void)
{
    unsigned roll = pick(100);
    size_t i = 0;

    for (; i + 1 < COUNTOF(endings) && roll >= endings[i].weight; i++)
        roll -= endings[i].weight;
    return &endings[i];
}

/* The call at PLACE (0 to 1) of all, in seconds since the first day began. */
static int64_t second_at(double place)
{
    double at = place * (double)days;
    int64_t day = (int64_t)at;
    int64_t opens = hours < 24 ? OPENS : 0;

    return day * DAY + opens + (int64_t)((at - (double)day) * (double)(hours * HOUR));
}

static void make_call(struct call *call, uint64_t row, uint64_t rows)
{
    static const char *const gateways[] = { "Vega", "Intertelecom", "Dnipro-SIP",
                                            "Reserve" };
    static const char *const trunks[] = { "380322327757", "10004057", "380560000101",
                                          "380440000202" };
    static const char *const queues[] = { "",        "",           "sales",
                                          "support", "collection", "Черга, підтримка" };
    uint64_t a = next(), b = next();
    size_t trunk = pick(COUNTOF(gateways));
    double place = (double)(rows - row - 1) / (double)rows;
    char subscriber[16];

    (void)snprintf(call->id, sizeof call->id, "%08x-%04x-4%03x-%04x-%012" PRIx64,
                   (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xffff),
                   (unsigned)(a & 0xfff), 0x8000 | (unsigned)(b >> 48 & 0x3fff),
                   b & 0xffffffffffffu);
    call->end = pick_ending();
    call->start = (JULY_2026 - days * DAY + second_at(place)) * 1000 + pick(1000);
    call->ring = 1 + pick(call->end->answered ? 20 : 55);
    call->talk = call->end->answered ? 1 + pick(420) : 0;
    call->inbound = pick(10) < 4;
    call->gateway = gateways[trunk];
    call->queue = PICK(queues);
    (void)snprintf(call->agent, sizeof call->agent, "%u", 1000 + pick(40));
    (void)snprintf(subscriber, sizeof subscriber, "380%u%07u", 50 + pick(49),
                   pick(10000000));
    (void)snprintf(call->caller, sizeof call->caller, "%s",
                   call->inbound ? subscriber : trunks[trunk]);
    (void)snprintf(call->destination, sizeof call->destination, "%s",
                   call->inbound ? trunks[trunk] : subscriber);
}

/* Wall-clock time in Kyiv, SECONDS after the start. */
static void put_time(const struct call *call, unsigned seconds, const char *format)
{
    time_t wall = (time_t)(call->start / 1000) + KYIV + (time_t)seconds;
    struct tm tm;
    char text[32];

    (void)gmtime_r(&wall, &tm);
    (void)strftime(text, sizeof text, format, &tm);
    fputs(text, stdout);
}

static void put_clock(unsigned seconds)
{
    if (seconds == 0)
        putchar('0');
    else
        printf("%02u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static void put_history(const struct call *call)
{
    const struct ending *end = call->end;
    unsigned total = call->ring + call->talk;
    const char *format = "%d.%m.%Y, %-H:%M:%S";

    printf("%s;", call->id);
    put_time(call, 0, format);
    printf(";%s;", call->inbound ? "inbound" : "outbound");
    if (end->answered)
        put_time(call, call->ring, format);
    putchar(';');
    if (end->answered)
        put_time(call, call->ring, format);
    putchar(';');
    put_time(call, total, format);
    printf(";%s;Olha;%s;%s;\"{\"\"type\"\":\"\"dest\"\",\"\"number\"\":\"\"%s\"\"}\"",
           end->phrase, call->agent, call->caller, call->destination);
    printf(";%s;%s;%s;%s;", call->destination, call->gateway, call->queue, end->by);
    put_clock(total);
    putchar(';');
    put_clock(call->ring);
    putchar(';');
    put_clock(call->talk);
    putchar(';');
    put_clock(call->talk);
    printf(";%s;%s;%s;%s;%s\n", end->result, end->code, end->cause, end->computed,
           end->answered ? "HUMAN" : "");
}

static void put_grid(const struct call *call, bool with_id)
{
    const struct ending *end = call->end;

    if (with_id)
        printf("%s;", call->id);
    put_time(call, 0, "%d.%m.%Y, %H:%M:%S");
    printf(";%s;%s;%s;%s;%u;%u;%s;%s;%s;%u;;;%s;;;;%s%s\n",
           call->inbound ? "inbound" : "outbound", call->caller, call->destination,
           call->agent, call->ring + call->talk, call->talk, end->cause, call->queue,
           call->gateway, call->talk, end->disposition,
           strcmp(end->disposition, "recv_refuse") == 0 ? "sip:" : "",
           strcmp(end->disposition, "recv_refuse") == 0 ? end->code : "");
}

static void put_json(const struct call *call)
{
    const struct ending *end = call->end;
    int64_t answered = call->start + (int64_t)call->ring * 1000;

    printf("{\"id\":\"%s\",\"app_id\":\"fs-01\",\"type\":\"call\",\"direction\":\"%s\","
           "\"destination\":\"%s\",\"extension\":\"%s\","
           "\"gateway\":{\"id\":\"4\",\"name\":\"%s\"},",
           call->id, call->inbound ? "inbound" : "outbound", call->destination,
           call->agent, call->gateway);
    printf("\"from\":{\"type\":\"dest\",\"number\":\"%s\"},"
           "\"to\":{\"type\":\"dest\",\"number\":\"%s\"},"
           "\"user\":{\"id\":\"17\",\"name\":\"Olha\"},",
           call->caller, call->destination);
    if (call->queue[0] != '\0')
        printf("\"queue\":{\"id\":\"2\",\"name\":\"%s\"},", call->queue);
    printf("\"created_at\":\"%" PRId64 "\",", call->start);
    if (end->answered)
        printf("\"answered_at\":\"%" PRId64 "\",\"bridged_at\":\"%" PRId64 "\","
               "\"bill_sec\":%u,\"talk_sec\":%u,\"amd_result\":\"HUMAN\",",
               answered, answered, call->talk, call->talk);
    printf("\"hangup_at\":\"%" PRId64 "\",\"hangup_by\":\"%s\",\"cause\":\"%s\","
           "\"duration\":%u,\"wait_sec\":%u,\"sip_code\":%s,\"hangup_phrase\":\"%s\","
           "\"hangup_disposition\":\"%s\",\"result\":\"%s\"}",
           answered + (int64_t)call->talk * 1000, end->by, end->cause,
           call->ring + call->talk, call->ring, end->code, end->phrase, end->computed,
           end->result);
}

enum format { HISTORY, GRID, GRIDID, ARRAY, NDJSON, ITEMS, FORMATS };

static const char *const names[FORMATS] = { "history", "grid",   "gridid",
                                            "array",   "ndjson", "items" };

static const char grid_head[] =
    "Call start time;Direction;Caller number;Destination number;Extension;Duration;"
    "Bill, sec;Hangup cause;queue name;gateway;talksec;variables.amd_cause;"
    "variables.amd_result;disposition;webitel_acr_schema_name;transfer_disposition;"
    "variables.transfer_source;variables.proto_specific_hangup_cause\n";

static void put_head(enum format format)
{
    if (format == HISTORY)
        fputs("\xef\xbb\xbfid;created_at;direction;answered_at;bridged_at;hangup_at;"
              "hangup_phrase;user;extension;from;to;destination;gateway;queue;hangup_by;"
              "duration;wait_sec;bill_sec;talk_sec;result;sip_code;cause;"
              "hangup_disposition;amd_result\n",
              stdout);
    if (format == GRIDID)
        fputs("uuid;", stdout);
    if (format == GRID || format == GRIDID)
        fputs(grid_head, stdout);
    if (format == ARRAY)
        fputs("[\n", stdout);
    if (format == ITEMS)
        fputs("{\"next\":false,\"items\":[\n", stdout);
}

static void put_call(enum format format, const struct call *call, bool last)
{
    if (format == HISTORY) {
        put_history(call);
    } else if (format == GRID || format == GRIDID) {
        put_grid(call, format == GRIDID);
    } else {
        put_json(call);
        fputs(last || format == NDJSON ? "\n" : ",\n", stdout);
    }
}

int main(int argc, char **argv)
{
    enum format format = HISTORY;
    uint64_t rows = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    struct call call;

    while (argc > 1 && format < FORMATS && strcmp(argv[1], names[format]) != 0)
        format++;
    if (rows == 0 || format == FORMATS) {
        fputs("usage: gen history|grid|gridid|array|ndjson|items ROWS [SEED [DAYS "
              "[HOURS]]]\n",
              stderr);
        return 2;
    }
    state = argc > 3 ? strtoull(argv[3], NULL, 10) : 42;
    if (argc > 4)
        days = strtol(argv[4], NULL, 10);
    if (argc > 5)
        hours = strtol(argv[5], NULL, 10);

    put_head(format);
    for (uint64_t row = 0; row < rows; row++) {
        make_call(&call, row, rows);
        put_call(format, &call, row + 1 == rows);
    }
    if (format == ARRAY)
        fputs("]\n", stdout);
    if (format == ITEMS)
        fputs("]}\n", stdout);
    return fflush(stdout) == 0 ? 0 : 1;
}

/*
 * doctor.c - what is wrong with this installation, a line each with its remedy.
 */
#include "commands/doctor.h"

#include <inttypes.h>
#include <stdarg.h>
#include <time.h>

#include "base/base.h"
#include "commands/shared/command.h"
#include "db/db.h"
#include "db/init/cluster.h"
#include "db/init/schema.h"
#include "db/sql.h"
#include "leg/time/clock.h"
#include "rules/rules.h"

enum { DOCTOR_SPOOL, DOCTOR_MAX_AGE, DOCTOR_COUNT };

static const struct option_row options[] = {
    [DOCTOR_SPOOL] = { "spool", "DIR", "look at this spool too" },
    [DOCTOR_MAX_AGE] = { "max-age", "HOURS",
                         "a last good run older than this is not well (else 26)" },
};

static const int64_t CLOCK_MS = 60000; /* two clocks may differ by so much */

void doctor_say(struct doctor *doctor, const char *check, bool is_well,
                const char *finding, const char *remedy)
{
    doctor->ill += !is_well;
    if (!doctor->is_json) {
        printf("%-5s %-11s %s\n", is_well ? "ok" : "FAIL", check, finding);
        if (!is_well && remedy != NULL)
            printf("%-5s %-11s -> %s\n", "", "", remedy);
        return;
    }

    struct buf *out = &doctor->json;

    buf_addf(out, "%s{\"check\":\"%s\",\"well\":%s,\"finding\":", out->len > 0 ? "," : "",
             check, is_well ? "true" : "false");
    buf_add_json(out, slice_of(finding));
    buf_add_text(out, ",\"remedy\":");
    buf_add_json_or_null(out, slice_of(is_well ? NULL : remedy));
    buf_add_char(out, '}');
}

void doctor_sayf(struct doctor *doctor, const char *check, bool is_well,
                 const char *remedy, const char *format, ...)
{
    char finding[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(finding, sizeof finding, format, args);
    va_end(args);

    char *mended = text_mended(finding);

    doctor_say(doctor, check, is_well, mended, remedy);
    free(mended);
}

/* What to do about a connection that does not come about, by what libpq says of it. */
static const char *connect_remedy(const char *text)
{
    static const struct {
        const char *says, *remedy;
    } remedies[] = {
        { "service",
          "name the service in the file of PGSERVICEFILE (/etc/cdretl/pg_service.conf)" },
        { "role \"", "as the server's owner: sudo -u postgres createuser cdretl" },
        { "database \"",
          "as the server's owner: sudo -u postgres createdb NAME; then `cdretl init`" },
        { "Peer authentication", "connect as the user of the same name, or give "
                                 "pg_hba.conf a line for this login" },
        { "password", "put the password into the file of PGPASSFILE (mode 0600), a line "
                      "HOST:PORT:DATABASE:USER:PASSWORD" },
        { "no pg_hba.conf entry", "give pg_hba.conf a line for this host, database and "
                                  "user, and reload the server" },
        { "could not translate", "the host's name is wrong, or no name server answers" },
        { "too many", "somebody holds all connections: raise max_connections, or see "
                      "pg_stat_activity" },
        { "starting up", "the server recovers from a crash: wait, and look again" },
    };

    for (size_t i = 0; i < COUNTOF(remedies); i++)
        if (strstr(text, remedies[i].says) != NULL)
            return remedies[i].remedy;
    return "is the server up, and --db right? systemctl status postgresql; psql with the "
           "same words";
}

static void check_schema(struct doctor *doctor, struct db *db, bool *is_ours)
{
    struct err err = { 0 };

    *is_ours = schema_check(db, &err);
    doctor_say(
        doctor, "schema", *is_ours, *is_ours ? "is the one this program knows" : err.text,
        strstr(err.text, "newer") != NULL ? "install the cdretl that made it"
        : strstr(err.text, "belongs to") != NULL
            ? "see the lines of grants"
            : "as the schema's owner: sudo -u postgres cdretl --db dbname=NAME init");
}

/* A check that is a query: every row is a finding, whether it is well, what, remedy. */
struct doctor_query {
    const char *check, *sql;
    enum { TAKES_NOTHING, TAKES_ZONE, TAKES_AGE } takes;
};

static void say_rows(struct doctor *doctor, const char *check, const struct db_rows *rows)
{
    size_t is_well = db_column(rows, "is_well");
    size_t finding = db_column(rows, "finding"), remedy = db_column(rows, "remedy");

    for (size_t i = 0; i < db_rows_count(rows); i++)
        doctor_say(doctor, check, db_bool(rows, i, is_well), db_value(rows, i, finding).s,
                   db_value(rows, i, remedy).s);
}

static void check_rows(struct doctor *doctor, struct db *db,
                       const struct doctor_query *query, const char *arg)
{
    struct err err = { 0 };
    struct db_rows *rows = db_query(
        db, query->sql, query->takes == TAKES_NOTHING ? NULL : DB_ARGS(arg), &err);

    if (rows == NULL)
        doctor_say(doctor, query->check, false, err.text,
                   "what is missing stands in the lines above");
    else
        say_rows(doctor, query->check, rows);
    db_rows_free(rows);
}

/* Where there are several servers: a failed check below may have its cause here. */
static void check_nodes(struct doctor *doctor, struct db *db)
{
    static const struct doctor_query nodes = { "nodes", sql_doctor_nodes, TAKES_NOTHING };
    struct err err = { 0 };
    bool is_there = false;

    /* What a node does not answer is a finding, not a warning besides. */
    if (cluster_is_there(db, &is_there, &err) && is_there &&
        db_exec(db, "set client_min_messages to error", &err))
        check_rows(doctor, db, &nodes, NULL);
}

static void check_clock(struct doctor *doctor, struct db *db)
{
    struct err err = { 0 };
    struct timespec here;
    int64_t there = 0;

    if (!db_ask_int(db, "select (extract(epoch from clock_timestamp()) * 1000)::bigint",
                    NULL, &there, &err)) {
        doctor_say(doctor, "clock", false, err.text, NULL);
        return;
    }
    clock_gettime(CLOCK_REALTIME, &here);

    int64_t ahead = (int64_t)here.tv_sec * MS_PER_S + here.tv_nsec / 1000000 - there;
    bool is_well = ahead < CLOCK_MS && ahead > -CLOCK_MS;

    if (is_well)
        doctor_say(doctor, "clock", true, "is the server's, within a minute", NULL);
    else
        doctor_sayf(doctor, "clock", false,
                    "let both follow a time server: timedatectl set-ntp true",
                    "is %" PRId64 " s %s the server's",
                    (ahead < 0 ? -ahead : ahead) / MS_PER_S,
                    ahead < 0 ? "behind" : "ahead of");
}

static void check_zone_here(struct doctor *doctor, const char *tz)
{
    struct err err = { 0 };
    struct zone *zone = tz != NULL ? zone_open(tz, &err) : NULL;

    if (tz != NULL && zone == NULL)
        doctor_say(
            doctor, "zone", false, err.text,
            "write it as /usr/share/zoneinfo does; is the package tzdata installed?");
    zone_free(zone);
}

static void check_rules(struct doctor *doctor, const struct context *context)
{
    struct err err = { 0 };
    struct rules *rules = rules_load(context->mappings, &err);

    if (rules != NULL && rules_prove(rules, &err))
        doctor_sayf(doctor, "rules", true, NULL, "%zu, valid, and their cases pass",
                    rules_count(rules));
    else
        doctor_say(doctor, "rules", false, err.text,
                   "`cdretl rules lint` and `cdretl rules test` show every fault");
    rules_free(rules);
}

static void check_database(struct doctor *doctor, const struct context *context,
                           const char *max_age)
{
    /* These read catalogs alone, whoever made the schema. */
    static const struct doctor_query roles = { "roles", sql_doctor_roles, TAKES_NOTHING };
    static const struct doctor_query grants = { "grants", sql_doctor_grants,
                                                TAKES_NOTHING };
    static const struct doctor_query queries[] = {
        { "zone", sql_doctor_zone, TAKES_ZONE },
        { "partitions", sql_doctor_partitions, TAKES_NOTHING },
        { "statistics", sql_doctor_statistics, TAKES_NOTHING },
        { "days", sql_doctor_days, TAKES_NOTHING },
        { "basis", sql_doctor_basis, TAKES_NOTHING },
        { "age", sql_doctor_age, TAKES_AGE },
    };
    struct err err = { 0 };
    struct db *db = db_open(context->db, &err);
    bool is_ours = false;

    doctor_say(doctor, "database", db != NULL, db != NULL ? "answers" : err.text,
               connect_remedy(err.text));
    if (db == NULL) {
        doctor_say(doctor, "database", true,
                   "schema, roles, statistics and clock were not looked at", NULL);
        return;
    }
    check_schema(doctor, db, &is_ours);
    check_rows(doctor, db, &roles, NULL);
    check_rows(doctor, db, &grants, NULL);
    check_nodes(doctor, db);
    for (size_t i = 0; is_ours && i < COUNTOF(queries); i++)
        check_rows(doctor, db, &queries[i],
                   queries[i].takes == TAKES_ZONE ? context->tz : max_age);
    check_clock(doctor, db);
    db_close(db);
}

static bool check_options(const struct args *args, struct err *err)
{
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "doctor takes no arguments");
    return options_hours("max-age", args->option[DOCTOR_MAX_AGE], err);
}

static enum exit_code doctor_command(const struct context *context,
                                     const struct args *args, struct err *err)
{
    const char *age = args->option[DOCTOR_MAX_AGE];
    const char *spool = args->option[DOCTOR_SPOOL];
    struct doctor doctor = { .is_json = context->json };

    if (!check_options(args, err))
        return EXIT_USAGE;
    check_database(&doctor, context, age != NULL ? age : "26");
    check_zone_here(&doctor, context->tz);
    check_rules(&doctor, context);
    doctor_spool(&doctor, spool);
    doctor_disk(&doctor, spool);

    enum exit_code code = doctor.ill > 0 ? EXIT_REJECTS : EXIT_DONE;

    if (context->json)
        printf("{\"exit\":%d,\"findings\":[%s]}\n", (int)code, buf_cstr(&doctor.json));
    else
        printf(doctor.ill > 0 ? "\n%zu not well\n" : "\nall is well\n", doctor.ill);
    buf_free(&doctor.json);
    return code;
}

const struct command command_doctor = {
    .name = "doctor",
    .synopsis = "",
    .summary = "Says what is wrong with this installation, and what to do about it",
    .options = options,
    .noptions = DOCTOR_COUNT,
    .has_json = true,
    .run = doctor_command,
};

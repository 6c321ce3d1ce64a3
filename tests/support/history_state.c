/*
 * history_state.c - what is in the database, in SQL.
 */
#include "support/history.h"

#include <inttypes.h>

#include "base/base.h"

/* What rules made of a leg, and who told it when. */
#define MARKS "'run_id', 'file_id', 'line_no', 'ruleset_id'"
#define OUTCOMES                                                                         \
    "'provider', 'release', 'q850_implied', 'answered', 'category', 'confidence', "      \
    "'alternatives', 'outcome_group', 'ended_by', 'rule_id', 'naive_category'"

/* Runs too: nothing of a history may help or hinder the next. */
static const char wipe[] =
    "do $$ begin execute (select 'truncate ' || string_agg('cdr.' || relname, ', ') "
    "from pg_class where relnamespace = 'cdr'::regnamespace and relkind in ('r', 'p') "
    "and not relispartition and relname not in ('schema_version', 'schema_object', "
    "'category', 'setting', 'kpi_definition', 'secret')); end $$";

static const char prepare[] =
    "create unlogged table if not exists public.seen "
    "(side integer, rel text, id text, j jsonb); "
    "create unlogged table if not exists public.before "
    "(leg_key uuid, told jsonb, said jsonb); truncate public.seen";

static const char look[] =
    "truncate public.before; insert into public.before "
    "select leg_key, to_jsonb(l) - array[" MARKS ", " OUTCOMES ", 'evidence_hash'] || "
    "jsonb_build_object('gateways', f.has_gateway), "
    "to_jsonb(l) - array[" MARKS ", 'evidence_hash'] "
    "from cdr.leg l left join cdr.file f using (file_id)";

/* New legs; legs that are told otherwise; legs told alike of which other things are said.
 */
static const char counted[] =
    "with now as (select leg_key, to_jsonb(l) - array[" MARKS ", " OUTCOMES
    ", 'evidence_hash'] || jsonb_build_object('gateways', f.has_gateway) as told, "
    "to_jsonb(l) - array[" MARKS ", 'evidence_hash'] as said "
    "from cdr.leg l left join cdr.file f using (file_id)) "
    "select count(*) filter (where b.leg_key is null) || ' inserted, ' || "
    "count(*) filter (where b.told <> now.told) || ' updated, ' || "
    "count(*) filter (where b.told = now.told and b.said <> now.said) || ' silently' "
    "from now left join public.before b using (leg_key)";

static const char twice[] =
    "select coalesce(string_agg(leg_key::text, ', '), '') from (select leg_key "
    "from cdr.leg group by 1 having count(*) > 1) t";

static const char uncounted[] =
    "with built as (select * from cdr.hours_between('1990-01-01Z', '2100-01-01Z') "
    "union all select x.* from cdr.days_between('-infinity', 'infinity') x "
    "join cdr.rolled_day d on d.starts_at = x.starts_at), "
    "stored as (table cdr.stat_hour union all table cdr.stat_day), "
    "wrong as ((select 'stored' as which, s.* from (table stored "
    "except all table built) s) union all (select 'missing', s.* from (table built "
    "except all table stored) s)) "
    "select coalesce(string_agg(w::text, E'\\n    '), '') from wrong w";

static const char remember[] =
    "insert into public.seen "
    "select $1::integer, 'leg', leg_key::text, to_jsonb(l) - array[" MARKS "] "
    "|| jsonb_build_object('gateways', f.has_gateway) "
    "from cdr.leg l left join cdr.file f using (file_id) "
    "union all select $1::integer, 'leg_version', leg_key || ' ' || evidence_hash, "
    "to_jsonb(v) - array[" MARKS ", " OUTCOMES "] from cdr.leg_version v "
    "union all select $1::integer, 'call', call_key::text, to_jsonb(c) from cdr.call c "
    "union all select $1::integer, 'stat_hour', row(hour, unit, domain, provider, "
    "gateway, direction, queue, category, confidence, hangup_cause, sip_code, "
    "disposition, alternatives, naive_category)::text, to_jsonb(s) from cdr.stat_hour s";

/* Rows that only one side has, and columns that differ. */
static const char difference[] =
    "with a as (select * from public.seen where side = 1), "
    "b as (select * from public.seen where side = 2), "
    "d as (select a.id is null as lacks, b.id is null as extra, rel, id, a.j as was, "
    "b.j as wanted from a full join b using (rel, id) where a.j is distinct from b.j), "
    "told as (select rel, id, case when lacks then 'is lacking' else "
    "'is there, and not after one load' end as text from d where lacks or extra "
    "union all select rel, id, key || ' is ' || coalesce(w.value::text, 'absent') || "
    "', after one load ' || coalesce((wanted -> key)::text, 'absent') "
    "from d, jsonb_each(was) w where not lacks and not extra "
    "and w.value is distinct from wanted -> key) "
    "select coalesce(string_agg(line, E'\\n'), '') from (select format('    %s %s: %s', "
    "rel, id, text) as line from told order by rel = 'stat_hour', rel, id, text limit 12"
    ") t";

static const char gateways[] =
    "select count(distinct has_gateway) < 2 from cdr.file where first_at is not null "
    "and verdict = 'loaded'";

static bool say(struct buf *why, const struct err *err)
{
    buf_addf(why, "  a check: %s\n", err->text);
    return false;
}

static bool execute(struct db *db, const char *sql, struct buf *why)
{
    struct err err = { 0 };

    return db_exec(db, sql, &err) || say(why, &err);
}

/* Append the one value of QUERY to OUT. */
static bool ask(struct db *db, const char *query, struct buf *out, struct buf *why)
{
    struct err err = { 0 };
    struct db_rows *rows = db_query(db, query, NULL, &err);

    if (rows == NULL)
        return say(why, &err);
    buf_add_slice(out, db_value(rows, 0, 0));
    db_rows_free(rows);
    return true;
}

/* QUERY lists what must not be. */
static bool expect_none(struct db *db, const char *query, const char *what,
                        struct buf *why)
{
    struct buf found = { 0 };
    bool ok = ask(db, query, &found, why);

    if (ok && found.len > 0) {
        buf_addf(why, "  %s:\n%s\n", what, buf_cstr(&found));
        ok = false;
    }
    buf_free(&found);
    return ok;
}

bool state_wipe(struct db *db, struct buf *why)
{
    return execute(db, wipe, why);
}

bool state_prepare(struct db *db, struct buf *why)
{
    return execute(db, prepare, why) && execute(db, wipe, why);
}

bool state_look(struct db *db, struct buf *why)
{
    return execute(db, look, why);
}

bool state_counts(struct db *db, const struct report *report, bool kept, struct buf *why)
{
    struct buf want = { 0 }, got = { 0 };

    buf_addf(&want, "%" PRIu64 " inserted, %" PRIu64 " updated, 0 silently",
             kept ? report->inserted : 0, kept ? report->updated : 0);

    bool ok = ask(db, counted, &got, why);

    if (ok && strcmp(buf_cstr(&want), buf_cstr(&got)) != 0) {
        buf_addf(why, "  the load says %s; the legs say %s\n", want.s, got.s);
        ok = false;
    }
    buf_free(&want);
    buf_free(&got);
    return ok;
}

bool state_is_sound(struct db *db, struct buf *why)
{
    return expect_none(db, twice, "legs that are there twice", why) &&
           expect_none(db, uncounted, "statistics that counting does not give", why);
}

bool state_gateways(struct db *db, bool *alike, struct buf *why)
{
    struct buf answer = { 0 };
    bool ok = ask(db, gateways, &answer, why);

    *alike = ok && slice_starts(buf_slice(&answer), "t");
    buf_free(&answer);
    return ok;
}

bool state_remember(struct db *db, int side, struct buf *why)
{
    struct err err = { 0 };

    return db_run(db, remember, DB_ARGS(side == 1 ? "1" : "2"), NULL, &err) ||
           say(why, &err);
}

bool state_is_same(struct db *db, struct buf *why)
{
    return expect_none(db, difference, "the end differs", why);
}

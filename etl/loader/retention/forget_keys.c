/*
 * forget_keys.c - legs that hold the mask come sorted by what names are made of, so that
 * equals stand together; what a leg is called and what it should be called waits in a
 * buffer, goes into a temporary table between two batches, and is applied as a whole.
 */
#include "loader/retention/forget_impl.h"

#include "base/base.h"
#include "db/copy_buffer.h"
#include "db/db_cursor.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "leg/leg_name.h"
#include "loader/keys.h"

struct renaming {
    struct db *db;
    struct leg_names *names;
    struct uuid group; /* the name of the first of these equals */
    uint64_t ordinal;  /* of the next of them */
    uint64_t count;    /* legs that get another name */
    struct buf pairs;  /* COPY rows that wait: old name, new name */
};

static int32_t seconds_named(const struct db_rows *rows, size_t row, const char *column)
{
    struct slice value = db_named(rows, row, column);

    return value.s != NULL ? (int32_t)row_value_int(value) : NO_SECONDS;
}

/* What a leg is named by, of a row of forget/named. */
static struct leg forget_leg_at(const struct db_rows *rows, size_t row)
{
    return (struct leg){
        .started_at = row_value_ms(db_named(rows, row, "started_at")),
        .duration = seconds_named(rows, row, "duration"),
        .bill_seconds = seconds_named(rows, row, "bill_seconds"),
        .talk_seconds = seconds_named(rows, row, "talk_seconds"),
        .sip_code = (int16_t)row_value_int(db_named(rows, row, "sip_code")),
        .caller = db_named(rows, row, "caller"),
        .destination = db_named(rows, row, "destination"),
        .direction = db_named(rows, row, "direction"),
        .extension = db_named(rows, row, "extension"),
        .hangup_cause = db_named(rows, row, "hangup_cause"),
        .disposition = db_named(rows, row, "disposition"),
    };
}

static void rename_leg(struct renaming *renaming, const struct db_rows *rows, size_t row)
{
    struct leg leg = forget_leg_at(rows, row);
    struct slice old = db_named(rows, row, "leg_key");
    struct uuid name = leg_name_of(renaming->names, &leg, 0);

    if (renaming->ordinal == 0 || !uuid_equal(&name, &renaming->group)) {
        renaming->group = name;
        renaming->ordinal = 0;
    }
    if (renaming->ordinal > 0)
        name = leg_name_of(renaming->names, &leg, renaming->ordinal);
    renaming->ordinal++;
    if (old.len == sizeof name.b && memcmp(old.s, name.b, sizeof name.b) == 0)
        return;
    renaming->count++;
    buf_add_be16(&renaming->pairs, 2);
    row_copy_add_value(&renaming->pairs, old);
    row_copy_add_value(&renaming->pairs,
                       (struct slice){ (const char *)name.b, sizeof name.b });
}

static bool rename_legs(void *to, const struct db_rows *rows, struct err *err)
{
    struct renaming *renaming = to;

    for (size_t i = 0; i < db_rows_count(rows); i++)
        rename_leg(renaming, rows, i);
    return copy_buffer_send(renaming->db,
                            "copy pg_temp.renamed from stdin (format binary)",
                            &renaming->pairs, err);
}

static bool apply_names(struct db *db, const char *from, const char *to, struct err *err)
{
    return db_run(db, sql_forget_moved, DB_ARGS(from, to), NULL, err) &&
           db_run(db, sql_forget_moved_away, DB_ARGS(from, to), NULL, err) &&
           db_exec(db, sql_forget_moved_back, err);
}

bool forget_keys(struct db *db, const char *from, const char *to, struct err *err)
{
    unsigned char key[LEG_NAME_KEY];
    struct renaming renaming = { .db = db };

    if (!name_key_load(db, key, err))
        return false;
    renaming.names = leg_names_new(key);

    bool ok =
        db_exec(db, sql_forget_prepare, err) &&
        db_cursor(db, sql_forget_named, DB_ARGS(from, to), rename_legs, &renaming, err) &&
        (renaming.count == 0 || apply_names(db, from, to, err)) &&
        db_exec(db, sql_forget_tidy, err);

    leg_names_free(renaming.names);
    buf_free(&renaming.pairs);
    return ok;
}

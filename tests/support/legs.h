/*
 * legs.h - rows and databases for tests that know nothing of exports.
 */
#ifndef TESTS_SUPPORT_LEGS_H
#define TESTS_SUPPORT_LEGS_H

#include "loader/loader.h"

/* A small taxonomy. */
const struct taxonomy *legs_taxonomy(void);

/* categories.json as the database takes it, for a taxonomy that was made here; ends in
 * NUL. */
void legs_taxonomy_json(const struct taxonomy *taxonomy, struct buf *out);
uint8_t legs_category(const char *code);

/* 2026-06-10T10:00:00Z */
extern const int64_t legs_morning;

/* The key whose last bytes are NUMBER. */
struct uuid legs_key(uint64_t number);

/* An answered outbound leg NUMBER that stands alone, SECONDS after legs_morning. */
struct row legs_row(uint64_t number, int64_t seconds);

/*
 * The server has Citus (ETL_TEST_CITUS is set, see tests/README.md): databases are
 * distributed, and a test of what cannot be so there skips itself and says why.
 */
bool legs_on_citus(void);

/* A connection to a new, empty database; with INIT our schema in it. */
struct db *legs_database(bool init);
struct db *legs_database_again(void); /* one more connection to it */
void legs_database_drop(struct db *db);

/* A run that decides with legs_decide(). */
struct run *legs_run(struct db *db);

/* Decides by answer and hang-up cause alone, as naively as one could. */
void legs_decide(const void *unused, const struct leg *leg, struct outcome *outcome);

/* Load ROWS as a file whose digest is made of NAME; what load_finish() filled in. */
struct report legs_load(struct run *run, const char *name, const struct row *rows,
                        size_t count);

/* The same, and what the report says: inserted, updated, unchanged, duplicate. */
void legs_expect_counts(struct run *run, const char *name, const struct row *rows,
                        size_t count, const uint64_t want[static 4]);

/* The first column of the first row of QUERY; borrowed until the next call. */
const char *legs_ask(struct db *db, const char *query);
int64_t legs_count(struct db *db, const char *query);
/* cdr.stat_hour is what counting anew gives, and a GROUP BY over calls and attempts. */
void legs_expect_statistics(struct db *db);

#endif

-- Runs that were killed end now: their server process is gone.  How they ended nobody knows.
-- One that goes on after all, behind a pooler, says itself how it ended.
update cdr.run r
set finished_at = now()
where r.finished_at is null and not
    -- include rules/run_alive

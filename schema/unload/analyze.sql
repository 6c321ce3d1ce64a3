-- The planner knows nothing of tables made a moment ago.
analyze pg_temp.taken, pg_temp.left_version;

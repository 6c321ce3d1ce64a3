-- The planner knows nothing of tables made a moment ago, and would go through one for each
-- row of the other.
analyze pg_temp.taken, pg_temp.left_version, pg_temp.chosen;

-- The planner knows nothing of tables made a moment ago, and would go through one for each
-- row of the other.  Asked for again once the fates are known: before, none is, and whoever
-- asks for one would be taken for a handful.
analyze pg_temp.taken, pg_temp.left_version, pg_temp.chosen, pg_temp.renamed_file;

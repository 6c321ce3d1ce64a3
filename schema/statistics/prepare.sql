-- All legs of calls that change: as they were, and then as they are.  Made once a session:
-- a file of a thousand rows would spend half its time here.
create temp table call_leg (like cdr.leg) on commit delete rows;

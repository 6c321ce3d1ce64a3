-- Where rows wait that cannot go straight into cdr.leg.
create temp table stage (like cdr.leg) on commit drop;

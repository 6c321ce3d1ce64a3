-- What renaming keeps while it works: names, old and new, and the legs that have one.
create temp table renamed (old_key uuid primary key, new_key uuid not null) on commit drop;
create temp table moved (like cdr.leg, primary key (leg_key)) on commit drop;
create temp table moved_version (like cdr.leg) on commit drop;

-- The rule set, once.
insert into cdr.ruleset (identity) values ($1)
on conflict (identity) do nothing;

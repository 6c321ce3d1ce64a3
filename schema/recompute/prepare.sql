-- Working tables of a recomputation, for one day.
--   slice      the day, and whose legs; null: all
--   near_call  calls around a midnight that have a B-leg
--   crossing   legs behind a midnight whose call has a leg before it
--   changed    legs whose outcome changes, with what it is now
-- Nobody knows how many groups or calls there will be; sorting them is never better.
set local enable_mergejoin to off;

create temp table slice (first_at timestamptz, next_at timestamptz, providers text[], categories text[]) on commit drop;
create temp table near_call (call_key uuid) on commit drop;
create temp table crossing (midnight timestamptz, started_at timestamptz, call_key uuid, leg_key uuid) on commit drop;
create temp table changed (
    leg_key uuid, call_key uuid, started_at timestamptz, provider text, release text, q850_implied smallint,
    is_outbound boolean, answered boolean, category text, confidence text, alternatives text[], outcome_group text, ended_by text,
    rule_id text, ruleset_id integer, naive_category text, run_id integer
) on commit drop;

-- Working tables of the merge.
--   same_row     staged rows that are equal to what is stored
--   conflict     legs of which several rows tell, staged or stored
--   merged       what those legs come to, where that is new
--   new_version  their versions that still contribute, where the set of them changed
--   changed_key  the legs whose set of versions changed
--   dirty_hour   calls that change, and hours (since 1970) in which they have legs
create temp table same_row (leg_key uuid, evidence_hash bigint, file_id integer, line_no bigint, started_at timestamptz)
    on commit drop;
create temp table conflict (leg_key uuid primary key) on commit drop;
create temp table merged (like cdr.leg) on commit drop;
create temp table new_version (like cdr.leg) on commit drop;
create temp table changed_key (leg_key uuid) on commit drop;
create temp table dirty_hour (call_key uuid, hour bigint) on commit drop;

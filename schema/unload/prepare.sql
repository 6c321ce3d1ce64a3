-- Working tables of taking a file back.
--   taken   legs that the file has, and what the other files make of them: none of them has
--           it ('only'), those that have it say what is stored ('same'), or something else
--   left_version   versions that other files have of these legs
--   chosen  of each such version, the file that the leg will name
--   renamed_file  of each leg that stays as it is, the file that it will name
create temp table taken (leg_key uuid primary key, fate text) on commit drop;
create temp table left_version (leg_key uuid, evidence_hash bigint, file_id integer, line_no bigint,
    started_at timestamptz, has_gateway boolean) on commit drop;
create temp table chosen (leg_key uuid, evidence_hash bigint, file_id integer, line_no bigint,
    has_gateway boolean, primary key (leg_key, evidence_hash)) on commit drop;
create temp table renamed_file (leg_key uuid primary key, file_id integer, line_no bigint) on commit drop;

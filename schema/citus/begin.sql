-- How tables are distributed: in the owner's name, one statement after the other, and as
-- plain tables where they stay.
set local citus.multi_shard_modify_mode to 'sequential';
set local citus.enable_local_reference_table_foreign_keys to 'off';
set local client_min_messages to 'warning';
set local role cdretl_owner;

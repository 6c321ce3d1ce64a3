-- Every transaction that writes sets this.  On Citus it makes statements
-- that touch reference and distributed tables agree; elsewhere the name means
-- nothing and does no harm.  The rest is for the statistics and the merge: one
-- session writes at a time, and compiling costs more than it gains here.
set local citus.multi_shard_modify_mode to 'sequential';
set local jit to off;
set local work_mem to '128MB';

-- Every transaction that writes sets this.  On Citus it makes statements that touch tables
-- of every node and distributed ones agree, and keeps settings and roles of ours from being
-- repeated on the nodes, text and all; elsewhere the names mean nothing and do no harm.  The rest is for the statistics and the merge: one session writes at a time, and
-- compiling costs more than it gains here.
set local citus.multi_shard_modify_mode to 'sequential';
set local citus.propagate_set_commands to 'none';
set local jit to off;
set local work_mem to '128MB';

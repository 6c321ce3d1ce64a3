-- For functions that run with their owner's rights, and for nobody else: a reader who could call
-- it would try names.  Views have the same in their own text.
create function cdr.agent_shown(agent text) returns text
    language plpgsql
    stable
    strict
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return case when cdr.sees_agents() then agent
        else cdr.agent_label(agent, (select s.key from cdr.secret s where s.purpose = 'agent_label')) end;
end
$$;

comment on function cdr.agent_shown(text) is
    'An employee as who asks may see him: by name for loader, owner and members of the role cdretl_supervisor, else by a label that is always the same.';

revoke all on function cdr.agent_shown(text) from public;

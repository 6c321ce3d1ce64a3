-- The label is the same for a name wherever it stands, and the key is not the reader's:
-- names that he can guess he cannot try.
create function cdr.agent_shown(agent text) returns text
    language plpgsql
    stable
    strict
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if pg_has_role(cdr.reader(), 'cdretl_loader', 'usage') or pg_has_role(cdr.reader(), 'cdretl_owner', 'usage')
        or to_regrole('cdretl_supervisor') is not null and pg_has_role(cdr.reader(), 'cdretl_supervisor', 'usage') then
        return agent;
    end if;
    return 'agent ' || left(encode(sha256((select s.key from cdr.secret s where s.purpose = 'agent_label')
        || convert_to(agent, 'UTF8')), 'hex'), 8);
end
$$;

comment on function cdr.agent_shown(text) is
    'An employee as the reader may see him: by name for loader, owner and members of the role cdretl_supervisor, else by a label that is always the same.';

revoke all on function cdr.agent_shown(text) from public;
grant execute on function cdr.agent_shown(text) to cdretl_loader, cdretl_dashboard;

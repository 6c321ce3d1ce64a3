-- What stands for an erased number (0000000) is no secret.
create function cdr.number_shown(number text) returns text
    language sql
    stable
as $$
    select case
        when length(number) <= 6 or number = '0000000' then number
        when pg_has_role(current_user, 'cdretl_loader', 'usage') then number
        when pg_has_role(current_user, 'cdretl_owner', 'usage') then number
        else left(number, -6) || '****' || right(number, 2)
    end
$$;

comment on function cdr.number_shown(text) is
    'A number as the reader may see it: whole for loader and owner, else without four of its digits. Extensions are no secret.';

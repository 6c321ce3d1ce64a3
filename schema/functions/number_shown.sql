-- What stands for an erased number (0000000) is no secret.  Full names, as in
-- cdr.number_masked.
create function cdr.number_shown(number text) returns text
    language sql
    stable
as $$
    select case
        when pg_catalog.pg_has_role(current_user, 'cdretl_loader', 'usage') then number
        when pg_catalog.pg_has_role(current_user, 'cdretl_owner', 'usage') then number
        else cdr.number_masked(number)
    end
$$;

comment on function cdr.number_shown(text) is
    'A number as the reader may see it: whole for loader and owner, else masked as cdr.number_masked does.';

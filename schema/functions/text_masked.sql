-- What cdr.number_masked makes of a text that is not digits alone.  Digits are counted
-- wherever they stand, of any script; at most six are an extension.  Of one number, as
-- people write numbers, the last two stay, and in front all but six, at most eight.
create function cdr.text_masked(said text) returns text
    language plpgsql
    immutable
    strict
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    digit constant text := '[0-9٠-٩۰-۹०-९０-９]';
    other constant text := '[^0-9٠-٩۰-۹०-९０-９]';
    is_one boolean := said ~ ('^' || other || '*' || digit || '(?:[- .()/+\u00a0]{0,3}' || digit || ')*' || other || '*$');
    digits integer := length(regexp_replace(said, other, '', 'g'));
    head text;
    tail text := '';
begin
    if digits <= 6 or said = '0000000' then
        return said;
    end if;
    head := substring(said from '^(?:' || other || '*' || digit || '){' || least(digits - 6, case when is_one then 8 else 6 end) || '}');
    if is_one then
        tail := substring(said from digit || other || '*' || digit || other || '*$');
    end if;
    return head
        || regexp_replace(substr(said, length(head) + 1, length(said) - length(head) - length(tail)), digit, '*', 'g')
        || tail;
end
$$;

comment on function cdr.text_masked(text) is
    'A text without the digits that would tell a number: of more than six, the first few and the last two stay.';

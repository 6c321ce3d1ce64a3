-- Numbers and names as the reader may see them.

-- name: text_masked
-- What cdr.number_masked makes of a text that is not digits alone.  Digits are counted
-- wherever they stand, of any script; at most six are an extension.  Of one number, as
-- people write numbers, the last two stay, and in front all but six, at most eight.
create function cdr.text_masked(said text) returns text
    language plpgsql
    immutable
    strict
    parallel safe
    set search_path = pg_catalog, pg_temp
    set standard_conforming_strings = on
as $$
declare
    -- What Unicode calls a digit, superscripts and circled ones included, as the regular
    -- expressions spell characters.
    digits_of_all constant text := '0-9'
        || '\u00b2\u00b3\u00b9\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef'
        || '\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef'
        || '\u0d66-\u0d6f\u0de6-\u0def\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049'
        || '\u1090-\u1099\u1369-\u1371\u17e0-\u17e9\u1810-\u1819\u1946-\u194f\u19d0-\u19da'
        || '\u1a80-\u1a89\u1a90-\u1a99\u1b50-\u1b59\u1bb0-\u1bb9\u1c40-\u1c49\u1c50-\u1c59\u2070'
        || '\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd'
        || '\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\ua620-\ua629\ua8d0-\ua8d9\ua900-\ua909'
        || '\ua9d0-\ua9d9\ua9f0-\ua9f9\uaa50-\uaa59\uabf0-\uabf9\uff10-\uff19'
        || '\U000104a0-\U000104a9\U00010a40-\U00010a43\U00010d30-\U00010d39\U00010e60-\U00010e68'
        || '\U00011052-\U0001105a\U00011066-\U0001106f\U000110f0-\U000110f9\U00011136-\U0001113f'
        || '\U000111d0-\U000111d9\U000112f0-\U000112f9\U00011450-\U00011459\U000114d0-\U000114d9'
        || '\U00011650-\U00011659\U000116c0-\U000116c9\U00011730-\U00011739\U000118e0-\U000118e9'
        || '\U00011950-\U00011959\U00011c50-\U00011c59\U00011d50-\U00011d59\U00011da0-\U00011da9'
        || '\U00016a60-\U00016a69\U00016ac0-\U00016ac9\U00016b50-\U00016b59\U0001d7ce-\U0001d7ff'
        || '\U0001e140-\U0001e149\U0001e2f0-\U0001e2f9\U0001e950-\U0001e959\U0001f100-\U0001f10a'
        || '\U0001fbf0-\U0001fbf9';
    digit constant text := '[' || digits_of_all || ']';
    other constant text := '[^' || digits_of_all || ']';
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

-- name: number_masked
-- As cdr.number_shown, and for everybody: inside functions that run with their owner's
-- rights all are the owner.  What everything is called by its full name for: this text
-- becomes a part of the reader's query, where his search path counts.
create function cdr.number_masked(number text) returns text
    language sql
    immutable
    parallel safe
as $$
    select case
        when number operator(pg_catalog.~) '^[0-9]{7,14}$' and number operator(pg_catalog.<>) '0000000'
            then pg_catalog.left(number, -6) operator(pg_catalog.||) '****' operator(pg_catalog.||) pg_catalog.right(number, 2)
        when number operator(pg_catalog.~) '^[0-9]*$' and pg_catalog.length(number) operator(pg_catalog.<) 8 then number
        else cdr.text_masked(number)
    end
$$;

comment on function cdr.number_masked(text) is
    'A number without four of its digits, a text with more than six digits without most of them. Extensions are no secret.';

-- name: number_shown
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

-- name: number_key
-- Equal for equal subscribers, however the number was written; pseudonyms are equal too.
-- What was erased, masked or withheld is nobody's number.  Full names: this text becomes a
-- part of the reader's query.
create function cdr.number_key(e164 text, number text) returns text
    language sql
    immutable
    parallel safe
as $$
    select case
        when e164 is not null then e164
        when number operator(pg_catalog.~) '^[+]?[0-9]{3,}$' and number operator(pg_catalog.<>) '0000000' then number
    end
$$;

comment on function cdr.number_key(text, text) is
    'What repeat calls of one subscriber share: the number in international form, else as exported. Null: withheld, masked or erased.';

-- name: name_shown
-- Names of files and what is said about them: dates and times stand in them, so that only
-- nine digits in a row, behind a +, or as people write a number with its trunk code (067 123 98 76),
-- are a number.
create function cdr.name_shown(name text) returns text
    language plpgsql
    stable
    strict
    set search_path = pg_catalog, pg_temp
    set standard_conforming_strings = on
as $$
begin
    if pg_has_role(current_user, 'cdretl_loader', 'usage') or pg_has_role(current_user, 'cdretl_owner', 'usage') then
        return name;
    end if;
    name := regexp_replace(name,
        '(\(?\m0[1-9][0-9]\)?[- .]{1,2}[0-9])[0-9]{2}[- .]?[0-9]{2}([- .]?[0-9]{2})(?![0-9])', '\1****\2', 'g');
    return regexp_replace(regexp_replace(name,
        '(\+[0-9][- .()0-9\u00a0]{2,})[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*([0-9][- .()\u00a0]*[0-9])(?![0-9])', '\1****\2', 'g'),
        '([0-9]{3,})[0-9]{4}([0-9]{2})(?![0-9])', '\1****\2', 'g');
end
$$;

comment on function cdr.name_shown(text) is 'A file''s name, or a sentence about it, as the reader may see it: numbers masked but for loader and owner.';

-- The name of a leg without id, tried: all that it is made of stands beside it, and of the
-- number four digits are masked, so ten thousand tries would do.  With a digest that has
-- no key this found the number; it is tried with the digests that PostgreSQL has, and with
-- a row of bytes as the program once packed it.
set search_path = pg_catalog, pg_temp; -- not into our own traps
create function pg_temp.little(number bigint) returns bytea language sql as $$
    select string_agg(set_byte('\x00', 0, ((number >> (8 * i)) & 255)::integer), '' order by i) from generate_series(0, 7) i
$$;
create function pg_temp.piece(said text) returns bytea language sql as $$
    select case when coalesce(said, '') = '' then pg_temp.little(-1)
        else pg_temp.little(octet_length(said)) || convert_to(said, 'UTF8') end
$$;
create function pg_temp.piece(said bigint) returns bytea language sql as $$
    select pg_temp.little(8) || pg_temp.little(said)
$$;
with known as materialized (
    select t.*, pg_catalog.replace(t.leg_key::text, '-', '') as name
    from cdr.attempt t where t.destination like '380671%76'
), tried as (
    select k.*, overlay(k.destination placing lpad(i::text, 4, '0') from 7 for 4) as number
    from known k cross join generate_series(0, 9999) i
), packed as (
    select t.name, t.number, pg_temp.piece(t.caller) || pg_temp.piece(t.number) || pg_temp.piece(t.direction)
        || pg_temp.piece(:extension) || pg_temp.piece(t.hangup_cause) || pg_temp.piece(t.disposition)
        || pg_temp.piece((extract(epoch from t.started_at) * 1000)::bigint)
        || pg_temp.piece(coalesce(t.duration, -1)::bigint) || pg_temp.piece(coalesce(t.bill_seconds, -1)::bigint)
        || pg_temp.piece(coalesce(t.talk_seconds, -1)::bigint) || pg_temp.piece(-1::bigint)
        || pg_temp.piece(coalesce(t.sip_code, 0)::bigint) as bytes
    from tried t
)
select 'gained ' || p.number from packed p
where substr(encode(sha256(p.bytes), 'hex'), 1, 12) = substr(p.name, 1, 12)
    or substr(md5(p.bytes), 1, 12) = substr(p.name, 1, 12);
select 'tried ' || count(*) from cdr.attempt t where t.destination like '380671%76';
-- An employee's label, tried with the names that somebody who works here would try.
select 'gained ' || c.agent from cdr.call c where c.agent = cdr.agent_label('Андрій ' || :'number', ''::bytea);
select 'gained ' || c.agent from cdr.call c, lateral cdr.legs_shown(c.call_key, '2020-01-01', '2027-01-01') s
where s.agent = cdr.agent_label('Андрій ' || :'number', ''::bytea);

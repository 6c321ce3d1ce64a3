-- HMACs of numbers, and which of them are but another way to write the one before.
create temp table wanted (hmac bytea not null, is_spelling boolean not null) on commit drop;

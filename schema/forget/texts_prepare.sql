-- Texts that hold a number: whose they are, and what is left of them.
create temp table erased_text (kind text, id bigint, place integer, text text) on commit drop;

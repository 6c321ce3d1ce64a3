-- Can this server store tables by columns?
select exists (select 1 from pg_catalog.pg_am a where a.amname = 'columnar');

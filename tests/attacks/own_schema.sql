-- The schema cdr before anybody runs init, with all that init and the other commands read
-- first, as views: whoever reads one runs what stands in it.
create schema cdr;
grant all on schema cdr to public;
create view cdr.schema_version as select 6 as version, 'baseline'::text as name, now() as applied_at where public.seize();
create view cdr.schema_object as select ''::text as name, ''::text as digest, now() as applied_at where public.seize();
create view cdr.leg as select 1 as leg_key where public.seize();

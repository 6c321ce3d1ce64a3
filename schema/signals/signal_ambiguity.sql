create view cdr.signal_ambiguity as
select * from cdr.ambiguity_between('-infinity', 'infinity');

comment on view cdr.signal_ambiguity is 'Days on which a carrier''s share of undetermined outcomes rose clearly above that of the same weekday before.';

grant select on cdr.signal_ambiguity to cdretl_loader, cdretl_dashboard;

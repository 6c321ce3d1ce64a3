create view cdr.signal_incident as
select * from cdr.incidents_between('-infinity', 'infinity');

comment on view cdr.signal_incident is 'Hours in which a carrier''s network failed far more often than it does.';

grant select on cdr.signal_incident to cdretl_loader, cdretl_dashboard;

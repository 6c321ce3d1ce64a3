create view cdr.signal as
select * from cdr.signals_between('-infinity', 'infinity');

comment on view cdr.signal is 'All signals: which, when, who, and a sentence.';

grant select on cdr.signal to cdretl_loader, cdretl_dashboard;

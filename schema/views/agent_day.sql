create view cdr.agent_day as
select day, agent, offered, answered, missed, elsewhere, placed, placed_answered, talk_seconds, hold_seconds,
    handling_seconds, handling_n, aht, first_at, last_at
from cdr.agent_between('-infinity', 'infinity', 'day');

comment on view cdr.agent_day is 'Employees day by day, names as the reader may see them. Reads all legs, whatever the day asked for: cdr.agent_between(from, to, ''day'') reads a period''s.';

grant select on cdr.agent_day to cdretl_loader, cdretl_dashboard;

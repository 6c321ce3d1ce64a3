-- What counting depends on besides legs: a row a category, and in each of them the settings
-- and the fingerprint of all.
select k.category, k.delivered,
    (select value::integer from cdr.setting where setting = 'short_call_seconds') as short_call,
    (select value::integer from cdr.setting where setting = 'service_seconds') as service,
    (select value::integer from cdr.setting where setting = 'soon_seconds') as soon,
    (select cdr.stat_basis()) as fingerprint
from cdr.category k;

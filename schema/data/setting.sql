-- Settings that there are.  Their values belong to the installation and stay; what they
-- mean is written anew.
insert into cdr.setting (setting, value, meaning) values
    ('zone', 'Europe/Kyiv', 'Time zone of the day views, an IANA name. Works at once.'),
    ('short_call_seconds', '5', 'An answered call of at most so many billed seconds is short. Applies to hours built from then on.'),
    ('service_seconds', '20', 'A queue''s caller answered within so many seconds was served in time (the service level''s T). Applies to hours built from then on.'),
    ('soon_seconds', '5', 'A queue''s caller who leaves within so many seconds left soon and is no fault of the queue. Applies to hours built from then on.'),
    ('enough_calls', '30', 'Below this sample size a ratio deserves no alarm. Works at once.'),
    ('missing_hour_calls', '8', 'An hour without calls is missing when the same hour of the weeks around has at least so many on average. Works at once.'),
    ('thin_day_percent', '50', 'A day is thin below so many percent of the same weekday in the weeks around. Works at once.'),
    ('thick_day_percent', '200', 'A day is thick above so many percent of the same weekday in the weeks around. Works at once.'),
    ('return_hours', '72', 'A missed call counts as returned when contact came within so many hours. Works at once.'),
    ('incident_failures', '5', 'An hour of a carrier is an incident only with at least so many network failures. Works at once.'),
    ('new_pair_days', '7', 'A carrier''s combination of cause, code and disposition is new when it is first seen so many days after the carrier itself. Works at once.'),
    ('refused_days', '30', 'A file that was refused is told of for so many days, unless it comes in before. Works at once.'),
    ('reject_text_days', '90', 'The text of rejects is erased so many days after their file was loaded; how many there were, where and why stays. Works when the next run ends.')
on conflict (setting) do update set meaning = excluded.meaning;

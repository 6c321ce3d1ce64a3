-- The bucket of an hour m.hour: itself, its day in the zone, or its hour of the week, given as
-- an instant of the first week of 2001, which began on a Monday.  Of anything else: null.
case bucket
    when 'hour' then m.hour
    when 'day' then date_trunc('day', m.hour, zone)
    when 'week_hour' then ((date '2001-01-01' + extract(isodow from m.hour at time zone zone)::integer - 1)
        + extract(hour from m.hour at time zone zone) * interval '1 hour') at time zone zone
end as at,

-- What reading the evidence changed, question by question: so that machines that were found
-- do not read as people who were reached.  The naive reader goes by the hang-up cause alone;
-- every answer is a person to him.  Where his reading is not known nothing is counted.
create function cdr.changed_between(period_from timestamptz, period_to timestamptz, counted_unit text)
    returns table (question text, naive numeric, now_low numeric, now_high numeric, of_n numeric, agreed numeric,
        gained numeric, lost numeric)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    return query
    with counted as materialized (
        select v.is_answered as says_answered, v.is_answered and not v.is_machine as says_person, v.is_machine as says_machine,
            v.delivered = 'yes' as says_delivered, v.is_undetermined as says_undetermined,
            sum(m.n) as n, sum(m.answered) as answered, sum(m.seizures) as seizures, sum(m.ner_seizures) as ner_seizures,
            sum(m.unanswered) as unanswered, sum(m.persons) as persons, sum(m.persons_high) as persons_high,
            sum(m.machines) as machines, sum(m.machines_high) as machines_high,
            sum(m.delivered_low) as delivered_low, sum(m.delivered_high) as delivered_high,
            sum(m.undetermined) as undetermined
        from cdr.stat_parts(period_from, period_to) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        join cdr.category v on v.category = m.naive_category
        where m.unit = counted_unit
        group by 1, 2, 3, 4, 5
    )
    select q.question,
        sum(case when q.says then c.n else 0 end), sum(q.low), sum(q.high), sum(q.of_n),
        sum(case when q.says then q.low else 0 end),
        sum(case when q.says then 0 else q.low end),
        sum(case when q.says then c.n - q.low else 0 end)
    from counted c
    cross join lateral (values
        (1, 'answered', c.says_answered, c.answered, c.answered, c.seizures),
        (2, 'person', c.says_person, c.persons, c.persons_high, c.seizures),
        (3, 'machine', c.says_machine, c.machines, c.machines_high, c.seizures),
        (4, 'delivered', c.says_delivered, c.delivered_low, c.delivered_high, c.ner_seizures),
        (5, 'undetermined', c.says_undetermined, c.undetermined, c.undetermined, c.unanswered)
    ) q (place, question, says, low, high, of_n)
    group by q.place, q.question
    order by q.place;
end
$$;

comment on function cdr.changed_between(timestamptz, timestamptz, text) is
    'What reading the evidence changed over [from, to), a row a question (answered, person, machine, delivered, undetermined): yes to the hang-up cause alone, yes by evidence at least and at most, of how many; on how many both agree, what only the evidence found and what only the cause says.';

revoke all on function cdr.changed_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.changed_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;

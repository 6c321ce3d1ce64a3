-- A category of the mapping files.  What they do not tell (how it counts in
-- the KPIs) stays as the migrations or a person set it; an unknown one counts
-- as an undelivered seizure.
insert into cdr.category (category, outcome_group, label_en, is_answered, is_local_failure,
    is_elsewhere, delivered, is_seizure, is_bid)
values ($1, $2, coalesce($3, $1), $4::boolean, $5::boolean, $6::boolean,
    case when $4::boolean then 'yes' else 'no' end,
    not ($5::boolean or $6::boolean), not $6::boolean)
on conflict (category) do update set
    outcome_group = excluded.outcome_group,
    label_en = excluded.label_en,
    is_answered = excluded.is_answered,
    is_local_failure = excluded.is_local_failure,
    is_elsewhere = excluded.is_elsewhere
where (cdr.category.outcome_group, cdr.category.label_en, cdr.category.is_answered,
        cdr.category.is_local_failure, cdr.category.is_elsewhere)
    is distinct from (excluded.outcome_group, excluded.label_en, excluded.is_answered,
        excluded.is_local_failure, excluded.is_elsewhere);

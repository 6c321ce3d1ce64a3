-- What every column of every view means.  A meaning stands once: under the column's name,
-- or under view.column where one view means something else by it.  Columns that are named
-- like a KPI have its definition, those passed on from a table the table's comment.
do $$
declare
    meanings constant jsonb := '{
        "hour": "Beginning of the hour (UTC), half-open.", "unit": "call or attempt; never add the two.",
        "day.grain": "day: cdr.stat_day has it, and it is read from there; hour: from its hours.",
        "day": "Day in the zone of cdr.setting.", "starts_at": "The instant at which it begins.",
        "ends_at": "The instant at which the next one begins.", "domain": "Webitel domain.",
        "provider": "Carrier, see cdr.provider; null when no mapping knows it.",
        "carrier": "Carrier for people: its name, else the trunk.", "gateway": "Trunk.", "direction": "Direction.",
        "queue": "Queue or campaign.", "category": "What it came to, see cdr.category.", "label": "The category''s name in English.",
        "outcome_group": "The category''s group.", "confidence": "certain, probable, or ambiguous.",
        "alternatives": "Candidates of an ambiguous outcome.", "hangup_cause": "Hang-up cause of the leg that decided.",
        "sip_code": "Its SIP code, as exported.", "disposition": "Its disposition, as exported.",
        "naive_category": "What a reader of the hang-up cause alone would say.",
        "is_changed": "The two differ; null when the naive reading is not known.",
        "n": "Calls or attempts.", "n_high": "With every ambiguous outcome that may be it.", "of_n": "All of that carrier and day.",
        "share": "Percent of of_n, at least.", "share_high": "Percent of of_n, at most.",
        "bids": "Those that were tried at all: all but moved legs and lost races.", "seizures": "Those that left towards the carrier.",
        "ner_seizures": "Those that NER counts: all but the categories that it excludes.",
        "answered": "Answered, by evidence.", "unanswered": "Seizures that were not answered.", "bill_seconds": "Billed seconds of answered ones.",
        "is_enough": "There are at least cdr.setting enough_calls seizures.",
        "delivered_low": "The network certainly did its part.", "delivered_high": "The network may have done its part.",
        "delivered_q850": "Numerator of ner_q850.", "cancelled": "Unanswered because the caller gave up.",
        "cancelled_high": "The same, with ambiguous outcomes that may be it.",
        "undetermined": "Unanswered, and the evidence leaves several outcomes.",
        "recategorised": "Unanswered, and the outcome is not what the hang-up cause alone says.",
        "naive_seizures": "Seizures to a naive reader.", "naive_answered": "Answered to a naive reader.",
        "naive_delivered": "Delivered to a naive reader.",
        "coded": "Answered, or with a known final SIP code.", "coded_3xx": "Unanswered with 3xx.", "coded_4xx": "Unanswered with 4xx.",
        "coded_fault": "Unanswered with 408, 5xx or 6xx.", "coded_seer": "Unanswered with 480, 486, 600 or 603.",
        "coded_isa": "Unanswered with 408, 500, 503 or 504.", "coded_reached": "Unanswered with 3xx, 4xx, 600, 603, 604, 607 or 608.",
        "offered": "Inbound calls to the queue.", "by_agent": "Answered by a person.", "left_soon": "Short abandons.",
        "legs": "Legs it is made of.", "is_orphan": "Its A-leg is missing.", "deciding_leg_key": "The leg whose outcome it has.",
        "answered_by": "leg: a person or a phone. flow: the flow alone. Null: nobody.",
        "persons": "Answered by a person.", "persons_high": "The same, with answers that may be a machine.",
        "machines": "Answered by a machine.", "machines_high": "The same, with answers that may be a person.",
        "by_flow": "Answered by the flow alone; of inbound calls those that no queue was offered.",
        "inbound": "Inbound calls.", "by_person": "Inbound calls that a person answered.",
        "abandoned": "Inbound calls that were abandoned.", "unanswered_other": "Inbound calls that nobody answered, and whose caller is not known to have given up.",
        "talk_minutes": "Minutes of talk.",
        "agent_day.agent": "Employee, as cdr.call has him.", "agent_day.offered": "Calls that rang him, or that name him and came in.",
        "agent_day.answered": "Offered ones that he answered.", "missed": "Offered ones that he did not answer, nor another phone.",
        "elsewhere": "Offered ones that another phone took.", "placed": "Outbound calls of his.",
        "placed_answered": "Placed ones that the other side answered.", "agent_day.talk_seconds": "Seconds of talk.",
        "agent_day.hold_seconds": "Seconds on hold.", "agent_day.handling_seconds": "Talk and hold, where talk is known.",
        "agent_day.handling_n": "Calls with known talk.", "agent_day.first_at": "Start of his first call.",
        "agent_day.last_at": "End of his last call.", "agent_day.aht": "Mean seconds of talk and hold a call.",
        "served_in_time": "Answered by a person within the service level''s T.",
        "first_at": "First hour in which it was seen.", "last_at": "Last hour in which it was seen.",
        "carrier_first_at": "First hour in which the carrier is known by an export that tells the same of the three.",
        "weeks": "Weeks that were compared with.", "expected": "Calls there on average.", "percent": "n as percentage of expected.",
        "signal_ambiguity.undetermined": "Unanswered attempts whose evidence leaves several outcomes.",
        "signal_ambiguity.unanswered": "Unanswered attempts.",
        "signal_ambiguity.ambiguity": "Percent undetermined on the day.",
        "ambiguity_before": "Percent undetermined on the same weekday of the four weeks before.",
        "unanswered_before": "Unanswered attempts on those days.",
        "failed": "Attempts that failed in the network.", "signal_incident.seizures": "Seizures in those hours.",
        "signal_incident.share": "Percent that failed.", "otherwise": "Percent that fail in the other hours.",
        "signal": "incident, new_pair, missing_hour, thin_day, thick_day, empty_file or ambiguity.", "at": "When.", "about": "What, as a sentence.",
        "signal.carrier": "Carrier for people: its name, else the trunk; null where it is about no carrier.",
        "last_hour": "Last hour of which calls are known.",
        "newest_leg_at": "When the newest leg of a loaded file began.", "longest_pause": "Longest pause without calls in the last five weeks of data.",
        "data_max_age": "How old the newest leg may be: a day and a half and the longest pause.", "last_run_at": "When the last run ended.",
        "last_success_at": "When the last run ended that did its work.", "unfinished_runs": "Runs that go on, or were killed and not yet closed by the next.",
        "rejects_open": "Records in quarantine.", "files_refused": "Files that were refused or rolled back and have not come in since.",
        "schema_version": "Version of this schema.", "ruleset": "Identity of the rule set used last.",
        "ruleset_shown.ruleset_id": "Rule set, see cdr.ruleset.", "folder": "Which of its folders the file is from; 1 is the shipped one.",
        "ruleset_shown.name": "Its path in that folder.", "content": "Its text, numbers masked for readers.",
        "file_id": "Number of the file.", "run_id": "Number of the run.",
        "name": "Name of the file.", "loaded_at": "When it was loaded.", "refused_at": "When it was refused.",
        "refused_file.verdict": "refused, or rolled_back.", "refused_file.reason": "Why.", "headers": "Caption lines in it.", "profile": "Profile it was read with."}';
    suffixes constant jsonb := '{"_n": "Sample size (denominator) of ", "_ci_low": "Lower end of the Wilson 95 % interval of ",
        "_ci_high": "Upper end of the Wilson 95 % interval of "}';
    c record;
begin
    for c in
        select r.relname, a.attname, coalesce(
            -- The ledger's view has the ledger's columns, whatever else is called so.
            case when r.relname = 'file_shown' then (
                select pg_catalog.col_description(t.attrelid, t.attnum)
                from pg_catalog.pg_attribute t
                where t.attrelid = 'cdr.file'::regclass and t.attname = a.attname
            ) end,
            meanings ->> (r.relname || '.' || a.attname),
            meanings ->> a.attname,
            (select k.name || ': ' || k.formula || '. ' || k.variant from cdr.kpi_definition k where k.kpi = a.attname),
            (
                select s.value || b.kpi || '.'
                from pg_catalog.jsonb_each_text(suffixes) s
                cross join lateral (select pg_catalog.regexp_replace(a.attname, s.key || '$', '') as kpi) b
                where b.kpi <> a.attname
                    and exists (select 1 from cdr.kpi_definition k where k.kpi in (b.kpi, b.kpi || '_low'))
            ),
            (
                select pg_catalog.col_description(t.attrelid, t.attnum)
                from pg_catalog.pg_attribute t
                where t.attrelid in ('cdr.stat_hour'::regclass, 'cdr.leg'::regclass) and t.attname = a.attname
                order by (t.attrelid = 'cdr.leg'::regclass) = (r.relname in ('call', 'attempt')) desc
                limit 1
            )) as meaning
        from pg_catalog.pg_class r
        join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum > 0
        where r.relnamespace = 'cdr'::regnamespace and r.relkind = 'v'
    loop
        execute format('comment on column cdr.%I.%I is %L', c.relname, c.attname, c.meaning);
    end loop;
end
$$;

comment on column cdr.run.finished_at is 'When it ended, or when a later run found it killed; null while it runs.';
comment on column cdr.run.exit_code is 'Exit code of the program, 0 when all went well; null while it runs, and when it was killed.';

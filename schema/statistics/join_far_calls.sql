-- Note the calls that reach further than a day; the hours (since 1970) that change.
select hour from cdr.join_far_calls() hour;

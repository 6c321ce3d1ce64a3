-- What people call categories.
-- $1 language.
select category, case $1 when 'uk' then label_uk when 'ru' then label_ru else label_en end as label
from cdr.category

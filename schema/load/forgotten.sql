-- Who is forgotten, and the key that tells; no row when it is nobody.
select k.key, f.hmac
from cdr.forgotten f
cross join cdr.forgotten_key k;

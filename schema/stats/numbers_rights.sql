-- May whoever asks see whole numbers?
select pg_has_role(current_user, 'cdretl_loader', 'usage') or pg_has_role(current_user, 'cdretl_owner', 'usage')

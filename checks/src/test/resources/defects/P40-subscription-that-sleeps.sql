-- caught by: isolation-catalog
create subscription quiet connection 'host=192.0.2.1 dbname=x' publication p with (connect = false, slot_name = none, enabled = false);
-- remove
drop subscription quiet;

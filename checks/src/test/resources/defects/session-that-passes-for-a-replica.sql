-- caught by: cross-workspace-references, isolation-catalog
alter role sample_app set session_replication_role = replica;
-- remove
alter role sample_app reset session_replication_role;

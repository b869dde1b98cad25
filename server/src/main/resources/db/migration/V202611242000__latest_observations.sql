-- A start reads the newest observations, and the entry that put a page in force, from the log itself.
create index observed_by_age on evidence.leaf (workspace_id, leaf_id) where action = 'check.observed';
create index revised_by_age on evidence.leaf (workspace_id, leaf_id) where action = 'page.revised';

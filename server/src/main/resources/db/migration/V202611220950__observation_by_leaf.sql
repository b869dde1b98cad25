create index observation_by_leaf on claims.observation (workspace_id, leaf_id);

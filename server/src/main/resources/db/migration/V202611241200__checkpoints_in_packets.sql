-- What a packet asks for: the checkpoint that was the newest at a moment, and the newest anchored one of a log.
create index checkpoint_by_time on evidence.checkpoint (workspace_id, signed_at);

-- An entry of the anchor log is a signed checkpoint; its first line, newline included, names the log.
create index anchored_by_origin on evidence.leaf
    (workspace_id, (substring(bytes from 1 for position('\x0a'::bytea in bytes))), leaf_id)
    where action = 'checkpoint.anchored';

-- One row of a canary workspace in every tenant table that the application itself writes, so that isolation checks have
-- something to reach for. Keys differ between the canaries, so that a reference to the other's row can't hit one's own.
-- Run as the runtime role in the canary's context; tables of the log fill by themselves.
insert into tenancy.member (workspace_id, account_id, role)
values (tenancy.workspace(), 'a4e00000-0000-8000-8000-0000000000cc', 'viewer') on conflict do nothing;
insert into tenancy.invitation (workspace_id, invitation_id, email, role, code_hash, invited_by, made_at, expires_at)
values (tenancy.workspace(), 'a4e00000-0000-8000-8000-0000000000cc', 'canary@averment.invalid', 'viewer', sha256(uuid_send(gen_random_uuid())), 'a4e00000-0000-8000-8000-0000000000cc', '2026-01-01T00:00:00Z', '9999-01-01T00:00:00Z') on conflict do nothing;
insert into registers.entry (workspace_id, page_id, register, entry_id, title, status)
values (tenancy.workspace(), 'canary-' || right(tenancy.workspace()::text, 1), 'canary', 'canary', 'Canary', 'done') on conflict do nothing;
insert into claims.revision (workspace_id, page_id, number, source, sha256, as_of, in_force_since)
values (tenancy.workspace(), 'canary-' || right(tenancy.workspace()::text, 1), 1, 'canary', sha256('canary'), '2026-01-01', '2026-01-01T00:00:00Z') on conflict do nothing;
insert into claims.change (workspace_id, page_id, number, line, kind, claim_id, permanent)
values (tenancy.workspace(), 'canary-' || right(tenancy.workspace()::text, 1), 1, 1, 'added', 'canary', false) on conflict do nothing;
insert into claims.observation (workspace_id, observation_id, page_id, revision, claim_id, check_id, check_type, observed_at, received_at, verdict, reason, subjects, facts, leaf_id)
values (tenancy.workspace(), 'a4e00000-0000-8000-8000-0000000000cc', 'canary-' || right(tenancy.workspace()::text, 1), 1, 'canary', 'canary', 'canary', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'unproven', 'canary', 0, '{}', 'a4e00000-0000-8000-8000-0000000000cc') on conflict do nothing;
insert into claims.verdict (workspace_id, page_id, claim_id, since, verdict, reason)
values (tenancy.workspace(), 'canary', 'canary', '2026-01-01T00:00:00Z', 'unproven', 'canary') on conflict do nothing;
insert into claims.schedule (workspace_id, page_id, claim_id, check_id, every, due_at)
values (tenancy.workspace(), 'canary', 'canary', 'canary', interval '1 day', 'infinity') on conflict do nothing;
insert into evidence.subject_key (workspace_id, subject_id, wrapped)
values (tenancy.workspace(), 'a4e00000-0000-8000-8000-0000000000cc', 'canary') on conflict do nothing;
insert into jobs.job (workspace_id, kind, args, state, priority, run_at, made_at, attempt, max_attempts, unique_key)
values (tenancy.workspace(), 'canary', '{}', 2, 100, 'infinity', '2026-01-01T00:00:00Z', 0, 1, 'canary') on conflict do nothing;
insert into jobs.attempt (workspace_id, job_id, n, kind, worker, started_at, ended_at, outcome)
values (tenancy.workspace(), 0, 1, 'canary', 'a4e00000-0000-8000-8000-0000000000cc', '9999-01-01T00:00:00Z', '9999-01-01T00:00:00Z', 'done') on conflict do nothing;
insert into monitoring.monitor (workspace_id, monitor_id, ping_id, slug, name, every_seconds, grace_seconds, made_at)
select tenancy.workspace(), m, gen_random_uuid(), 'canary', 'Canary', 86400, 3600, '2026-01-01T00:00:00Z'
  from (values (tenancy.workspace()), (md5(tenancy.workspace()::text)::uuid)) v (m) on conflict do nothing;
insert into monitoring.dependency (workspace_id, monitor_id, depends_on)
values (tenancy.workspace(), tenancy.workspace(), md5(tenancy.workspace()::text)::uuid) on conflict do nothing;
insert into monitoring.maintenance (workspace_id, maintenance_id, monitor_id, starts_at, ends_at, reason)
values (tenancy.workspace(), tenancy.workspace(), tenancy.workspace(), '2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z', 'canary') on conflict do nothing;
insert into monitoring.ping_key (workspace_id, key_id, key_hash, made_at)
values (tenancy.workspace(), tenancy.workspace(), sha256(uuid_send(gen_random_uuid())), '2026-01-01T00:00:00Z') on conflict do nothing;
insert into monitoring.ingest_token (workspace_id, token_id, monitor_id, name, made_at, expires_at)
values (tenancy.workspace(), tenancy.workspace(), tenancy.workspace(), 'canary', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z') on conflict do nothing;
insert into monitoring.heard (workspace_id, monitor_id)
values (tenancy.workspace(), tenancy.workspace()) on conflict do nothing;
insert into monitoring.monitor_state (workspace_id, monitor_id, since)
values (tenancy.workspace(), tenancy.workspace(), '2026-01-01T00:00:00Z') on conflict do nothing;
insert into monitoring.ping (workspace_id, monitor_id, n, at, kind, native, method, scheme, remote_address, user_agent, hash)
values (tenancy.workspace(), tenancy.workspace(), 1, '9999-01-01T00:00:00Z', 3, false, 'GET', 'https', '', 'canary', sha256('canary')) on conflict do nothing;
insert into monitoring.ping_body (workspace_id, monitor_id, n, head, tail, size, left_out, digest, redactions, redacted)
values (tenancy.workspace(), tenancy.workspace(), 1, 'canary', '', 6, 0, sha256('canary'), 0, '') on conflict do nothing;
insert into monitoring.ping_seal (workspace_id, leaf_id, monitor_id, first_n, last_n)
values (tenancy.workspace(), tenancy.workspace(), tenancy.workspace(), 1, 1) on conflict do nothing;
insert into monitoring.run (workspace_id, run_id, monitor_id, status, open)
values (tenancy.workspace(), tenancy.workspace(), tenancy.workspace(), 'succeeded', false) on conflict do nothing;
insert into monitoring.run_metric (workspace_id, run_id, name, value)
values (tenancy.workspace(), tenancy.workspace(), 'canary', 1) on conflict do nothing;
insert into monitoring.transition (workspace_id, transition_id, monitor_id, subject, from_state, to_state, at, actor, reason)
values (tenancy.workspace(), tenancy.workspace(), tenancy.workspace(), 'monitor', 'new', 'up', '2026-01-01T00:00:00Z', 'system:setup', 'canary') on conflict do nothing;
insert into monitoring.trace_note (workspace_id, note_id, run_id, written_at, actor, body)
values (tenancy.workspace(), tenancy.workspace(), tenancy.workspace(), '2026-01-01T00:00:00Z', 'system:setup', 'canary') on conflict do nothing;
insert into delivery.channel (workspace_id, channel_id, kind, name, state, shown, sealed, made_at, changed_at)
values (tenancy.workspace(), md5('channel' || tenancy.workspace()::text)::uuid, 'webhook', 'Canary', 'disabled', 'canary', 'canary', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z') on conflict do nothing;
insert into delivery.delivery (workspace_id, delivery_id, channel_id, incident_id, kind, dedup_key, severity, title, body, link, data, announced_at, state, ended_at)
values (tenancy.workspace(), md5('delivery' || tenancy.workspace()::text)::uuid, md5('channel' || tenancy.workspace()::text)::uuid, 'a4e00000-0000-8000-8000-0000000000cc', 'test', 'canary', 'info', 'Canary', '', '', '{}', '2026-01-01T00:00:00Z', 'cancelled', '2026-01-01T00:00:00Z') on conflict do nothing;
insert into delivery.attempt (workspace_id, delivery_id, n, started_at, outcome)
values (tenancy.workspace(), md5('delivery' || tenancy.workspace()::text)::uuid, 1, '2026-01-01T00:00:00Z', 'unknown') on conflict do nothing;
insert into stream.event (workspace_id, kind, subject, data, made_at)
select tenancy.workspace(), 'canary', 'canary', '{}', '9999-01-01T00:00:00Z' where not exists (select from stream.event where kind = 'canary');
insert into clocks.calendar (workspace_id, version, zone, region, week, closures, made_at)
values (tenancy.workspace(), 1, 'UTC', '', 'mo-fr 09:00-17:00', '', '2026-01-01T00:00:00Z') on conflict do nothing;
insert into clocks.clock (workspace_id, clock_id, subject, rule, term, calendar, started_at, due_at)
values (tenancy.workspace(), 'a4e00000-0000-8000-8000-0000000000cc', 'canary', 'canary', '1d', 0, '2026-01-01T00:00:00Z', 'infinity') on conflict do nothing;
insert into incidents.incident (workspace_id, incident_id, cause, source, title, severity, worst, state, opened_at, resolved_at)
values (tenancy.workspace(), overlay('a4e00000-0000-8000-8000-0000000000cc' placing right(tenancy.workspace()::text, 8) from 29)::uuid, 'canary', 'hand', 'Canary', 'P3', 'P3', 'resolved', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z') on conflict do nothing;
insert into incidents.entry (workspace_id, incident_id, place, at, actor, kind, text, evidence)
select tenancy.workspace(), incident_id, 1, '2026-01-01T00:00:00Z', 'system:canary', 'opened', 'Canary', '' from incidents.incident where cause = 'canary' on conflict do nothing;
insert into incidents.review (workspace_id, incident_id, version, round, author, written_at, happened, cause, actions)
select tenancy.workspace(), incident_id, 1, 1, 'system:canary', '2026-01-01T00:00:00Z', 'Canary', 'Canary', 'Canary' from incidents.incident where cause = 'canary' on conflict do nothing;
insert into incidents.affected (workspace_id, incident_id, monitor_id, name, root, since, until)
select tenancy.workspace(), incident_id, 'a4e00000-0000-8000-8000-0000000000cc', 'Canary', true, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' from incidents.incident where cause = 'canary' on conflict do nothing;
insert into incidents.dependency (workspace_id, incident_id, monitor_id, depends_on)
select tenancy.workspace(), incident_id, 'a4e00000-0000-8000-8000-0000000000cc', 'a4e00000-0000-8000-8000-0000000000cd' from incidents.incident where cause = 'canary' on conflict do nothing;
insert into incidents.rule (workspace_id, about, subject, severity)
values (tenancy.workspace(), 'claims', '', 'P3') on conflict do nothing;
insert into incidents.step (workspace_id, place, after)
values (tenancy.workspace(), (select 1 + get_byte(uuid_send(tenancy.workspace()), 15) % 10), '15m') on conflict do nothing;
insert into incidents.target (workspace_id, place, kind, target)
select tenancy.workspace(), place, 'channel', 'a4e00000-0000-8000-8000-0000000000cc' from incidents.step limit 1 on conflict do nothing;
insert into delivery.inbox (workspace_id, channel_id, delivery_id, title, body, received_at)
values (tenancy.workspace(), md5('channel' || tenancy.workspace()::text)::uuid, md5('delivery' || tenancy.workspace()::text)::uuid, 'Canary', '', '2026-01-01T00:00:00Z') on conflict do nothing;
insert into drill.demo (workspace_id, demo_id, channel_id, mend_after, made_at, until, asleep, removed_at)
values (tenancy.workspace(), md5('demo' || tenancy.workspace()::text)::uuid, md5('channel' || tenancy.workspace()::text)::uuid, 60, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true, '2026-01-01T00:00:00Z') on conflict do nothing;
insert into drill.workflow (workspace_id, demo_id, name, monitor_id)
values (tenancy.workspace(), md5('demo' || tenancy.workspace()::text)::uuid, 'export', tenancy.workspace()) on conflict do nothing;
insert into drill.file (workspace_id, demo_id, name, body, digest, written_at)
values (tenancy.workspace(), md5('demo' || tenancy.workspace()::text)::uuid, 'orders.csv', 'canary', sha256('canary'), '2026-01-01T00:00:00Z') on conflict do nothing;

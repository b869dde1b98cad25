-- A provider's word counts as a proof only if it says when it asked its person, and that was a moment ago: asked_at is what
-- its ID token said of that (auth_time). A flow may now be one that was begun to prove, for a session that is open.
alter table identity.provider_flow add column asked_at timestamptz;
grant update (asked_at) on identity.provider_flow to averment_auth;

alter table identity.provider_flow drop constraint provider_flow_purpose_check;
alter table identity.provider_flow drop constraint provider_flow_check;
alter table identity.provider_flow drop constraint provider_flow_check1;
alter table identity.provider_flow add constraint provider_flow_purpose_check
    check (purpose in ('sign-in', 'link', 'prove'));
alter table identity.provider_flow add constraint provider_flow_account_check
    check ((purpose = 'sign-in') = (account_id is null));
alter table identity.provider_flow add constraint provider_flow_session_check
    check ((purpose = 'sign-in') = (session_id is null));

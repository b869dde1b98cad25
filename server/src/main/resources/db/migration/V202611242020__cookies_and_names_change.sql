-- A session's cookie is replaced when what the session may do grows, and people name their passkeys anew.
grant update (secret_hash) on identity.session to averment_auth;
grant update (name) on identity.passkey to averment_auth;

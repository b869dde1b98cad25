-- caught by: isolation-catalog, forged-context
grant select (inner_pad) on tenancy.seal_key to sample_app;
-- remove
revoke select (inner_pad) on tenancy.seal_key from sample_app;

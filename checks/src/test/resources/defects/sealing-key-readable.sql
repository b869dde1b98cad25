-- caught by: forged-context, isolation-catalog
grant select on tenancy.seal_key to sample_app;
-- remove
revoke select on tenancy.seal_key from sample_app;

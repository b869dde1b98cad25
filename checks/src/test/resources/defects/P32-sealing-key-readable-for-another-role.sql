-- caught by: isolation-catalog
grant select (outer_pad) on tenancy.seal_key to sample_probe;
-- remove
revoke select (outer_pad) on tenancy.seal_key from sample_probe;

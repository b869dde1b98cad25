-- caught by: isolation-catalog
grant update (at) on app.sign_in to sample_app;
-- remove
revoke update (at) on app.sign_in from sample_app;

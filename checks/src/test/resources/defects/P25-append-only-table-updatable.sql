-- caught by: isolation-catalog
grant update on app.sign_in to sample_app;
-- remove
revoke update on app.sign_in from sample_app;

-- caught by: role-privileges
create sequence app.number;
alter sequence app.number owner to sample_app;
-- remove
drop sequence app.number;

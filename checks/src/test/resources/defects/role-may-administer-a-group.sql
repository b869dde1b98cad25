-- caught by: role-privileges
create role sample_group nologin;
grant sample_group to sample_app with admin option;
-- remove
revoke sample_group from sample_app;
drop role sample_group;

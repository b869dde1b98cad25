-- caught by: role-privileges
create type app.colour as enum ('red');
alter type app.colour owner to sample_app;
-- remove
drop type app.colour;

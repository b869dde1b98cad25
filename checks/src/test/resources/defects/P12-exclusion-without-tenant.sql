-- caught by: isolation-catalog
alter table app.sign_in add constraint one_id exclude using btree (id with =);
-- remove
alter table app.sign_in drop constraint one_id;

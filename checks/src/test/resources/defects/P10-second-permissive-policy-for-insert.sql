-- caught by: isolation-catalog, isolation-behaviour
create policy wide on app.sign_in for insert with check (true);
-- remove
drop policy wide on app.sign_in;

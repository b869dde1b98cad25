-- caught by: isolation-catalog
create function app.peek(value text) returns boolean language plpgsql immutable leakproof
  as 'begin raise notice ''%'', value; return true; end';
-- remove
drop function app.peek(text);

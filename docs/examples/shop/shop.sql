-- A small shop that serves many tenants from one database, as such services are often built: row-level security on a
-- plain setting, an audit table behind triggers, and a table of log entries that can only grow. Two tenants are canaries.
create role shop_owner nologin;
create role shop_app login;
create role shop_probe login;

do $$ begin
  execute format('revoke temporary on database %I from public', current_database());
end $$;
revoke create on schema public from public;
create schema shop authorization shop_owner;
create schema audit authorization shop_owner;
grant usage on schema shop, audit to shop_app;

set role shop_owner;
create table shop.country (code text primary key, name text not null);
create table shop.tenant (tenant_id uuid primary key, name text not null);
create table shop.customer (
  tenant_id uuid not null references shop.tenant,
  id uuid not null default gen_random_uuid(),
  email text not null,
  country text not null references shop.country,
  primary key (tenant_id, id),
  unique (tenant_id, email));
create table shop.invoice (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  cents bigint not null,
  paid boolean not null default false,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references shop.customer on delete cascade);
create table audit.change (
  tenant_id uuid not null,
  id bigint generated always as identity,
  command text not null,
  relation text not null,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, id));
create table audit.entry (
  tenant_id uuid not null references shop.tenant,
  sequence bigint not null,
  body bytea not null,
  primary key (tenant_id, sequence));

create function audit.record_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  changed record := case when tg_op = 'DELETE' then old else new end;
begin
  insert into audit.change (tenant_id, command, relation)
    values (changed.tenant_id, tg_op, tg_table_schema || '.' || tg_table_name);
  return null;
end $$;
revoke all on function audit.record_change() from public;

do $$
declare
  t regclass;
begin
  foreach t in array
      array['shop.tenant', 'shop.customer', 'shop.invoice', 'audit.change', 'audit.entry']::regclass[] loop
    execute format('alter table %s enable row level security, force row level security', t);
    execute format('create policy tenant on %s
                      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
  foreach t in array array['shop.tenant', 'shop.customer', 'shop.invoice']::regclass[] loop
    execute format('create trigger record_change after insert or update or delete on %s
                      for each row execute function audit.record_change()', t);
    execute format('alter table %s enable always trigger record_change', t);
  end loop;
end $$;
grant select on shop.country to shop_app;
grant select, insert, update, delete on shop.tenant, shop.customer, shop.invoice to shop_app;
grant select, insert on audit.change, audit.entry to shop_app;

-- The owner is under its own policies: each canary is entered to make its rows.
insert into shop.country values ('AT', 'Austria');
do $$
declare
  canary uuid;
  customer uuid;
begin
  foreach canary in array array['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']::uuid[] loop
    perform set_config('app.tenant', canary::text, true);
    insert into shop.tenant values (canary, 'Canary');
    insert into shop.customer (tenant_id, email, country) values (canary, 'canary@example.org', 'AT') returning id into customer;
    insert into shop.invoice (tenant_id, customer_id, cents) values (canary, customer, 100);
    insert into audit.entry values (canary, 0, 'A canary has no log.');
  end loop;
end $$;
reset role;

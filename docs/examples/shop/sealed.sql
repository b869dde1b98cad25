-- What makes the shop's context more than a setting: whoever enters a tenant shows a secret that only the application
-- holds, and gets a seal over tenant, connection and the transaction's begin that the policy checks. SQL that was injected
-- has no secret, and the seal of another tenant, connection or transaction does not fit. app.secret_sha256 is set where this is run: the digest of the secret.
create role shop_seal nologin;
create schema seal authorization shop_seal;
grant usage on schema seal to shop_app, shop_owner;
set role shop_seal;
create table seal.key (inner_pad bytea not null, outer_pad bytea not null, secret_sha256 bytea not null);
do $$
declare
  key bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) || decode(repeat('00', 32), 'hex');
  inner_pad bytea := key;
  outer_pad bytea := key;
begin
  for i in 0..63 loop
    inner_pad := set_byte(inner_pad, i, get_byte(key, i) # 54);
    outer_pad := set_byte(outer_pad, i, get_byte(key, i) # 92);
  end loop;
  insert into seal.key values (inner_pad, outer_pad, decode(current_setting('app.secret_sha256'), 'hex'));
end $$;

create function seal.of(tenant text) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(k.outer_pad || sha256(k.inner_pad
           || convert_to(tenant || '|' || pg_backend_pid() || '|' || extract(epoch from now()), 'UTF8'))), 'hex')
    from seal.key k
$$;
create function seal.enter(tenant text, secret text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from seal.key k where k.secret_sha256 = sha256(convert_to(secret, 'UTF8'))) then
    raise exception 'this is not the secret of the application' using errcode = '42501';
  end if;
  perform set_config('app.tenant', tenant, true), set_config('app.seal', seal.of(tenant), true);
end $$;
create function seal.tenant() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  tenant text := nullif(current_setting('app.tenant', true), '');
begin
  if tenant is null then
    return null;
  end if;
  if current_setting('app.seal', true) is distinct from seal.of(tenant) then
    raise exception 'the context is not sealed' using errcode = '42501';
  end if;
  return tenant::uuid;
end $$;
revoke all on function seal.of(text), seal.enter(text, text), seal.tenant() from public;
grant execute on function seal.enter(text, text), seal.tenant() to shop_app;
grant execute on function seal.tenant() to shop_owner;
reset role;

set role shop_owner;
do $$
declare
  t regclass;
begin
  foreach t in array
      array['shop.tenant', 'shop.customer', 'shop.invoice', 'audit.change', 'audit.entry']::regclass[] loop
    execute format('alter policy tenant on %s using (tenant_id = (select seal.tenant()))', t);
  end loop;
end $$;
reset role;

-- Logins that stand, so that their account can see and end each of them: tokens, and now sessions of browsers too, on whatever
-- node. A session has no token: its row has the digest of nothing that anybody could show. Personal data, outside the journal, and gone
-- when the login is over. The tokens of before do not say how they came to be and last an hour at most: they end here.
delete from token;
alter table token
  add column id uuid not null,              -- by which it is listed and ended; opens nothing
  add column way text not null,             -- PASSWORD, SSH_KEY, CERTIFICATE, BROWSER
  add column began_at bigint not null,
  add column used_at bigint not null,       -- to the minute or so
  add column network text not null,         -- the address that the login came from
  add column program text not null,         -- how the client called itself
  alter column account drop not null;       -- a browser's that has not chosen one of several yet
create unique index token_by_id on token (id);
create index token_by_account on token (account);

-- Work: why files of signed acts were not done yet, as the last turn found it. Gone with the act's end.
create table withheld (
  act uuid not null,
  file text collate "C" not null,
  why text not null,
  since bigint not null,
  primary key (act, file)
);

-- Who may act for which account, and tokens. Personal data: these tables are outside the journal and outside the fold, are
-- never rebuilt from segments, and a row can be erased without a trace. What an account did stands in the journal under the
-- account's name. Tokens are kept as digests only; passwords as PBKDF2-HMAC-SHA-256 with a salt of their own.

create table identity (
  type text collate "C" not null,        -- USERPASS, X509, SSH, GSS, SAML, OIDC
  identity text collate "C" not null,    -- a user's name, a DN, a public key as OpenSSH writes it
  account text collate "C" not null,
  email text not null,
  is_default boolean not null,           -- of several accounts the one that is taken where none is asked for
  salt bytea, password bytea, rounds int,
  created_at bigint not null,
  primary key (type, identity, account)
);
create index identity_by_account on identity (account);

create table token (
  digest bytea primary key,              -- SHA-256 of the token
  account text collate "C" not null,
  identity text collate "C" not null,
  expires_at bigint not null
);
create index token_by_end on token (expires_at);

-- What a holder of an SSH key is asked to sign; any node may ask, any other check.
create table ssh_challenge (
  challenge text collate "C" primary key,
  account text collate "C" not null,
  expires_at bigint not null
);
create index ssh_challenge_by_account on ssh_challenge (account);

-- Acts that people sign, and the custody hold. All rows: the journal folded.

-- Whose signature counts; a retired signer stays, for the signatures given before.
create table signer (name text collate "C" primary key, key text not null, retired boolean not null);

-- Acts as they stand; the line is as the journal writes it.
create table act (
  id uuid primary key,
  state "char" not null,                 -- O open, S signed and to be carried out, D done, W withdrawn
  since bigint not null,
  word text collate "C" not null,        -- what kind of act
  element text collate "C",              -- the element it is about
  line text not null
);
create index act_going_on on act (state, since) where state in ('O', 'S');

-- The custody hold in force; no row when there is none.
create table hold (one boolean primary key default true check (one), line text not null);

-- Damage of the last day by element, for the mass-loss guard.
create index copy_damaged on copy (storage_id, since) where state in ('C', 'U', 'M');

-- Holdfast's tables. PostgreSQL 15 and later, one dialect, no triggers, no now(): time is a parameter, in microseconds UTC.
--
-- Three kinds of table stand here, and every table says which it is:
--   journal  facts and the tree over them, append only
--   rows     current state: the journal folded, written in the transaction of the fact that states them
--   work     leases, orders, due work, summaries: outside the fold, rebuilt from rows at any time
--
-- Every file-level table leads with `home` (decision 0001): files of one directory lie together.

-- Small numbers for words that stand in many rows.
create table word (
  id int generated always as identity primary key,
  kind "char" not null,                 -- S scope, E storage element, C class, O source
  text text collate "C" not null,
  unique (kind, text)
);

-- journal ------------------------------------------------------------------------------------------------------------
create table journal_entry (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),   -- lets the sequencer number only what is below every running transaction
  uuid uuid not null unique,
  at bigint not null,
  actor text collate "C" not null,
  kind text collate "C" not null,
  version smallint not null,
  lines int not null,
  leaf bytea not null,
  seed bytea not null,
  manifest bytea not null                -- the lines, deflated
);
alter table journal_entry alter manifest set storage external;   -- compressed already

-- Leaves numbered after their commit by one sequencer; the entry's row is never updated.
create table journal_leaf (seq bigint primary key, entry_id bigint not null unique, hash bytea not null);
create table journal_tree (one boolean primary key default true check (one), size bigint not null, peaks bytea not null, low_entry bigint not null, mark_entry bigint not null, mark_xid xid8 not null);
insert into journal_tree (size, peaks, low_entry, mark_entry, mark_xid) values (0, '', 0, 0, '0');
create table journal_head (size bigint primary key, root bytea not null, at bigint not null, signature text not null);

-- rows ---------------------------------------------------------------------------------------------------------------
create table file (
  home bigint not null, leaf bigint not null,
  bytes bigint not null, mention bigint not null,
  scope_id int not null, class_id int, level smallint, source_id int not null,
  source_state "char" not null,          -- H held, M may go, U unknown
  origin "char" not null,                -- S digests stated by the source, A of the bytes as they arrived
  placed boolean not null, lost boolean not null,
  adler32 bytea, md5 bytea, sha256 bytea,
  name text collate "C" not null,
  attributes text not null,
  primary key (home, leaf)
) with (fillfactor = 85);

create table copy (
  home bigint not null, leaf bigint not null,
  storage_id int not null,
  state "char" not null,                 -- A arrived, P proved, S suspect, C corrupt, U unreadable, M missing, K claimed, R releasing, G gone
  proof_kind "char", proof_medium boolean,
  writing smallint not null,
  written_at bigint not null, proof_at bigint, since bigint not null,
  path text collate "C" not null,
  locator text collate "C",
  finding text,
  primary key (home, leaf, storage_id)
) with (fillfactor = 85);
create index copy_by_proof on copy (storage_id, proof_at) where state = 'P';
create index copy_unproved on copy (storage_id, since) where state in ('A', 'S', 'K');

create table condition (storage_id int primary key, line text not null);

create table register (one boolean primary key default true check (one), source text not null, as_of bigint not null);
create table run (id int generated always as identity primary key, experiment text collate "C" not null, run text collate "C" not null, type text not null, closed bigint, unique (experiment, run));
create table expected (
  home bigint not null, leaf bigint not null,
  scope_id int not null, run_id int not null, bytes bigint, events bigint,
  name text collate "C" not null,
  primary key (home, leaf)
);
create index expected_by_run on expected (run_id);

create table waiver (id uuid primary key, clause text not null, from_at bigint not null, until_at bigint not null, lines text not null);
create table adopted (seq int generated always as identity primary key, at bigint not null, version text not null, digest bytea not null, plan text not null, sites text not null, policy text not null);

-- work ---------------------------------------------------------------------------------------------------------------
-- One row for each directory with files: its lock is the lock of every summary of that home.
create table directory (home bigint primary key, slice_bits smallint not null default 0);

-- What must be attended again: append only, so that writers never wait. A row without leaf means the whole home.
create table due (home bigint not null, id bigint generated always as identity, leaf bigint, primary key (home, id));

-- Answers of each duty added up for a slice of a home; duty -1 is the clause as a whole.
create table tally (
  home bigint not null, slice int not null, clause text collate "C" not null, duty smallint not null,
  subjects bigint not null, breached bigint not null, undetermined bigint not null, arriving bigint not null,
  oldest_arriving bigint, oldest_proof bigint, silent_since bigint, valid_until bigint not null,
  primary key (home, slice, clause, duty)
) with (fillfactor = 60);
create index tally_until on tally (valid_until) where duty = -1;

-- Counting copies of a slice by class, element and day the sharing period begins (0001-01-01 where none covers the file).
create table held (
  home bigint not null, slice int not null, class_id int not null, storage_id int not null, period int not null,
  files bigint not null, counting bigint not null, bytes bigint not null,
  primary key (home, slice, class_id, storage_id, period)
) with (fillfactor = 60);

-- Registered files of a slice by class; class 0 is none.
create table census (
  home bigint not null, slice int not null, class_id int not null,
  files bigint not null, bytes bigint not null, lost bigint not null,
  primary key (home, slice, class_id)
) with (fillfactor = 60);

-- Subjects that fall short of a clause; rows only where a file really differs.
create table shortfall (
  home bigint not null, leaf bigint not null, clause text collate "C" not null,
  verdict "char" not null,               -- B breached, U undetermined
  arriving boolean not null,
  since bigint not null,
  scope_id int not null, name text collate "C" not null,
  reasons text not null,
  primary key (home, leaf, clause)
) with (fillfactor = 60);
create index shortfall_by_clause on shortfall (clause, verdict, since);

-- A copy that is wanted, until it has arrived. A lease is good while its epoch is the row's.
create table demand (
  home bigint not null, leaf bigint not null, storage_id int not null,
  urgency smallint not null, raised_at bigint not null, due_at bigint not null,
  bytes bigint not null, period int not null,   -- the file's size and the day its sharing period begins
  attempts int not null default 0,
  lease_until bigint, epoch int not null default 0,
  reason text not null, problem text,
  primary key (home, leaf, storage_id)
) with (fillfactor = 60);
create index demand_due on demand (storage_id, urgency, due_at);

-- Named leases for work that one node does at a time.
create table lease (name text primary key, holder uuid not null, until bigint not null, epoch bigint not null);

-- How the journal is kept, and what the house must remember of its own doings.
create table memory (name text primary key, value text not null, at bigint not null);

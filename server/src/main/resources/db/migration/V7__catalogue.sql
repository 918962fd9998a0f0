-- Collections, rules and documents, for the interfaces that name data in sets.

-- rows ---------------------------------------------------------------------------------------------------------------
-- Small things that people keep by name: accounts, scopes, elements added by hand, limits, settings.
create table document (kind text collate "C" not null, key text collate "C" not null, text text not null, primary key (kind, key));

-- A dataset holds files, a container holds collections. The number is only of this database; names stand outside.
create table collection (
  id bigint generated always as identity primary key,
  home bigint not null, leaf bigint not null,
  created bigint not null, updated bigint not null, closed bigint, expires bigint,
  files bigint, bytes bigint,            -- of the content when it was closed
  scope_id int not null,
  kind "char" not null,                  -- D dataset, C container
  open boolean not null, monotonic boolean not null, removed boolean not null,
  account text collate "C" not null,
  name text collate "C" not null,
  metadata text not null,
  unique (home, leaf)
) with (fillfactor = 85);
create index collection_by_name on collection (scope_id, name);
create index collection_by_end on collection (expires) where expires is not null and not removed;

-- Files of a dataset. Leads with home: those of one directory in one dataset are one range.
create table member (home bigint not null, dataset_id bigint not null, leaf bigint not null, primary key (home, dataset_id, leaf));
create table containment (parent_id bigint not null, child_id bigint not null, primary key (parent_id, child_id));
create index containment_by_child on containment (child_id, parent_id);

create table rule (
  id uuid primary key,
  home bigint not null, leaf bigint not null,   -- of the target
  kind "char" not null,                  -- F file, D dataset, C container
  removed boolean not null,
  expires bigint, updated bigint not null,
  account text collate "C" not null,
  expression text collate "C" not null, copies int not null,
  paused text collate "C",
  replaced boolean not null,             -- another one is to take its place
  line text not null                     -- the whole of it, as the journal states it
) with (fillfactor = 85);
create index rule_by_target on rule (home, leaf);
create unique index rule_once on rule (home, leaf, account, expression, copies) where not removed;
create index rule_by_account on rule (account) where not removed;
create index rule_by_end on rule (expires) where expires is not null and not removed;
create index rule_replaced on rule (id) where replaced and not removed;
create index rule_paused on rule (paused) where paused is not null and not removed;

-- A rule holds a dataset, or one file, at an element. A file of a dataset is held where its dataset is.
create table rule_lock (
  home bigint not null, leaf bigint not null,   -- of the file, or of the dataset's name
  rule_id uuid not null, storage_id int not null,
  dataset_id bigint,                     -- empty for a file
  scope_id int not null,
  name text collate "C" not null,
  primary key (home, leaf, rule_id, storage_id)
);
create index rule_lock_by_rule on rule_lock (rule_id);
create index rule_lock_by_dataset on rule_lock (dataset_id, storage_id) where dataset_id is not null;
create index rule_lock_by_storage on rule_lock (storage_id);

-- work ---------------------------------------------------------------------------------------------------------------
-- Which homes a dataset touches and how much of it lies there. Added to only by one's own inserted rows of member.
create table dataset_home (
  home bigint not null, dataset_id bigint not null,
  files bigint not null, bytes bigint not null,
  primary key (home, dataset_id)
) with (fillfactor = 70);
create index dataset_home_by_dataset on dataset_home (dataset_id, home);

-- How much of that is there, by element. Recomputed to absolute numbers under the home's lock; homes that are due are
-- counted from the rows by whoever asks.
create table present (
  home bigint not null, dataset_id bigint not null, storage_id int not null,
  files bigint not null, bytes bigint not null,
  primary key (home, dataset_id, storage_id)
) with (fillfactor = 60);
create index present_by_dataset on present (dataset_id, storage_id);

-- What programs say of a copy, until it ends: C an upload is under way, U unavailable, T out of reach for a while,
-- D declared bad and not inspected yet.
create table mark (
  home bigint not null, leaf bigint not null, storage_id int not null,
  state "char" not null,
  at bigint not null, until bigint,
  path text collate "C", account text collate "C", reason text,
  primary key (home, leaf, storage_id)
);
create index mark_by_end on mark (until) where until is not null;
create index mark_by_state on mark (storage_id, state);

-- The directories of names, so that names can be found by how they begin.
create table folder (home bigint primary key, scope_id int not null, path text collate "C" not null);
create index folder_by_path on folder (scope_id, path);
insert into folder (home, scope_id, path) select distinct on (home) home, scope_id,
  case when position('/' in name) > 0 then regexp_replace(name, '/[^/]*$', '')
       else coalesce(nullif(regexp_replace(regexp_replace(name, '\.[A-Za-z][A-Za-z0-9]{0,7}$', ''), '[0-9]+$', ''), ''), name) end
  from file order by home;

create index file_by_guid on file (lower(substring(attributes from '(?:^|;)guid=([0-9A-Fa-f-]{32,36})'))) where attributes like '%guid=%';

-- Whether rows of the home's files, copies or contents changed; otherwise its sums in `present` are still right.
alter table due add column rows boolean not null default true;
create index demand_in_trouble on demand (storage_id, home, leaf) where problem is not null;

-- Collections whose content changed: what rules over them lock is to be looked at again. Append only.
create table content_due (id bigint generated always as identity primary key, collection_id bigint not null);

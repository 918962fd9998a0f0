-- When breaches began and ended, and who was told. All of it is work: it follows from judgements, and is outside the fold.

-- A breach of a clause by one file, from the judgement that found it to the one that found it over. Ended rows are removed
-- after a while, so that the table does not grow with history; `shortfall` says what holds now.
create table breach (
  home bigint not null, id bigint generated always as identity,
  leaf bigint not null, clause text collate "C" not null,
  began bigint not null, ended bigint,
  scope_id int not null, name text collate "C" not null,
  reasons text not null,                 -- as they were last while it stood
  primary key (home, id)
) with (fillfactor = 80);
create unique index breach_standing on breach (home, leaf, clause) where ended is null;
create index breach_by_clause on breach (clause, began) where ended is null;
create index breach_began on breach (began);
create index breach_ended on breach (ended) where ended is not null;

-- The verdict of each clause as a whole, and since when it is that.
create table clause_verdict (
  clause text collate "C" not null,
  began bigint not null, ended bigint,
  verdict text collate "C" not null,
  primary key (clause, began)
);
create unique index clause_verdict_standing on clause_verdict (clause) where ended is null;

-- Acts of people in the journal, few among many entries: who declared what.
create index journal_downtimes on journal_entry (id) where kind = 'storage.downtime-declared';

-- Something that somebody should know, while it stands and for a while after.
create table alarm (
  id uuid primary key,
  kind text collate "C" not null, about text collate "C" not null,
  began bigint not null, ended bigint,
  size bigint not null, latest bigint not null, words text not null,
  told_at bigint, told_size bigint, end_told boolean not null default false,
  acknowledged_at bigint, acknowledged_by text, acknowledged_until bigint, acknowledged_size bigint
);
create unique index alarm_standing on alarm (kind, about) where ended is null;
create index alarm_ended on alarm (ended) where ended is not null;

-- What is said outside, and to whom it still has to be said.
create table message (
  id uuid primary key,
  at bigint not null,
  occasion text collate "C" not null,    -- NEWS, ALIVE, TRIAL
  subject text not null, body text not null, json text not null
);
create index message_by_occasion on message (occasion, at);
create table delivery (
  message_id uuid not null references message on delete cascade,
  channel text collate "C" not null,
  due_at bigint not null,
  attempts int not null default 0,
  delivered_at bigint,
  problem text,
  primary key (message_id, channel)
);
create index delivery_due on delivery (due_at) where delivered_at is null;

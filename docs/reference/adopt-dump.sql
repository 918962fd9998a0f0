-- A dump of Rucio's own tables (PostgreSQL) for `holdfast adopt rucio --observe FOLDER`, as docs/reference/adopt-dump.md
-- describes it. It reads only, in one snapshot. To be run in an empty folder by a role that may read Rucio's tables:
--
--   psql -X -q -A -t -v ON_ERROR_STOP=1 -v FETCH_COUNT=10000 -f adopt-dump.sql "host=... dbname=rucio user=..."
--
-- Where the tables lie in a schema of their own: put "options='-c search_path=rucio'" into the connection's words.
-- For one scope only, add where scope = '...' to dids, contents, replicas, rules and locks, and to their counts.
begin transaction isolation level repeatable read read only;

\o scopes.jsonl
select row_to_json(t) from (
    select scope, account from scopes where status <> 'D' order by scope) t;

\o accounts.jsonl
select row_to_json(t) from (
    select account, account_type, email from accounts where status <> 'DELETED' order by account) t;

\o rses.jsonl
select row_to_json(t) from (
    select r.rse, r.rse_type, r.deterministic, r.volatile, r.staging_area,
           r.availability_read, r.availability_write, r.availability_delete,
           (select json_object_agg(a.key, a.value) from rse_attr_map a where a.rse_id = r.id) as attributes,
           (select json_agg(json_build_object(
                'scheme', p.scheme, 'hostname', p.hostname, 'port', p.port, 'prefix', p.prefix, 'impl', p.impl,
                'domains', json_build_object(
                    'lan', json_build_object('read', p.read_lan, 'write', p.write_lan, 'delete', p.delete_lan),
                    'wan', json_build_object('read', p.read_wan, 'write', p.write_wan, 'delete', p.delete_wan,
                        'third_party_copy_read', p.third_party_copy_read,
                        'third_party_copy_write', p.third_party_copy_write)),
                'extended_attributes', nullif(p.extended_attributes, '')::json)
                order by p.scheme, p.hostname, p.port)
            from rse_protocols p where p.rse_id = r.id) as protocols
    from rses r where not r.deleted order by r.rse) t;

\o dids.jsonl
select row_to_json(t) from (
    select d.scope, d.name, d.account, d.did_type, d.is_open, d.monotonic, d.bytes, d.length, d.adler32, d.md5, d.guid,
           d.created_at, d.closed_at, d.expired_at,
           d.events, d.project, d.datatype, d.run_number, d.stream_name, d.prod_step, d.version, d.campaign, d.task_id,
           d.panda_id, d.lumiblocknr, d.provenance, d.phys_group, m.meta
    from dids d left join did_meta m on m.scope = d.scope and m.name = d.name
    order by d.scope collate "C", d.name collate "C") t;

\o replicas.jsonl
select row_to_json(t) from (
    select c.scope, c.name, r.rse, c.path, c.state, c.created_at
    from replicas c join rses r on r.id = c.rse_id where not r.deleted
    order by c.scope collate "C", c.name collate "C", r.rse collate "C") t;

\o contents.jsonl
select row_to_json(t) from (
    select scope, name, child_scope, child_name from contents order by scope, name, child_scope, child_name) t;

\o rules.jsonl
select row_to_json(t) from (
    select id, account, scope, name, did_type, state, rse_expression, copies, grouping, weight, source_replica_expression,
           activity, priority, locked, ignore_availability, ignore_account_limit, purge_replicas, split_container,
           notification, comments, meta, created_at, updated_at, expires_at, eol_at
    from rules order by scope collate "C", name collate "C", id) t;

-- A rule that keeps datasets together holds the datasets; the locks of their files follow and are not taken over.
\o locks.jsonl
select row_to_json(t) from (
    select l.rule_id, l.scope, l.name, 'D' as did_type, r.rse, l.state::text
    from dataset_locks l join rses r on r.id = l.rse_id
    union all
    select l.rule_id, l.scope, l.name, 'F' as did_type, r.rse, l.state::text
    from locks l join rses r on r.id = l.rse_id join rules u on u.id = l.rule_id
    where u.did_type = 'F' or u.grouping = 'N') t;

\o counts.jsonl
select json_build_object('file', 'scopes.jsonl', 'rows', count(*)) from scopes where status <> 'D';
select json_build_object('file', 'accounts.jsonl', 'rows', count(*)) from accounts where status <> 'DELETED';
select json_build_object('file', 'rses.jsonl', 'rows', count(*)) from rses where not deleted;
select json_build_object('file', 'dids.jsonl', 'rows', count(*), 'files', count(*) filter (where did_type = 'F')) from dids;
select json_build_object('file', 'replicas.jsonl', 'rows', count(*))
    from replicas c join rses r on r.id = c.rse_id where not r.deleted;
select json_build_object('file', 'contents.jsonl', 'rows', count(*)) from contents;
select json_build_object('file', 'rules.jsonl', 'rows', count(*)) from rules;
select json_build_object('file', 'locks.jsonl', 'rows',
    (select count(*) from dataset_locks l join rses r on r.id = l.rse_id)
    + (select count(*) from locks l join rses r on r.id = l.rse_id join rules u on u.id = l.rule_id
       where u.did_type = 'F' or u.grouping = 'N'));
\o
commit;

import { attribute, datetime, integer, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const migration = record({
  dest_host: attribute(string()),
  status: attribute(string()),
  old_instance_type_id: attribute(integer()),
  updated_at: attribute(datetime({ withOffset: true })),
  dest_compute: attribute(string()),
  created_at: attribute(datetime({ withOffset: true })),
  source_node: attribute(string()),
  instance_uuid: attribute(string()),
  dest_node: attribute(string()),
  id: attribute(integer()),
  new_instance_type_id: attribute(integer()),
  source_compute: attribute(string()),
});

/** List the migrations of servers between hosts. */
export const listMigrations = {
  name: 'listMigrations',
  method: 'GET',
  route: 'os-migrations',
  answer: { root: 'migrations', content: list(migration, { tag: 'migration' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

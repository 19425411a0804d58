import { attribute, element, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { eitherWay, requiredEitherWay, trimmed } from '../resources/request-scalars.ts';

/** Let the hypervisor take a snapshot of an attached volume, as block storage asks it to. */
export const createAssistedSnapshot = {
  name: 'createAssistedSnapshot',
  method: 'POST',
  route: 'os-assisted-volume-snapshots',
  request: {
    root: 'snapshot',
    content: record({
      volume_id: element(trimmed, requiredEitherWay),
      create_info: element(
        record({
          snapshot_id: element(trimmed, eitherWay),
          type: element(trimmed, eitherWay),
          new_file: element(trimmed, eitherWay),
          id: element(trimmed, eitherWay),
        }),
        { required: true },
      ),
    }),
    ...noNamespace,
  },
  answer: {
    root: 'snapshot',
    content: record({ id: attribute(string()), volumeId: attribute(string()) }),
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;

/** Delete such a snapshot. The query holds `delete_info`, as JSON. */
export const deleteAssistedSnapshot = {
  name: 'deleteAssistedSnapshot',
  method: 'DELETE',
  route: 'os-assisted-volume-snapshots/{snapshot_id}',
  status: 204,
} as const satisfies Operation;

import { operationsByName } from '../../../compute/operations/operations.ts';
import { isFields, type Fields } from '../../../schema/fields.ts';
import { parseExactly } from '../../../schema/exact-json.ts';
import { sliced, writeDocument, type CallersDocument } from '../document/document.ts';
import { formOf } from '../document/form.ts';
import { readGeneric, writeGeneric } from '../document/generic-document.ts';
import { documentIn, withRestored } from '../document/resource.ts';
import { selfLinkOf } from '../document/self-link.ts';
import type { DescribedJob, DocumentJob, WrittenApart } from './job.ts';

/** Nothing else waits in a thread. */
const times = { timeSliceMs: Infinity };

/** Read the document of a job and write it for the caller; undefined for a body that is not the expected document. */
export async function runJob(job: DocumentJob, body: Buffer): Promise<WrittenApart | undefined> {
  if (job.kind === 'described') return runDescribed(job, body);
  const generic = readGeneric(body, false);
  return generic && written(await writeGeneric(generic, job.links, times), undefined);
}

async function runDescribed(
  { operation: name, form, restored }: DescribedJob,
  body: Buffer,
): Promise<WrittenApart | undefined> {
  const operation = operationsByName.get(name);
  if (operation === undefined) throw new TypeError(`no operation has the name ${name}`);
  const resource = documentIn(body, operation);
  if (resource === undefined) return undefined;
  // Links are converted when the document is written.
  const self = selfLinkOf(resource.content);
  const whole = withRestored(resource, restoredOf(restored));
  return written(await writeDocument(sliced(whole, false), formOf(form, operation), times), self);
}

function restoredOf(text: string): Fields | undefined {
  const value = text === '' ? undefined : parseExactly(text);
  return isFields(value) ? value : undefined;
}

function written({ document, notes }: CallersDocument, self: string | undefined): WrittenApart {
  const bytes =
    typeof document === 'string' ? new TextEncoder().encode(document) : new Uint8Array(Buffer.concat(document));
  return { bytes, notes, self };
}

import assert from 'node:assert/strict';
import { rebuild } from '../../../src/compute/operations/rebuild.ts';
import { sliced, writeDocument } from '../../../src/http/answer/document/document.ts';
import { formOf, type FormChoice } from '../../../src/http/answer/document/form.ts';
import { documentIn } from '../../../src/http/answer/document/resource.ts';
import { selfLinkOf } from '../../../src/http/answer/document/self-link.ts';
import { writeTaped } from '../../../src/http/answer/document/taped-document.ts';
import { NotSliced, readSlices } from '../../../src/schema/read/read-slices.ts';
import { listKeyOf } from '../../../src/schema/slices.ts';
import type { Message } from '../../../src/schema/shapes.ts';
import { textOf } from '../../../src/schema/write/write-xml.ts';
import type { LinkBase } from '../../../src/upstream/links.ts';

const times = { timeSliceMs: Infinity };

/** The answer of one road, as the caller and the log see it. */
interface Answered {
  readonly text: string;
  readonly notes: readonly unknown[];
  readonly self: string | undefined;
}

/** Types of the documents that are written from a tape. */
export const types = ['application/xml', 'application/json'] as const;

/** Parse a document and write it, on the road that decides; undefined for a document that is refused. */
async function parsed(message: Message, json: Buffer, form: FormChoice): Promise<Answered | undefined> {
  const resource = documentIn(Buffer.from(json), { ...rebuild, answer: message });
  if (resource === undefined) return undefined;
  const self = selfLinkOf(resource.content);
  const { document, notes } = await writeDocument(sliced(resource, false), formOf(form, rebuild), times);
  return { text: textOf(document), notes, self };
}

/** Write a list on the road of long lists, which decides too; undefined for any other document. */
async function inSlices(message: Message, json: Buffer, form: FormChoice): Promise<string | undefined> {
  try {
    const slices = readSlices(message, Buffer.from(json));
    return textOf((await writeDocument({ message, slices }, formOf(form, rebuild), times)).document);
  } catch (error) {
    if (error instanceof NotSliced) return undefined;
    throw error;
  }
}

/**
 * Assert that a document that is written from a tape is the one that is written from its values: the same bytes, the same notes and the
 * same self link. @returns true for a document that was written from a tape
 */
export async function agrees(
  message: Message,
  json: Buffer,
  links: LinkBase,
  type: (typeof types)[number],
): Promise<boolean> {
  const form = { type, keepAll: false, links };
  const before = Buffer.from(json);
  const taped = await writeTaped(message, json, form, false, times);
  assert.ok(json.equals(before), 'the bytes of the cloud were changed');
  if (taped === undefined) return false;
  const wanted = await parsed(message, json, form);
  const { document, notes } = taped;
  const text = textOf(document);
  assert.deepEqual({ text, notes }, wanted && { text: wanted.text, notes: wanted.notes }, shown(json));
  const list = listKeyOf(message) === undefined ? undefined : await inSlices(message, json, form);
  if (list !== undefined) assert.equal(text, list, shown(json));
  const withSelf = await writeTaped(message, json, form, true, times);
  // A list has none.
  if (withSelf !== undefined && listKeyOf(message) === undefined)
    assert.equal(withSelf.self, wanted?.self, shown(json));
  return true;
}

function shown(json: Buffer): string {
  return json.length > 4000 ? `${json.length} bytes` : JSON.stringify(json.toString('latin1'));
}

import assert from 'node:assert/strict';
import { rebuild } from '../../../src/compute/operations/rebuild.ts';
import { sliced, writeDocument } from '../../../src/http/answer/document/document.ts';
import { formOf } from '../../../src/http/answer/document/form.ts';
import { documentIn } from '../../../src/http/answer/document/resource.ts';
import { selfLinkOf } from '../../../src/http/answer/document/self-link.ts';
import { writeTaped } from '../../../src/http/answer/document/taped-document.ts';
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

/** Parse a document and write it, on the road that decides; undefined for a document that is refused. */
async function parsed(message: Message, json: Buffer, links: LinkBase): Promise<Answered | undefined> {
  const resource = documentIn(Buffer.from(json), { ...rebuild, answer: message });
  if (resource === undefined) return undefined;
  const self = selfLinkOf(resource.content);
  const form = formOf({ type: 'application/xml', keepAll: false, links }, rebuild);
  const { document, notes } = await writeDocument(sliced(resource, false), form, times);
  return { text: textOf(document), notes, self };
}

/**
 * Assert that a document that is written from a tape is the one that is written from its values: the same bytes, the same notes and the
 * same self link. @returns true for a document that was written from a tape
 */
export async function agrees(message: Message, json: Buffer, links: LinkBase): Promise<boolean> {
  const before = Buffer.from(json);
  const taped = await writeTaped(message, json, links, false, times);
  assert.ok(json.equals(before), 'the bytes of the cloud were changed');
  if (taped === undefined) return false;
  const wanted = await parsed(message, json, links);
  const { document, notes } = taped;
  assert.deepEqual(
    { text: textOf(document), notes },
    wanted && { text: wanted.text, notes: wanted.notes },
    shown(json),
  );
  const withSelf = await writeTaped(message, json, links, true, times);
  // A list has none, and a resource whose links are not described is parsed.
  if (withSelf !== undefined && listKeyOf(message) === undefined)
    assert.equal(withSelf.self, wanted?.self, shown(json));
  return true;
}

function shown(json: Buffer): string {
  return json.length > 4000 ? `${json.length} bytes` : JSON.stringify(json.toString('latin1'));
}

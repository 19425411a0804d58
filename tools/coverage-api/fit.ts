import { isFields, type Fields } from '../../src/schema/fields.ts';
import { hasOutline } from '../../src/schema/outline.ts';
import { fromDocument } from '../../src/schema/json-document.ts';
import type { Reading } from '../../src/schema/read/reading.ts';
import type { Message } from '../../src/schema/shapes.ts';

/** A reading that refuses nothing but what the description refuses. */
export function lenient(): Reading {
  return { limits: new Map(), keepUnknown: true, unknown: [] };
}

/**
 * The content of a message in a JSON document; undefined where the document is another message: it has no such member, or nothing
 * in it has a name that the description knows. A message that names no member of its own fits what its description takes.
 */
export function fittingContent(message: Message, document: Fields): unknown {
  const content = fromDocument(message, document);
  if (content === undefined) return undefined;
  if (message.isBare === true && !hasOutline(message)(content)) return undefined;
  if (message.content.kind !== 'record' || !isFields(content)) return content;
  const keys = Object.keys(content);
  const known = message.content.members;
  return keys.length === 0 || keys.some((key) => Object.hasOwn(known, key)) ? content : undefined;
}

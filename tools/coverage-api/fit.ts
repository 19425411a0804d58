import { isFields, type Fields } from '../../src/schema/fields.ts';
import { fromDocument } from '../../src/schema/json-document.ts';
import { hasOutline } from '../../src/schema/outline.ts';
import type { Reading } from '../../src/schema/read/reading.ts';
import type { Message } from '../../src/schema/shapes.ts';

/** Create a reading that keeps unknown members and has no quotas. */
export function lenient(): Reading {
  return { limits: new Map(), keepUnknown: true, unknown: [], passedOver: [] };
}

/**
 * Extract the content of a message from a JSON document; undefined if the document is another message, that is, if it lacks the
 * member of the message or has no member of the description. A message without a member of its own fits by its outline.
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

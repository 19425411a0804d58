import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import { parseExactly } from '../../src/schema/exact-json.ts';
import { jsonReader } from '../../src/schema/read/read-json.ts';
import type { Message, Shape } from '../../src/schema/shapes.ts';
import { freshReading } from './fresh-reading.ts';
import { write } from '../support/write.ts';

const described = (content: Shape): Message => ({ root: 'r', content, namespaces: {}, extensions: { x: 'urn:x' } });

/** Read a document whose root is `r`. */
export function fromXml(content: Shape, document: string, reading = freshReading()): unknown {
  return xml.open(Buffer.from(document)).readAs(described(content), reading);
}

/** Read the text of a JSON value. */
export function fromJsonText(content: Shape, text: string, reading = freshReading()): unknown {
  return jsonReader(content)(parseExactly(text), 'r', reading);
}

/** Write a document whose root is `r`; the result has no XML declaration. */
export function toXml(content: Shape, value: unknown): string {
  return write(xml, described(content), value).document.replace(/^<\?xml[^>]*>\n/, '');
}

/** Write a value as JSON text. */
export function toJsonText(content: Shape, value: unknown): string {
  return write(json, { ...described(content), isBare: true }, value).document;
}

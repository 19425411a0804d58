import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Fault } from '../../src/fault.ts';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import { isFields, type Fields } from '../../src/schema/fields.ts';
import { xmlReader } from '../../src/schema/read/read-xml.ts';
import type { Reading } from '../../src/schema/read/reading.ts';
import type { Message } from '../../src/schema/shapes.ts';
import type { XmlElement } from '../../src/xml/element.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { write } from '../support/write.ts';
import { inJson, inXml, valuesOf } from './arbitrary.ts';
import { holds, messages } from './law.ts';

/** Everything that a caller may add to an element; undefined for what it has nothing to make it of. */
const additions: Readonly<Record<string, (element: XmlElement) => XmlElement | undefined>> = {
  'an attribute that no description has': (element) => ({
    ...element,
    attributes: [...element.attributes, { name: 'zz', prefix: '', value: 'z' }],
  }),
  'its first attribute in another namespace': (element) => {
    const [first] = element.attributes;
    return first && { ...element, attributes: [...element.attributes, { ...first, prefix: 'zz' }] };
  },
  'its first attribute as a child': (element) => {
    const [first] = element.attributes;
    const child = first && { name: first.name, prefix: first.prefix, attributes: [], children: [], text: first.value };
    return child && { ...element, children: [...element.children, child] };
  },
  'a child that no description has': (element) => ({ ...element, children: [...element.children, stranger] }),
  'its last child again': (element) => {
    const last = element.children.at(-1);
    return last && { ...element, children: [...element.children, last] };
  },
  'a text': (element) => ({ ...element, text: `${element.text}zz` }),
};

const stranger: XmlElement = { name: 'zz', prefix: '', attributes: [], children: [], text: 'z' };

for (const { title, message, share } of messages) {
  test(`whatever is added to ${title} in XML is read, refused or noted`, () => {
    holds(
      40 * share,
      fc.property(valuesOf(message.content, inXml), (value) => {
        const tree = parseXml(Buffer.from(write(xml, message, value).document));
        const before = readTree(message, tree);
        for (const [name, add] of Object.entries(additions)) {
          for (const changed of changedTrees(tree, add)) assertSeen(name, before, readTree(message, changed));
        }
      }),
    );
  });

  test(`whatever member is added to ${title} in JSON is read, refused or noted`, () => {
    holds(
      40 * share,
      fc.property(valuesOf(message.content, inJson), (value) => {
        const document: unknown = JSON.parse(write(json, message, value).document);
        const before = readJson(message, document);
        for (const changed of changedDocuments(document)) assertSeen('a member', before, readJson(message, changed));
      }),
    );
  });
}

/** The outcome of a reading: a value with the number of its notes, or a fault. */
type Outcome = { readonly value: unknown; readonly notes: number } | Fault;

function assertSeen(addition: string, before: Outcome, after: Outcome): void {
  if (before instanceof Fault || after instanceof Fault || after.notes > before.notes) return;
  assert.notDeepEqual(after.value, before.value, `${addition} is neither read nor noted`);
}

/** Make every tree that has the addition in one of its elements. */
function* changedTrees(
  element: XmlElement,
  add: (element: XmlElement) => XmlElement | undefined,
): Generator<XmlElement> {
  const changed = add(element);
  if (changed !== undefined) yield changed;
  for (const [index, child] of element.children.entries()) {
    for (const other of changedTrees(child, add)) {
      yield { ...element, children: element.children.with(index, other) };
    }
  }
}

/** Make every document that has another member in one of its objects. */
function* changedDocuments(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const other of changedDocuments(item)) yield value.with(index, other);
  } else if (isFields(value)) {
    yield { ...value, zz: 'z' } satisfies Fields;
    for (const [key, member] of Object.entries(value))
      for (const other of changedDocuments(member)) yield { ...value, [key]: other };
  }
}

function readTree(message: Message, tree: XmlElement): Outcome {
  const root = message.isRootless === true ? { ...stranger, text: '', children: [tree] } : tree;
  return outcomeOf((reading) => xmlReader(message.content)(root, message.root, reading));
}

function readJson(message: Message, document: unknown): Outcome {
  return outcomeOf((reading) => json.open(Buffer.from(JSON.stringify(document))).readAs(message, reading));
}

function outcomeOf(read: (reading: Reading) => unknown): Outcome {
  const reading = freshReading();
  try {
    const value = read(reading);
    return { value, notes: reading.unknown.length + reading.passedOver.length };
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    return error;
  }
}

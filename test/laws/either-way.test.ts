import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { xml } from '../../src/media/xml.ts';
import { xmlReader } from '../../src/schema/read/read-xml.ts';
import { isScalar, localName, type DictShape, type RecordShape, type Shape } from '../../src/schema/shapes.ts';
import type { XmlElement } from '../../src/xml/element.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { write } from '../support/write.ts';
import { inXml, valuesOf } from './arbitrary.ts';
import { holds, messages } from './law.ts';

/** Moves what may be in two places into the other place. Undefined for a shape that has one place only. */
type Move = (element: XmlElement) => XmlElement;

for (const { title, message, share } of messages) {
  const move = moverOf(message.content);
  if (move === undefined || message.isRootless === true) continue;
  test(`${title} is the same value from attributes as from children`, () => {
    const read = xmlReader(message.content);
    holds(
      300 * share,
      fc.property(valuesOf(message.content, inXml), (value) => {
        const document = parseXml(Buffer.from(write(xml, message, value).document));
        const [own, moved] = [document, move(document)].map((tree) => {
          const reading = freshReading();
          return { value: read(tree, message.root, reading), unknown: reading.unknown };
        });
        assert.deepEqual(moved, own);
        assert.deepEqual(moved?.unknown, []);
      }),
    );
  });
}

test('messages of operations, and those of every word, have both places', () => {
  const movable = messages.filter(({ message }) => moverOf(message.content) !== undefined);
  assert.ok(movable.length > 30, String(movable.length));
});

function moverOf(shape: Shape): Move | undefined {
  if (shape.kind === 'record') return recordMover(shape);
  if (shape.kind === 'named') return shape.eitherWay === true && isScalar(shape.value) ? asAttributes : undefined;
  return shape.kind === 'dict' && shape.orNamed === true ? dictMover(shape) : undefined;
}

function recordMover({ members }: RecordShape): Move | undefined {
  const either = Object.entries(members).filter(([, { eitherWay }]) => eitherWay === true);
  const names = new Set(either.map(([key, { xml: name = key }]) => localName(name)));
  const inner = new Map(
    Object.entries(members).flatMap(([key, member]) => {
      const move = member.place === 'element' ? moverOf(member.shape) : undefined;
      return move === undefined ? [] : [[localName(member.xml ?? key), move] as const];
    }),
  );
  if (names.size === 0 && inner.size === 0) return undefined;
  const isKept = ({ name }: { readonly name: string }): boolean => !names.has(name);
  return (element) => {
    return {
      ...element,
      attributes: [
        ...element.attributes.filter(isKept),
        ...element.children.filter((child) => !isKept(child)).map(asAttribute),
      ],
      children: [
        ...element.children.filter(isKept).map((child) => inner.get(child.name)?.(child) ?? child),
        ...element.attributes.filter((attribute) => !isKept(attribute)).map(asChild),
      ],
    };
  };
}

function asAttributes(element: XmlElement): XmlElement {
  return { ...element, attributes: element.children.map(asAttribute), children: [] };
}

/** Name each entry by its key, if the key can be a name. A name of the tag itself, with a key, is an entry as it is. */
function dictMover({ key }: DictShape): Move {
  return (element) => ({
    ...element,
    children: element.children.map((child) => {
      const named = child.attributes.find(({ name }) => name === key)?.value ?? '';
      return /^[A-Za-z_][\w.-]*$/.test(named) ? { ...child, name: named, prefix: '', attributes: [] } : child;
    }),
  });
}

function asAttribute({ name, prefix, text }: XmlElement): XmlElement['attributes'][number] {
  return { name, prefix, value: text };
}

function asChild({ name, prefix, value }: XmlElement['attributes'][number]): XmlElement {
  return { name, prefix, attributes: [], children: [], text: value };
}

import * as fc from 'fast-check';
import type { Message, Shape } from '../../src/schema/shapes.ts';
import type { XmlAttribute, XmlElement } from '../../src/xml/element.ts';
import { xmlText } from './texts.ts';

/** The prefixes of {@link treesOf}'s trees, each with a URI of its own. */
export const prefixes = { '': 'urn:compute', c: 'urn:other', atom: 'urn:atom', 'OS-DCF': 'urn:disk' } as const;

/** Names that no description has. */
export const strangers: readonly string[] = ['a', 'meta.x', 'Ünï', '_-9'];

/** The names of properties that every object of JavaScript has. */
const ominous: readonly string[] = ['constructor', '__proto__', 'toString'];

/** Trees of elements with names of a message and some others, under the root of the message or another. */
export function treesOf(
  message: Message,
  unknown: readonly string[] = [...strangers, ...ominous],
): fc.Arbitrary<XmlElement> {
  const { elements, attributes } = namesOf(message.content);
  const elementName = fc.constantFrom(...elements, ...unknown);
  const attributeName = fc.constantFrom(...attributes, ...unknown);
  const element = (name: fc.Arbitrary<string>, depth: number): fc.Arbitrary<XmlElement> =>
    fc.record(
      {
        name,
        prefix: prefix,
        attributes: attributesOf(attributeName),
        children: depth === 0 ? fc.constant([]) : fc.array(element(elementName, depth - 1), { maxLength: 3 }),
        text: xmlText,
      },
      { noNullPrototype: true },
    );
  return element(fc.constantFrom(message.root, message.root, message.root, 'other'), 3);
}

const prefix = fc.constantFrom('', '', '', ...Object.keys(prefixes));

function attributesOf(name: fc.Arbitrary<string>): fc.Arbitrary<XmlAttribute[]> {
  const attribute = fc.record({ name, prefix, value: xmlText }, { noNullPrototype: true });
  return fc.uniqueArray(attribute, { maxLength: 4, selector: (given) => `${given.prefix}:${given.name}` });
}

interface Names {
  readonly elements: readonly string[];
  readonly attributes: readonly string[];
}

/** Collect every name that a description uses in XML, without its prefix. */
function namesOf(shape: Shape): Names {
  switch (shape.kind) {
    case 'record':
      return join(
        Object.entries(shape.members).map(([key, { xml, aliases = [], place, shape: inner, eitherWay }]) => {
          const names = [xml ?? key, ...aliases].map(local);
          const own = {
            elements: place === 'attribute' && eitherWay !== true ? [] : names,
            attributes: place === 'attribute' || eitherWay === true ? names : [],
          };
          return join([own, namesOf(inner)]);
        }),
      );
    case 'list':
      return join([{ elements: [local(shape.tag)], attributes: [] }, namesOf(shape.item)]);
    case 'dict': {
      const { tag, key, valueIn, inside, value } = shape;
      const elements = [tag, ...(inside === undefined ? [] : [inside])].map(local);
      const attributes = [key, ...(valueIn === undefined ? [] : [valueIn])].map(local);
      return join([{ elements, attributes }, namesOf(value)]);
    }
    case 'entry':
      return join([{ elements: [], attributes: [local(shape.key)] }, namesOf(shape.value)]);
    case 'named':
    case 'nothing':
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return { elements: [], attributes: [] };
    default:
      return shape satisfies never;
  }
}

function local(name: string): string {
  return name.replace(/.*:/, '');
}

function join(names: readonly Names[]): Names {
  return {
    elements: names.flatMap(({ elements }) => elements),
    attributes: names.flatMap(({ attributes }) => attributes),
  };
}

import type { XmlAttribute } from '../../xml/parse.ts';
import type { ScannedElement } from '../../xml/scan/scan.ts';
import { isScalar, localName, type DictShape, type NamedShape, type Scalar, type Shape } from '../shapes.ts';
import { readText } from './empty-text.ts';
import type { Reading, XmlReader } from './reading.ts';
import { attributeName, findAttribute, isAboutTheDocument, noteUnknown, qualified } from './xml-names.ts';

/** The function that makes the reader of a shape. It is passed as an argument, because readers are recursive. */
type MakeReader = (shape: Shape) => XmlReader;

type Entries = readonly (readonly [key: string, value: unknown])[];

/** Make the reader of an element whose children, and with `eitherWay` its attributes, are entries named by their keys. */
export function namedReader(shape: NamedShape, makeReader: MakeReader): XmlReader {
  const collect = namedCollector(shape, makeReader);
  const readAttributes = shape.eitherWay === true && isScalar(shape.value) ? attributeReader(shape.value) : undefined;
  return (element, at, reading) => {
    const { attributes, children } = element;
    if (readAttributes !== undefined) {
      return Object.fromEntries([...readAttributes(attributes, at, reading), ...collect(children, at, reading)]);
    }
    noteUnknown(attributes, none, at, reading);
    return Object.fromEntries(collect(children, at, reading));
  };
}

const none: ReadonlySet<string> = new Set();

/** Make the collector of an entry from each child. Of several children with one name the last counts, unless names may repeat. */
export function namedCollector(
  { value, byKey = {}, repeats }: NamedShape,
  makeReader: MakeReader,
): (children: readonly ScannedElement[], at: string, reading: Reading) => Entries {
  const readValue = makeReader(value);
  const readers = new Map(Object.entries(byKey).map(([key, shape]) => [key, makeReader(shape)]));
  return (children, at, reading) =>
    [...Map.groupBy(children, qualified)].map(([key, alike]) => {
      const read = readers.get(key) ?? readValue;
      const values = alike.map((child) => read(child, entryPath(at, key), reading));
      return [key, repeats === true && values.length > 1 ? values : values.at(-1)];
    });
}

/** Make the reader of attributes as entries. Attributes that describe the document are no entries. */
export function attributeReader(
  shape: Scalar,
): (attributes: readonly XmlAttribute[], at: string, reading: Reading) => Entries {
  return (attributes, at, reading) =>
    attributes
      .filter((attribute) => !isAboutTheDocument(attribute))
      .map((attribute) => {
        const key = qualified(attribute);
        return [key, readText(shape, attribute.value, 'text', entryPath(at, key), reading)];
      });
}

/**
 * Rewrite the attributes and children that are named by their keys as entries of a map: `<k>v</k>` becomes
 * `<meta key="k">v</meta>`. An attribute comes first, so that a child of the same name counts.
 */
export function asEntries({ attributes, children }: ScannedElement, { tag, key }: DictShape): ScannedElement[] {
  const names = [attributeName(key)];
  const own = localName(tag);
  const named = (name: string, child: Pick<ScannedElement, 'text' | 'children'>): ScannedElement => ({
    prefix: '',
    name: own,
    attributes: [{ prefix: '', name: key, value: name }],
    text: child.text,
    children: child.children,
  });
  const ofAttributes = attributes
    .filter((attribute) => !isAboutTheDocument(attribute))
    .map((attribute) => named(qualified(attribute), { text: attribute.value, children: [] }));
  const ofChildren = children.map((child) => {
    const isEntry = child.name === own && findAttribute(child.attributes, names) !== undefined;
    return isEntry ? child : named(qualified(child), child);
  });
  return [...ofAttributes, ...ofChildren];
}

function entryPath(at: string, key: string): string {
  return `${at}[${JSON.stringify(key)}]`;
}

import type { XmlAttribute } from '../../xml/element.ts';
import type { ScannedElement } from '../../xml/scan/scan.ts';
import { isScalar, localName, type DictShape, type NamedShape, type Scalar, type Shape } from '../shapes.ts';
import { readText } from './empty-text.ts';
import { passOverRepeated, type Reading, type XmlReader } from './reading.ts';
import {
  anyNames,
  anyNamesEitherWay,
  attributeName,
  findAttribute,
  isAboutTheDocument,
  noting,
  qualified,
} from './xml-names.ts';

/** The function that makes the reader of a shape. It is passed as an argument, because readers are recursive. */
type MakeReader = (shape: Shape) => XmlReader;

type Entries = readonly (readonly [key: string, value: unknown])[];

/** Make the reader of an element whose children, and with `eitherWay` its attributes, are entries named by their keys. */
export function namedReader(shape: NamedShape, makeReader: MakeReader): XmlReader {
  const collect = namedCollector(shape, makeReader);
  const readAttributes = shape.eitherWay === true && isScalar(shape.value) ? attributeReader(shape.value) : undefined;
  const known = readAttributes === undefined ? anyNames : anyNamesEitherWay;
  return noting(known, ({ attributes, children }, at, reading) => {
    const ofChildren = collect(children, at, reading);
    const ofAttributes = readAttributes?.(attributes, at, reading) ?? [];
    const keys = new Set(ofChildren.map(([key]) => key));
    for (const [key] of ofAttributes) if (keys.has(key)) passOverRepeated(entryPath(at, key), reading);
    return Object.fromEntries([...ofAttributes, ...ofChildren]);
  });
}

/** Make the collector of an entry from each child. If several children have one name, the last counts, unless names may repeat. */
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
      if (repeats !== true && values.length > 1) passOverRepeated(entryPath(at, key), reading);
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
  // The child's own attributes have no meaning, and stay so that they are noted.
  const named = (name: string, child: Omit<ScannedElement, 'name' | 'prefix'>): ScannedElement => ({
    ...child,
    prefix: '',
    name: own,
    attributes: [{ prefix: '', name: key, value: name }, ...child.attributes],
  });
  const ofAttributes = attributes
    .filter((attribute) => !isAboutTheDocument(attribute))
    .map((attribute) => named(qualified(attribute), { attributes: [], text: attribute.value, children: [] }));
  const ofChildren = children.map((child) => {
    const isEntry = child.name === own && findAttribute(child.attributes, names) !== undefined;
    return isEntry ? child : named(qualified(child), child);
  });
  return [...ofAttributes, ...ofChildren];
}

function entryPath(at: string, key: string): string {
  return `${at}[${JSON.stringify(key)}]`;
}

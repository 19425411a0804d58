import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../../fault.ts';
import type { ScannedElement } from '../../xml/scan/scan.ts';
import { emptyTextOf, readContent, readText, type EmptyText } from './empty-text.ts';
import {
  below,
  checkKey,
  enforce,
  enforceLength,
  finishReading,
  passOverRepeated,
  type Reading,
  type XmlReader,
} from './reading.ts';
import { asEntries, namedCollector, namedReader } from './read-named.ts';
import {
  anyNamesEitherWay,
  attributeName,
  entryNames,
  findAttribute,
  namesOf,
  noNames,
  noting,
  recordNames,
  scalarNames,
  wrapperNames,
} from './xml-names.ts';
import { isScalar, localName } from '../shapes.ts';
import type { DictShape, EntryShape, ListShape, Member, Places, RecordShape, Scalar, Shape } from '../shapes.ts';

type Collect = (children: readonly ScannedElement[], at: string, reading: Reading) => unknown;

/**
 * Make the XML reader of a shape. Its rules are legacy Nova's: children and attributes are found by local name in any
 * namespace; of several children with one name the first counts; text is the direct text of the element, untrimmed.
 * Everything else that an element has is noted and ignored. The reader throws faults: 400 with the path of a member that
 * breaks a rule, 413 for a quota.
 */
export function xmlReader(shape: Shape): XmlReader {
  const read = reader(shape);
  return (element, at, reading) => finishReading(read(element, at, reading), reading);
}

/** Make the reader of an element. @param key the attribute with the key in a map, which is not part of the shape */
function reader(shape: Shape, key?: string): XmlReader {
  switch (shape.kind) {
    case 'record':
      return recordReader(shape, key);
    case 'list':
    case 'dict':
      return wrapped(shape, key);
    case 'entry':
      return entryReader(shape);
    case 'named':
      return namedReader(shape, reader);
    case 'nothing':
      return noting(noNames, () => null);
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return noting(scalarNames(key), ({ text }, at, reading) => readContent(shape, text, 'text', at, reading));
    default:
      return shape satisfies never;
  }
}

function wrapped(shape: ListShape | DictShape, key: string | undefined): XmlReader {
  const collect = collector(shape);
  if (shape.kind === 'dict' && shape.orNamed === true) {
    return noting(anyNamesEitherWay, (element, at, reading) => collect(asEntries(element, shape), at, reading));
  }
  return noting(wrapperNames(shape.tag, key), ({ children }, at, reading) => collect(children, at, reading));
}

function collector(shape: Places['inline']): Collect {
  if (shape.kind === 'named') {
    const collect = namedCollector(shape, reader);
    return (children, at, reading) => Object.fromEntries(collect(children, at, reading));
  }
  return shape.kind === 'list' ? listCollector(shape) : dictCollector(shape);
}

function listCollector(shape: ListShape): Collect {
  const read = reader(shape.item);
  const tag = localName(shape.tag);
  return (children, at, reading) => {
    const items = named(children, tag);
    enforce(shape.quota, items.length, reading);
    return items.map((item, index) => {
      const value = read(item, `${at}[${index}]`, reading);
      return shape.wrapped === undefined ? value : { [shape.wrapped]: value };
    });
  };
}

function named(children: readonly ScannedElement[], tag: string): readonly ScannedElement[] {
  for (const child of children) if (child.name !== tag) return children.filter(({ name }) => name === tag);
  return children;
}

function entryReader(shape: EntryShape): XmlReader {
  const read = reader(shape.value, shape.key);
  const names = [attributeName(shape.key)];
  return (element, at, reading) => {
    const key = findAttribute(element.attributes, names)?.value ?? '';
    enforceLength(shape.keyQuota, key, reading);
    return Object.fromEntries([[key, read(element, `${at}[${JSON.stringify(key)}]`, reading)]]);
  };
}

function dictCollector(shape: DictShape): Collect {
  const read = valueReader(shape);
  const tag = localName(shape.tag);
  const names = [attributeName(shape.key)];
  return (children, at, reading) => {
    // If several entries have the same key, only the last is read and checked.
    const last = new Map<string, ScannedElement>();
    for (const child of children) {
      if (child.name !== tag) continue;
      const key = findAttribute(child.attributes, names)?.value ?? '';
      if (last.has(key)) passOverRepeated(`${at}[${JSON.stringify(key)}]`, reading);
      last.set(key, child);
    }
    const entries = [...last].map(([key, child]) => {
      checkKey(shape, key, at, reading);
      return [key, read(child, `${at}[${JSON.stringify(key)}]`, reading)] as const;
    });
    enforce(shape.quota, entries.length, reading);
    // fromEntries() keeps a key such as __proto__, which an assignment would lose.
    return Object.fromEntries(entries);
  };
}

/** Make the reader of an entry's value: the content of its element, or an attribute or a child of it. */
function valueReader(shape: DictShape): XmlReader {
  const { value, key, valueIn, inside } = shape;
  if (valueIn !== undefined && isScalar(value)) {
    const find = attributeFinder([valueIn], value);
    return noting(entryNames(shape), (element, at, reading) => find(element, at, reading) ?? null);
  }
  if (inside === undefined) return reader(value, key);
  const read = reader(value);
  return noting(entryNames(shape), ({ children }, at, reading) => {
    const child = children.find(({ name }) => name === inside);
    return child === undefined ? null : read(child, at, reading);
  });
}

type Find = (element: ScannedElement, at: string, reading: Reading) => unknown;

function recordReader(shape: RecordShape, keyAttribute?: string): XmlReader {
  const fields = Object.entries(shape.members).flatMap(([key, member]) => {
    const find = finder(key, member, shape.emptyIsAbsent !== undefined);
    return find === undefined ? [] : [{ key, member, find }];
  });
  return noting(recordNames(shape, keyAttribute), (element, at, reading) => {
    const value: Record<string, unknown> = {};
    for (const { key, member, find } of fields) {
      const found = find(element, below(at, key), reading);
      if (found !== undefined) value[key] = found;
      else if (member.required === true) throw Fault.invalid(below(at, key), member.missing ?? 'is required.');
    }
    return value;
  });
}

function finder(key: string, member: Member, emptyIsAbsent: boolean): Find | undefined {
  switch (member.place) {
    case 'attribute':
      return firstOf(
        attributeFinder(namesOf(key, member), member.shape, emptyTextOf(member, emptyIsAbsent)),
        member.eitherWay === true && elementFinder(localName(member.xml ?? key), member, emptyIsAbsent),
      );
    case 'element':
      return firstOf(
        elementFinder(localName(member.xml ?? key), member, emptyIsAbsent),
        member.eitherWay === true &&
          isScalar(member.shape) &&
          attributeFinder(namesOf(key, member), member.shape, emptyTextOf(member, emptyIsAbsent)),
      );
    case 'text': {
      const { shape } = member;
      const empty = emptyTextOf(member, false);
      return ({ text }, at, reading) => readContent(shape, text, empty, at, reading);
    }
    case 'inline': {
      const collect = collector(member.shape);
      return (element, at, reading) => collect(element.children, at, reading);
    }
    case 'json':
      return undefined;
    default:
      return member satisfies never;
  }
}

function firstOf(find: Find, other: Find | false): Find {
  if (other === false) return find;
  return (element, at, reading) => {
    const found = find(element, at, reading);
    return found === undefined ? other(element, at, reading) : found;
  };
}

function attributeFinder(given: readonly string[], shape: Scalar, empty: EmptyText = 'text'): Find {
  const names = given.map(attributeName);
  return ({ attributes }, at, reading) => {
    const found = findAttribute(attributes, names);
    return found === undefined ? undefined : readText(shape, found.value, empty, at, reading);
  };
}

function elementFinder(name: string, member: Member, emptyIsAbsent: boolean): Find {
  const { shape } = member;
  const empty = emptyTextOf(member, emptyIsAbsent);
  const read = isScalar(shape)
    ? noting(scalarNames(undefined), ({ text }, at, reading) => readContent(shape, text, empty, at, reading))
    : reader(shape);
  return ({ children }, at, reading) => {
    const child = children.find((candidate) => candidate.name === name);
    if (child === undefined) return undefined;
    const value = read(child, at, reading);
    return 'emptyStandsFor' in member && isDeepStrictEqual(value, member.emptyStandsFor) ? '' : value;
  };
}

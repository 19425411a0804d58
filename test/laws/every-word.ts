import { refusedUnaided } from '../../src/schema/unaided.ts';
import { formats, type FormatName } from '../../src/schema/formats.ts';
import type { Message, Quota } from '../../src/schema/shapes.ts';
import {
  attribute,
  base64,
  boolean,
  datetime,
  decimal,
  dict,
  element,
  entry,
  inline,
  integer,
  jsonOnly,
  list,
  named,
  nothing,
  record,
  string,
  text,
} from '../../src/schema/words.ts';

/** The quota of these messages. */
export const lawQuota = {
  name: 'metadata.maxItems',
  message: 'more than {most}',
  retryAfter: '0',
} as const satisfies Quota;

const declared = {
  namespaces: { atom: 'urn:atom', '': 'urn:laws' },
  extensions: { x: 'urn:x', y: 'urn:y' },
} as const satisfies Partial<Message>;

const names = Object.keys(formats) as FormatName[];

const ofEachFormat = record(Object.fromEntries(names.map((format) => [format, attribute(string({ format }))])));

const scalars = record({
  string: attribute(string({ quota: lawQuota, refusal: 'no text' }), { required: true, missing: 'it is missing' }),
  oneOf: attribute(string({ oneOf: ['a', 'b'] })),
  anyCase: attribute(string({ oneOf: ['HARD', 'SOFT'], anyCase: true })),
  notEmpty: attribute(string({ format: 'notEmpty', formatRefusal: 'it is empty' })),
  integer: attribute(integer()),
  decimal: attribute(decimal()),
  boolean: attribute(boolean()),
  lenient: attribute(boolean({ otherwise: false, isUnchecked: true })),
  mixed: attribute(string({ also: ['number', 'boolean'] })),
  datetime: attribute(datetime()),
  datetimeWithOffset: attribute(datetime({ withOffset: true })),
  base64: attribute(base64({ quota: lawQuota })),
  renamed: attribute(string(), { xml: 'x:renaming', aliases: ['old_name'], secret: true }),
  renamedBeside: attribute(string(), { xmlBeside: { members: ['renamed', 'boolean'], xml: 'x:beside' } }),
  contents: text(string()),
});

const notEmpty = record(
  {
    text: attribute(string()),
    code: attribute(base64(), { eitherWay: true }),
    count: attribute(integer(), { xml: 'y:count' }),
  },
  {
    emptyIsAbsent: { null: {}, text: {} },
    mayBeNull: { null: refusedUnaided, text: refusedUnaided },
    ignored: ['told'],
  },
);

const content = record({
  scalars: element(scalars),
  formats: element(ofEachFormat, { nullable: true }),
  notEmpty: element(notEmpty),
  attributeOrElement: attribute(string(), { eitherWay: true, aliases: ['either'] }),
  elementOrAttribute: element(decimal(), { eitherWay: true }),
  elements: element(record({ integer: element(integer()), time: element(datetime()), shown: element(boolean()) })),
  always: element(string(), { always: true }),
  alwaysNothing: element(nothing(), { always: true }),
  nothing: element(nothing()),
  blank: element(record({ id: attribute(string()) }), { emptyStandsFor: { id: '-' } }),
  list: element(list(datetime(), { tag: 'time', quota: lawQuota })),
  wrapped: element(list(integer(), { tag: 'x:number', wrapped: 'number' })),
  nothings: element(list(nothing(), { tag: 'void' })),
  inlineList: inline(list(record({ id: attribute(string()) }), { tag: 'atom:item', wrapped: 'it' })),
  inlineDict: inline(dict(decimal(), { tag: 'pair', key: 'name' })),
  dict: element(
    dict(string({ quota: lawQuota }), {
      tag: 'meta',
      key: 'key',
      blankKey: 'blank',
      keyQuota: lawQuota,
      quota: lawQuota,
    }),
  ),
  dictInAttribute: element(dict(integer(), { tag: 'spec', key: 'id', valueIn: 'value' })),
  dictOfLists: element(dict(list(string(), { tag: 'host' }), { tag: 'zone', key: 'name' })),
  dictInside: element(dict(boolean(), { tag: 'service', key: 'name', inside: 'available' })),
  dictOfUnnamed: element(
    dict(list(record({ n: attribute(integer()) }), { tag: 'part' }), { tag: 'whole', key: 'of', unnamed: 'first' }),
  ),
  dictOfListsInside: element(
    dict(list(string({ format: 'trimmed' }), { tag: 'one' }), { tag: 'many', key: 'of', inside: 'these' }),
  ),
  entry: element(entry(string(), { key: 'key', keyQuota: lawQuota })),
  entries: element(list(entry(list(integer(), { tag: 'n' }), { key: 'of' }), { tag: 'entry' })),
  named: element(named(string(), { eitherWay: true, nullable: true })),
  namedByKey: element(named(string(), { byKey: { at: datetime({ withOffset: true }) } })),
  namedRecords: element(named(record({ count: element(integer()) }))),
  dictOrNamed: element(dict(string(), { tag: 'meta', key: 'key', orNamed: true })),
  deleted: element(boolean({ asTruth: true })),
  repeating: element(named(integer(), { repeats: true })),
  beside: element(named(string(), { repeats: true }), { beside: true, aliases: ['y:beside'] }),
  modern: jsonOnly(string(), { nullable: true, secret: true }),
});

/** Messages with every kind, option and flag of the description language, used by an operation or not. */
export const everyWord: readonly { readonly title: string; readonly message: Message }[] = [
  { title: 'a message of every word', message: { root: 'every', content, ...declared } },
  {
    title: 'a bare message of a generic serializer',
    message: {
      root: 'bare',
      content: scalars,
      isBare: true,
      isUndeclared: true,
      namespaces: {},
      extensions: { x: 'urn:x' },
    },
  },
  {
    title: 'a message of nothing',
    message: { root: 'pause', content: nothing(), isOptional: true, mismatch: 422, ...declared },
  },
  { title: 'a message of one entry', message: { root: 'meta', content: entry(string(), { key: 'key' }), ...declared } },
  {
    title: 'a message that is named as its key',
    message: {
      root: 'key',
      content: named(string(), { isOne: true }),
      isRootless: true,
      isBare: true,
      namespaces: {},
      extensions: {},
    },
  },
  { title: 'a message of names', message: { root: 'extra_specs', content: named(string()), ...declared } },
  {
    title: 'a message of inline names',
    message: {
      root: 'hints',
      content: record({ id: attribute(string()), all: inline(named(string(), { repeats: true })) }),
      ...declared,
    },
  },
  { title: 'a message of a list', message: { root: 'items', content: list(string(), { tag: 'item' }), ...declared } },
  {
    title: 'a bare message of a page',
    message: {
      root: 'page',
      content: record({
        items: inline(list(record({ id: attribute(string()) }), { tag: 'x:item' })),
        next: inline(list(string(), { tag: 'atom:link' })),
        id: attribute(string()),
        always: element(string(), { always: true }),
      }),
      isBare: true,
      ...declared,
    },
  },
  {
    title: 'a message of a map',
    message: { root: 'map', content: dict(string(), { tag: 'x:meta', key: 'key' }), ...declared },
  },
  {
    title: 'a message of records in maps',
    message: {
      root: 'things',
      content: record({
        map: element(dict(notEmpty, { tag: 'thing', key: 'name' })),
        entry: element(entry(notEmpty, { key: 'name' })),
      }),
      ...declared,
    },
  },
];

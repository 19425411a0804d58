import { json } from '../../../src/media/json.ts';
import { xml } from '../../../src/media/xml.ts';
import { isFields } from '../../../src/schema/fields.ts';
import type { Message, Shape } from '../../../src/schema/shapes.ts';
import type { Around } from '../../support/hostile-texts.ts';
import { write } from '../../support/write.ts';

const mark = 'h0le';

/** The documents of a message with a hole in the place of each scalar and each key, as the texts before and after it. */
export function holesIn(message: Message, medium: 'xml' | 'json'): readonly Around[] {
  const codec = { xml, json }[medium];
  return [...marked(sampleOf(message.content))].flatMap((content) => {
    const [before, after, more] = write(codec, message, content).document.split(mark);
    return before === undefined || after === undefined || more !== undefined ? [] : [[before, after] as const];
  });
}

/** A value of a shape with every member, and one entry in each list and map. */
function sampleOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'record':
      return Object.fromEntries(Object.entries(shape.members).map(([key, member]) => [key, sampleOf(member.shape)]));
    case 'list': {
      const item = sampleOf(shape.item);
      return [shape.wrapped === undefined ? item : { [shape.wrapped]: item }];
    }
    case 'dict':
    case 'named':
    case 'entry':
      return { key: sampleOf(shape.value) };
    case 'nothing':
      return null;
    case 'datetime':
      return `2013-01-01 00:00:00.${scalar}`;
    case 'string':
    case 'base64':
    case 'integer':
    case 'decimal':
    case 'boolean':
      return scalar;
    default:
      return shape satisfies never;
  }
}

const scalar = '0';

/** List the values in which one scalar or one key is marked. */
function* marked(value: unknown): Generator {
  if (typeof value === 'string') {
    yield value.slice(0, -scalar.length) + mark;
  } else if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const [at, item] of items.entries()) for (const other of marked(item)) yield items.with(at, other);
  } else if (isFields(value)) {
    for (const [key, content] of Object.entries(value)) {
      for (const other of marked(content)) yield { ...value, [key]: other };
      if (key === 'key') yield { [mark]: content };
    }
  }
}

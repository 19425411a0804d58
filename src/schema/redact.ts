import { isFields, type Fields } from './fields.ts';
import { perMessage } from './per-message.ts';
import type { Shape } from './shapes.ts';

/** The function that collects the secret texts of a value. */
export type SecretFinder = (value: unknown) => string[];

/** Collect the texts of a message's content that must not be logged or quoted. */
export const secretsOf = perMessage(({ content }) => secretFinder(content));

/** Make the finder of a shape: it collects all texts inside secret members. */
export function secretFinder(shape: Shape): SecretFinder {
  switch (shape.kind) {
    case 'record': {
      const members = Object.entries(shape.members).map(([key, { secret, shape: inner }]) => {
        const find = secret === true ? texts : secretFinder(inner);
        return (value: Fields): string[] => (Object.hasOwn(value, key) ? find(value[key]) : []);
      });
      return (value) => (isFields(value) ? members.flatMap((find) => find(value)) : []);
    }
    case 'list': {
      const { wrapped, item } = shape;
      const findItem = secretFinder(item);
      const find: SecretFinder =
        wrapped === undefined ? findItem : (value) => (isFields(value) ? findItem(value[wrapped]) : []);
      return (value) => (Array.isArray(value) ? value.flatMap(find) : []);
    }
    case 'dict':
    case 'entry':
    case 'named': {
      const find = secretFinder(shape.value);
      return (value) => (isFields(value) ? Object.values(value).flatMap(find) : []);
    }
    case 'nothing':
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return () => [];
    default:
      return shape satisfies never;
  }
}

/** Collect every text in a value. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isFields(value) ? Object.values(value).flatMap(texts) : [];
}

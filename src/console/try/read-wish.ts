import type { TryRefusal, TryWish } from '../views/try-types.ts';

/** The error of a wish that cannot be read. */
export class WishError extends Error {
  override readonly name = 'WishError';
  readonly field: TryRefusal['field'];

  constructor(field: TryRefusal['field'], message: string) {
    super(message);
    this.field = field;
  }
}

const kinds = ['request', 'answer'] as const;
const profiles = ['nova', 'ecs'] as const;
const versions = ['v1.1', 'v2', 'v2.1'] as const;
const accepts = ['application/xml', 'application/json'] as const;

/** Read a wish. @throws {WishError} for JSON that is none */
export function readWish(bytes: Uint8Array): TryWish {
  const fields = fieldsIn(bytes);
  const textOf = (field: 'text' | 'operation' | 'body'): string | undefined => {
    const value = fields.get(field);
    if (value === undefined || typeof value === 'string') return value;
    throw new WishError(field, `${field} must be a text.`);
  };
  const oneOf = <T extends string>(field: TryRefusal['field'], known: readonly T[]): T | undefined => {
    const value = fields.get(field);
    const found = known.find((each) => each === value);
    if (value !== undefined && found === undefined)
      throw new WishError(field, `${field} must be ${known.join(' or ')}.`);
    return found;
  };
  const optional = {
    operation: textOf('operation') || undefined,
    body: textOf('body') || undefined,
    profile: oneOf('profile', profiles),
    version: oneOf('version', versions),
    accept: oneOf('accept', accepts),
    fault: faultIn(fields.get('fault')),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { kind: oneOf('kind', kinds) ?? 'request', text: textOf('text') ?? '', ...given };
}

function fieldsIn(bytes: Uint8Array): ReadonlyMap<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The message of the parser repeats a part of the text.
    throw new WishError('text', 'The body is no JSON in UTF-8.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WishError('text', 'The body must be an object with the member text.');
  return new Map(Object.entries(value));
}

function faultIn(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 400 && value <= 599) return value;
  throw new WishError('fault', 'fault must be a status from 400 to 599.');
}

import { parseExactly } from '../../schema/exact-json.ts';
import { isFields } from '../../schema/fields.ts';
import { shownPath } from '../../observe/shown/shown-path.ts';
import { masked, maskedAddresses, maskedFromSecret, maskedXml } from './mask-text.ts';
import { isSecretField, isSecretName } from './secret-names.ts';

/** The functions that make parts of a message fit to be shown. */
export interface Masking {
  readonly target: (target: string) => string;
  readonly field: (name: string, value: string) => string;
  readonly body: (body: Buffer) => string;
}

/** Show everything. JSON is indented in any case. */
export const unmasked: Masking = {
  target: (target) => target,
  field: (_, value) => value,
  body: (body) => shownBody(body, false),
};

/** Show no secret: neither a token nor a password, neither user data nor the contents of files. */
export const masking: Masking = {
  target: maskedTarget,
  field: (name, value) => (isSecretField(name) ? masked : maskedAddresses(value)),
  body: (body) => shownBody(body, true),
};

/** Mask the user of a URL, a token in a path, and the values of secret parameters. */
function maskedTarget(target: string): string {
  const [, origin = '', path = '', query = ''] = /^(https?:\/\/[^/?#]*)?([^?#]*)(.*)$/is.exec(target) ?? [];
  return maskedAddresses(origin.replace(/\/\/[^/]*@/, `//${masked}@`)) + shownPath(path) + maskedAddresses(query);
}

function shownBody(body: Buffer, isMasked: boolean): string {
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  // A text in UTF-16 is one, too: its secrets could be read between the zeros.
  if (isMasked && text.includes('\0')) return `(${body.length} bytes that are no text)`;
  const value = /^\s*[{[]/.test(text) ? jsonIn(text) : undefined;
  if (value !== undefined) {
    const shown = JSON.stringify(isMasked ? maskedValue(value, '') : value, undefined, 2);
    return isMasked ? maskedAddresses(shown) : shown;
  }
  if (!isMasked) return text;
  return maskedAddresses(/^\s*</.test(text) ? maskedXml(text) : maskedFromSecret(text));
}

function jsonIn(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
}

/** Members that are secret in one parent only: the id of a token, and the key of a login of v1.1. */
const secretsBelow: Readonly<Record<string, string>> = { token: 'id', credentials: 'key' };

/** Mask the values of secret members. @param parent the name of the member that holds the value */
function maskedValue(value: unknown, parent: string): unknown {
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, parent));
  // A raw number is an object to JavaScript, but has no members.
  if (!isFields(value) || 'rawJSON' in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isSecret = (isSecretName(name) && !isFields(inner)) || secretsBelow[parent] === name;
      return [name, isSecret ? maskedTexts(inner) : maskedValue(inner, name)];
    }),
  );
}

function maskedTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskedTexts);
  return value === null || value === '' ? value : masked;
}

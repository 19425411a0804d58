import { parseExactly } from '../../../schema/exact-json.ts';
import { isFields } from '../../../schema/fields.ts';
import { shownPath } from '../../../observe/shown/shown-path.ts';
import { isSecretField, isSecretName } from './secret-names.ts';

/** The text in the place of a secret. */
const masked = '***';

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
  field: (name, value) => (isSecretField(name) ? masked : value),
  body: (body) => shownBody(body, true),
};

/** Mask the user of a URL, a token in a path, and the values of secret parameters. */
function maskedTarget(target: string): string {
  const [, origin = '', path = '', query = ''] = /^(https?:\/\/[^/?#]*)?([^?#]*)(.*)$/is.exec(target) ?? [];
  const parameters = query.replace(/([?&]([^=&]*)=)[^&#]*/g, (whole, beginning: string, name: string) =>
    isSecretName(name) || isSecretField(name) ? beginning + masked : whole,
  );
  return origin.replace(/\/\/[^/]*@/, `//${masked}@`) + shownPath(path) + parameters;
}

function shownBody(body: Buffer, isMasked: boolean): string {
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  if (/^\s*[{[]/.test(text)) {
    try {
      const value = parseExactly(text);
      return JSON.stringify(isMasked ? maskedValue(value, '') : value, undefined, 2);
    } catch {
      return isMasked ? maskedBrokenJson(text) : text;
    }
  }
  return isMasked ? maskedXml(text) : text;
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

/**
 * Mask the texts of secret members in a text that is no JSON, for example because its end is missing. Each character belongs to
 * one token, so that the time is that of reading.
 */
function maskedBrokenJson(text: string): string {
  let before = '';
  let name: string | undefined;
  return text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)|:|\s+|[^\s":]/gs, (token) => {
    if (/^\s/.test(token)) return token;
    const isSecret =
      name !== undefined && (isSecretName(name) || Object.values(secretsBelow).includes(name)) && token.startsWith('"');
    name = token === ':' && before.startsWith('"') ? before.slice(1, -1) : undefined;
    before = token;
    return isSecret ? `"${masked}"` : token;
  });
}

/** Mask secret attributes and elements. The text need not be well-formed. */
function maskedXml(text: string): string {
  const attributes = text.replace(
    /(?<![\w.:-])([\w.:-]{1,100})(\s*=\s*)("[^"<]*"?|'[^'<]*'?)/g,
    (whole, name: string, equals: string) => (isSecretName(localOf(name)) ? `${name}${equals}"${masked}"` : whole),
  );
  const inParents = attributes.replace(
    /(<(?:[\w.-]+:)?(?:token\b[^<>]*?\sid|credentials\b[^<>]*?\skey)\s*=\s*)("[^"<]*"?|'[^'<]*'?)/g,
    `$1"${masked}"`,
  );
  return maskedElements(inParents);
}

/** Mask the content of secret elements, up to their end tags, or to the end of a text without them. */
function maskedElements(text: string): string {
  const opening = /<((?:[\w.-]+:)?[\w.-]+)(?:\s[^<>]*)?(?<!\/)>/g;
  let shown = '';
  let from = 0;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const [tag, name = ''] = found;
    if (!isSecretName(localOf(name))) continue;
    const start = found.index + tag.length;
    const end = text.indexOf(`</${name}`, start);
    shown += text.slice(from, start) + masked;
    from = end === -1 ? text.length : end;
    opening.lastIndex = from;
  }
  return shown + text.slice(from);
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

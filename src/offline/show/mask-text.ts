import { isSecretField, isSecretName } from './secret-names.ts';

/** The text in the place of a secret. */
export const masked = '***';

/** The members whose content has a secret of a common name, such as the id of a token. */
const parents: ReadonlySet<string> = new Set(['token', 'credentials']);

/** Mask in any text the users of URLs, and the values of secret parameters: those of consoles are encoded once more. */
export function maskedAddresses(text: string): string {
  const mask = (whole: string, beginning: string, name: string): string =>
    isSecretParameter(name) ? beginning + masked : whole;
  return text
    .replace(/(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/?#"'<>]*@/gi, `$1${masked}@`)
    .replace(/([?&;]([^=&\s"'<>#;?]{1,100})=)[^&#\s"'<>]*/g, mask)
    .replace(/((?:%3f|%26)([^=&\s"'<>#;?%]{1,100})%3d)[^&#\s"'<>]*/gi, mask);
}

function isSecretParameter(name: string): boolean {
  const plain = decoded(name);
  return isSecretName(plain) || isSecretField(plain);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * Mask a text that is neither JSON nor XML, for example because its end or a quote is missing: where the value of a secret ends
 * cannot be known, so that everything behind the first secret name is left out.
 */
export function maskedFromSecret(text: string): string {
  const plain = text.replace(/\\u00([46][1-9a-f]|[57][\da])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  for (const found of plain.matchAll(/(?<![\w.%+-])([\w.%+-]{1,100})["'\\\s]*[:=]\s*/g)) {
    const [whole, word = ''] = found;
    const name = decoded(word);
    if (isSecretName(name) || parents.has(name)) return plain.slice(0, found.index + whole.length) + masked;
  }
  return plain;
}

const cdata = '<![CDATA[';

/** Mask secret attributes and elements. The text need not be well-formed. */
export function maskedXml(text: string): string {
  const inParents = maskedAttributes(text).replace(
    /(<(?:[^\s<>/:="']{1,100}:)?(?:token\b[^<>]*?\sid|credentials\b[^<>]*?\skey)\s*=\s*)("[^"<]*"?|'[^'<]*'?)/g,
    `$1"${masked}"`,
  );
  return maskedElements(inParents);
}

/** Mask secret attributes, up to their quotes: a password may have a `<` that makes the message unreadable. */
function maskedAttributes(text: string): string {
  const beginning = /(?<![^\s"'<>/=&])([^\s"'<>/=&]{1,100})\s*=\s*(["'])/g;
  let shown = '';
  let from = 0;
  for (let found = beginning.exec(text); found !== null; found = beginning.exec(text)) {
    const [whole, name = '', quote = ''] = found;
    const start = found.index + whole.length;
    const quoteAt = text.indexOf(quote, start);
    const end = quoteAt === -1 ? text.length : quoteAt;
    if (isSecretName(localOf(name))) {
      shown += text.slice(from, start) + masked;
      from = end;
      beginning.lastIndex = end;
    } else {
      const tagAt = text.slice(start, end).indexOf('<');
      beginning.lastIndex = tagAt === -1 ? end : start + tagAt;
    }
  }
  return shown + text.slice(from);
}

/** Mask the content of secret elements, up to their end tags, or to the end of a text without them. */
function maskedElements(text: string): string {
  const opening = /<([^\s<>/="']+)(?:\s[^<>]*)?(?<!\/)>/g;
  let shown = '';
  let from = 0;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const [tag, name = ''] = found;
    if (!isSecretName(localOf(name))) continue;
    const start = found.index + tag.length;
    shown += text.slice(from, start) + masked;
    from = endOfElement(text, name, start);
    opening.lastIndex = from;
  }
  return shown + text.slice(from);
}

/** Find the end tag of an element; one in a CDATA section is none. */
function endOfElement(text: string, name: string, start: number): number {
  for (let at = start; ;) {
    const end = text.indexOf(`</${name}`, at);
    if (end === -1) return text.length;
    const section = text.slice(at, end).lastIndexOf(cdata);
    if (section === -1) return end;
    const sectionEnd = text.indexOf(']]>', at + section);
    if (sectionEnd === -1) return text.length;
    if (sectionEnd < end) return end;
    at = sectionEnd;
  }
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

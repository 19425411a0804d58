const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const tags = /<[^>]*>/g;
const notAscii = /[\u0080-\uFFFF]+/g;

/**
 * Lay out a document as lxml did for legacy Keystone: a declaration, two spaces for each level, a line for each element but
 * those with text, a line feed at the end, and decimal references for characters outside of ASCII.
 * @param compact a document without white space between elements, in which `>` is escaped
 */
export function indentedXml(compact: string): string {
  let laidOut = declaration;
  let level = 0;
  let end = 0;
  let hasText = true;
  for (const { 0: tag, index } of compact.matchAll(tags)) {
    const text = compact.slice(end, index);
    const isAfterStart = hasText;
    end = index + tag.length;
    if (tag.startsWith('</')) {
      level -= 1;
      // The end tag follows its start tag or text: the element is one line.
      laidOut += isAfterStart ? text + tag : `\n${'  '.repeat(level)}${tag}`;
      hasText = false;
      continue;
    }
    laidOut += index === 0 ? tag : `\n${'  '.repeat(level)}${tag}`;
    hasText = !tag.endsWith('/>');
    if (hasText) level += 1;
  }
  return `${laidOut}\n`.replace(notAscii, references);
}

function references(run: string): string {
  let text = '';
  for (const character of run) text += `&#${character.codePointAt(0)};`;
  return text;
}

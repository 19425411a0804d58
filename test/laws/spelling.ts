import * as fc from 'fast-check';
import type { XmlElement } from '../../src/xml/element.ts';
import { prefixes } from './tree.ts';

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const asides = ['<!---->', '<!-- <b a="&x;"> -->', '<?pi?>', '<?pi <a/> &x; ?>'] as const;

/**
 * Print a tree in one of its many spellings: `choose` decides on declarations, quotes, references, CDATA, comments,
 * processing instructions and line ends. By the rules of XML all spellings are the same tree.
 */
export function spell(tree: XmlElement, choose: fc.GeneratorValue): string {
  const declaration = choose(
    fc.constantFrom,
    '',
    '<?xml version="1.0"?>',
    "<?xml version='1.0' encoding='UTF-8' ?>\r\n",
  );
  const declared = Object.entries(prefixes).map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${uri}"`);
  const [before, after] = [aside(choose), aside(choose)];
  return `${declaration}${before}${element(tree, declared.join(''), choose)}${after}`;
}

/** Print a tree in a spelling that programs write: `choose` decides on references, quotes and white space only. */
export function spellPlainly(tree: XmlElement, choose: fc.GeneratorValue): string {
  const declaration = choose(
    fc.constantFrom,
    '',
    '<?xml version="1.0"?>\n',
    '<?xml version="1.0" encoding="UTF-8"?>\r\n',
  );
  const declared = Object.entries(prefixes).map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${uri}"`);
  return `${declaration}${plainElement(tree, declared.join(''), choose)}\n`;
}

function plainElement(tree: XmlElement, declared: string, choose: fc.GeneratorValue): string {
  const name = qualified(tree);
  const quote = choose(fc.constantFrom, '"', "'");
  const attributes = tree.attributes.map(
    (attribute) => ` ${qualified(attribute)}=${quote}${plainly(attribute.value, `&<>\r\n\t${quote}`, choose)}${quote}`,
  );
  const start = `<${name}${declared}${attributes.join(choose(fc.constantFrom, '', '\n'))}`;
  if (tree.children.length === 0 && tree.text === '' && choose(fc.boolean)) return `${start}/>`;
  const cut = choose(fc.nat, tree.text.length);
  const [before, after] = [tree.text.slice(0, cut), tree.text.slice(cut)];
  // Never split a surrogate pair.
  const isWhole = before.isWellFormed() && after.isWellFormed();
  const [first, last] = (isWhole ? [before, after] : [tree.text, '']).map((text) => plainly(text, '&<>\r', choose));
  const children = tree.children.map((child) => plainElement(child, '', choose));
  return `${start}>${first}${children.join('')}${last}</${name}>`;
}

function plainly(text: string, mustBeSpelled: string, choose: fc.GeneratorValue): string {
  return Array.from(text, (character) =>
    // U+FEFF may stand raw where it cannot be a byte order mark.
    mustBeSpelled.includes(character) || character === '\uFEFF' ? reference(character, choose) : character,
  ).join('');
}

function element(tree: XmlElement, declared: string, choose: fc.GeneratorValue): string {
  const name = qualified(tree);
  const attributes = tree.attributes.map((attribute) => {
    const equals = choose(fc.constantFrom, '=', ' = ', '\n=');
    return `${choose(fc.constantFrom, ' ', '\r\n\t')}${qualified(attribute)}${equals}${quoted(attribute.value, choose)}`;
  });
  const start = `<${name}${declared}${attributes.join('')}${choose(fc.constantFrom, '', ' ', '\n')}`;
  if (tree.children.length === 0 && tree.text === '' && choose(fc.boolean)) return `${start}/>`;
  return `${start}>${content(tree, choose)}</${name}${choose(fc.constantFrom, '', ' ')}>`;
}

/** Split a text into one piece for each gap between the children. */
function content({ children, text }: XmlElement, choose: fc.GeneratorValue): string {
  const characters = Array.from(text);
  let spelled = '';
  for (const child of children) {
    const piece = characters.splice(0, choose(fc.nat, characters.length));
    spelled += characterData(piece, choose) + element(child, '', choose);
  }
  return spelled + characterData(characters, choose);
}

function characterData(characters: readonly string[], choose: fc.GeneratorValue): string {
  const text = characters.join('');
  const canBeRaw = !text.includes('\r') && !text.includes(']]>');
  const cut = choose(fc.nat, characters.length);
  if (canBeRaw && choose(fc.boolean)) return `<![CDATA[${lineEnds(text, choose)}]]>${aside(choose)}`;
  const spelled = characters.map((character) => inText(character, choose));
  return spelled.slice(0, cut).join('') + aside(choose) + spelled.slice(cut).join('');
}

function aside(choose: fc.GeneratorValue): string {
  return choose(fc.boolean) ? '' : choose(fc.constantFrom, ...asides);
}

function inText(character: string, choose: fc.GeneratorValue): string {
  if (character === '\n' && choose(fc.boolean)) return lineEnds(character, choose);
  const mustBeSpelled = '&<>\r'.includes(character);
  return mustBeSpelled || choose(fc.constantFrom, true, false, false) ? reference(character, choose) : character;
}

function quoted(value: string, choose: fc.GeneratorValue): string {
  const quote = choose(fc.constantFrom, '"', "'");
  const spelled = Array.from(value, (character) => {
    // A parser turns raw white space in an attribute into a space.
    if (character === ' ' && choose(fc.boolean)) return choose(fc.constantFrom, ' ', '\t', '\n', '\r\n');
    const mustBeSpelled = `&<\r\n\t${quote}`.includes(character);
    return mustBeSpelled || choose(fc.constantFrom, true, false, false) ? reference(character, choose) : character;
  });
  return quote + spelled.join('') + quote;
}

function reference(character: string, choose: fc.GeneratorValue): string {
  const code = character.codePointAt(0) ?? 0;
  const name = named[character];
  const spellings = [`&#${code};`, `&#x${code.toString(16)};`, `&#x000${code.toString(16).toUpperCase()};`];
  return choose(fc.constantFrom, ...(name === undefined ? spellings : [name, ...spellings]));
}

function lineEnds(text: string, choose: fc.GeneratorValue): string {
  return text.replaceAll('\n', () => choose(fc.constantFrom, '\n', '\r\n'));
}

function qualified({ prefix, name }: { readonly prefix: string; readonly name: string }): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

import { escapeAttribute, escapeText, isLiteral } from '../../xml/escape.ts';
import type { Fields } from '../fields.ts';
import type { Member, Scalar } from '../shapes.ts';
import { pythonText, writable, type Writing } from './python-text.ts';

/** The function that prints an attribute, with a space before it. */
type PrintText = (value: unknown, writing: Writing) => string;
/** Make the printer of an attribute, whose name may depend on the other members of its record. */
export function memberPrinter(
  key: string,
  { xml = key, shape, xmlBeside }: Extract<Member, { place: 'attribute' }>,
): (value: unknown, writing: Writing, record: Fields) => string {
  const print = attributePrinter(xml, shape);
  if (xmlBeside === undefined) return print;
  const printOther = attributePrinter(xmlBeside.xml, shape);
  return (value, writing, record) => {
    const hasOther = xmlBeside.members.some((member) => Object.hasOwn(record, member));
    return (hasOther ? printOther : print)(value, writing);
  };
}

/** Make the printer of an attribute. */
export function attributePrinter(name: string, shape: Scalar): PrintText {
  const prefix = prefixOf(name);
  const start = ` ${name}="`;
  return (value, writing) => {
    if (value === undefined) return '';
    declarePrefix(prefix, writing);
    return `${start}${scalarAttribute(shape, value, name, writing)}"`;
  };
}

/** Print a scalar as the value of an attribute. */
export function scalarAttribute(shape: Scalar, value: unknown, name: string, writing: Writing): string {
  return isLiteralText(shape, value) ? value : escapeAttribute(pythonText(shape, value, name, writing));
}

/** Print a scalar as text. */
export function scalarText(shape: Scalar, value: unknown, name: string, writing: Writing): string {
  return isLiteralText(shape, value) ? value : escapeText(pythonText(shape, value, name, writing));
}

/** Check that a value needs no conversion and no escaping, like nearly all values. */
function isLiteralText(shape: Scalar, value: unknown): value is string {
  return typeof value === 'string' && shape.kind !== 'datetime' && shape.kind !== 'boolean' && isLiteral(value);
}

/** Print a key of a map in an attribute. */
export function printedKey(key: string, writing: Writing): string {
  return escapeAttribute(writable(key, writing));
}

/** Find the prefix of a name; undefined for none. */
export function prefixOf(name: string): string | undefined {
  const end = name.indexOf(':');
  return end === -1 ? undefined : name.slice(0, end);
}

/** Note that the document has a name with a prefix. */
export function declarePrefix(prefix: string | undefined, writing: Writing): void {
  if (prefix !== undefined) writing.prefixes.add(prefix);
}

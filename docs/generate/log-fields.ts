import { exchangeFields, lineFields } from '../../src/observe/exchange-fields.ts';
import { code, table } from './markdown.ts';

/** The table of the fields of the line of an exchange, in their order. */
export function logFieldsTable(): string {
  return table(
    ['field', 'meaning'],
    Object.entries({ ...lineFields, ...exchangeFields }).map(([field, meaning]) => [code(field), meaning]),
  );
}

import { refusedType } from '../faults/refusals.ts';
import type { IdentityFormat } from '../write/identity-format.ts';

/**
 * Read the format of a request body from its Content-Type. As in legacy Keystone, XML is whatever contains `application/xml`,
 * and JSON is exactly `application/json` without its parameters, or an empty value; both in this case.
 * @throws {Fault} 400 for any other type, and for none
 */
export function readBodyType(contentType: string | undefined): IdentityFormat {
  if (contentType?.includes('application/xml') === true) return 'xml';
  const [essence] = contentType?.split(';', 1) ?? [];
  if (essence === 'application/json' || essence === '') return 'json';
  throw refusedType();
}

import type { Operation } from '../../compute/operation.ts';
import { operations } from '../../compute/operations/operations.ts';
import type { Member, Shape } from '../../schema/shapes.ts';

/**
 * Names of members and header fields that are secret wherever they are: those of logins, of calls that no operation describes,
 * and of the modern API.
 */
const secretName =
  /pass(?:word|wd|phrase|code)?$|secret|^(?:assertion|signature)$|^(?:token|contents|private_key|api_?key|access_?key|credential_?blob)$|user_?data$/i;
/** The header fields that authenticate a caller. */
const secretField =
  /token|auth-key|pass|secret|api-?key|signature|credential|session|assertion|^(?:proxy-)?authorization$|cookie/i;

/** The names in the descriptions whose values are secret, in JSON and in XML. */
const described: ReadonlySet<string> = new Set(
  operations.flatMap(({ request, answer }: Operation) =>
    [request, answer].flatMap((message) => (message === undefined ? [] : namesIn(message.content, message.root))),
  ),
);

/** Check that a member, an attribute or an element of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return described.has(name) || secretName.test(name);
}

/** Check that a header field authenticates a caller. */
export function isSecretField(name: string): boolean {
  return secretField.test(name);
}

/** Collect the names of secret members. @param element the name of the element that a secret text is in */
function namesIn(shape: Shape, element: string): readonly string[] {
  switch (shape.kind) {
    case 'record':
      return Object.entries(shape.members).flatMap(([key, member]) => namesOf(key, member, element));
    case 'list':
      return namesIn(shape.item, shape.tag);
    case 'dict':
      return namesIn(shape.value, shape.tag);
    case 'entry':
    case 'named':
      return namesIn(shape.value, element);
    case 'nothing':
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return [];
    default:
      return shape satisfies never;
  }
}

function namesOf(key: string, { place, secret, xml, aliases = [], shape }: Member, element: string): readonly string[] {
  if (secret !== true) return namesIn(shape, xml ?? key);
  const own = [key, ...(xml === undefined ? [] : [xml]), ...aliases];
  return place === 'text' ? [...own, element] : own;
}

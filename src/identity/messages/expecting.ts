/** The sentence that ends most refusals of legacy Keystone. */
export const isMalformed =
  'The server could not comply with the request since it is either malformed or otherwise incorrect. ' +
  'The client is assumed to be in error.';

/** Format legacy Keystone's refusal of a message that lacks a member. */
export function expecting(attribute: string, target: string): string {
  return `Expecting to find ${attribute} in ${target}. ${isMalformed}`;
}

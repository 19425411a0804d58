/**
 * Scalars and options of the requests that legacy Nova read with its generic XML deserializer: those of most extensions
 * and actions. It accepted each scalar as an attribute or as a child element, and clients write both.
 */

import type { MemberOptions } from '../../schema/shapes.ts';
import { string } from '../../schema/words.ts';

/** A text without the white space around it, which is only layout in a child element. */
export const trimmed = string({ format: 'trimmed' });

/** The same for a name, which Nova trims itself on v2. */
export const nameText = string({ format: 'trimmedName' });

/** The same for a text that clouds keep as it is, such as a description. */
export const anyText = string({ format: 'trimmedText' });

/** A text that JSON callers may write as a number, such as an id or a port. */
export const trimmedOrNumber = string({ format: 'trimmed', also: ['number'] });

/** The options of a member that may be an attribute or a child element. */
export const eitherWay = { eitherWay: true } as const satisfies MemberOptions;

/** The options of a required member that may be an attribute or a child element. */
export const requiredEitherWay = { eitherWay: true, required: true } as const satisfies MemberOptions;

/**
 * Scalars and options of the requests that legacy Nova read with its generic XML deserializer: those of most extensions
 * and actions. It took each scalar as an attribute or as a child element, and clients wrote both.
 */

import type { MemberOptions } from '../../schema/shapes.ts';
import { string } from '../../schema/words.ts';

/** A text without the white space around it, which is layout where the text is a child element. */
export const trimmed = string({ format: 'trimmed' });

/** A text that JSON callers wrote as a number too, such as an id or a port. */
export const trimmedOrNumber = string({ format: 'trimmed', also: ['number'] });

/** The member may be an attribute or a child element. */
export const eitherWay = { eitherWay: true } as const satisfies MemberOptions;

/** The member may be an attribute or a child element, and must be there. */
export const requiredEitherWay = { eitherWay: true, required: true } as const satisfies MemberOptions;

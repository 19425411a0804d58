/** Members that several requests for a server share, with legacy Nova's messages for a value that is refused. */

import { string } from '../../schema/words.ts';

/** The name of a server: 1 to 255 characters, not counting the white space around it. */
export const serverName = string({ format: 'serverName', refusal: 'Server name is not a string or unicode' });

/** The administrator's password; any text. */
export const adminPass = string({ refusal: 'Invalid adminPass' });

/** The flavor of a server: an id, or a link that ends in one. JSON callers may write the id as a number. */
export const flavorRef = string({ format: 'lastSegment', also: ['number'], refusal: 'Invalid flavorRef provided.' });

/** The flavor of a new server, whose link clouds take, too. */
export const flavorOfNewServer = string({ ...flavorRef, format: 'flavorOfNewServer' });

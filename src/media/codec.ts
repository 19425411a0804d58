import type { Fault } from '../fault.ts';
import type { Reading } from '../schema/read/reading.ts';
import type { Message } from '../schema/shapes.ts';
import type { Composer } from '../schema/write/write-xml.ts';

/** A parsed body. */
export interface ParsedBody {
  /** Find the name of the requested action. @throws {Fault} 404 or 400 for a body without an action, as from legacy Nova */
  action(): string;
  /** Read the body as a message. @throws {Fault} 400 with the path of a member, 413 for a quota, the message's status for another root */
  readAs(message: Message, reading: Reading): unknown;
}

/** The reader and writer of messages and faults in one format. */
export interface Codec {
  /** Parse a body. @throws {Fault} 400 for a body that is not of this format */
  open(body: Buffer): ParsedBody;
  /** Create the composer of a document. @param keepsUnknown keep members that are not described (JSON only) */
  compose(message: Message, keepsUnknown?: boolean): Composer;
  /** Write the document of a fault. */
  writeFault(fault: Fault): string;
}

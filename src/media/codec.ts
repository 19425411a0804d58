import type { Fault } from '../fault.ts';
import type { Reading } from '../schema/read/reading.ts';
import type { Message } from '../schema/shapes.ts';
import type { Composer } from '../schema/write/write-xml.ts';

/** A parsed body. */
export interface ParsedBody {
  /** Name the action that the body asks for. @throws {Fault} 404 or 400, as legacy Nova answered a body without an action */
  action(): string;
  /** Read the body as a message. @throws {Fault} 400 with the path of a member, 413 for a quota, the message's status for another root */
  readAs(message: Message, reading: Reading): unknown;
}

/** Reads and writes messages and faults of one format. */
export interface Codec {
  /** Parse a body. @throws {Fault} 400 for a body that is not of this format */
  open(body: Buffer): ParsedBody;
  /** Begin a document. @param keepsUnknown keep members that the description does not name; only JSON can */
  compose(message: Message, keepsUnknown?: boolean): Composer;
  /** Write the document of a fault. */
  writeFault(fault: Fault): string;
}

import type { Fault } from '../fault.ts';
import type { Reading } from '../schema/read/reading.ts';
import type { Message } from '../schema/shapes.ts';
import type { Composer } from '../schema/write/write-xml.ts';

/** A body that was parsed. */
export interface Opened {
  /** The name of the action that it asks for. @throws {Fault} what legacy Nova said of a body without one */
  action(): string;
  /** The value that the message describes. @throws {Fault} 400 or 413 with the member's path; what is said of another root */
  readAs(message: Message, reading: Reading): unknown;
}

/** One media type's way to read and write messages and faults. */
export interface Codec {
  /** @throws {Fault} 400 for a body that is not of this type */
  open(body: Buffer): Opened;
  /** Begins a document. @param keepsUnknown whether members that the description does not name stay, which JSON can do */
  compose(message: Message, keepsUnknown?: boolean): Composer;
  writeFault(fault: Fault): string;
}

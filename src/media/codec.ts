import type { Fault } from '../fault.ts';
import type { Reading } from '../schema/reading.ts';
import type { Message } from '../schema/shapes.ts';
import type { Written } from '../schema/write-xml.ts';

/** A body that was parsed: the name of its root, and its content under a description. */
export interface Opened {
  readonly root: string;
  /** The value that the message describes. @throws {Fault} 400 or 413 with the member's path */
  readAs(message: Message, reading: Reading): unknown;
}

/** One media type's way to read and write messages and faults. */
export interface Codec {
  /** @throws {Fault} 400 for a body that is not of this type, and what legacy Nova said of odd ones */
  open(body: Buffer): Opened;
  write(message: Message, value: unknown): Written;
  writeFault(fault: Fault): string;
}

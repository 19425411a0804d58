import { ChunkBuffer } from '../body/chunk-buffer.ts';
import type { Reserve } from '../exchange/budget.ts';
import { noAnswer } from './no-answer.ts';

/** The limits of the memory of an answer. */
export interface AnswerMemory {
  /** The largest answer, in bytes. */
  readonly maxBytes: number;
  /** Reserve the memory of each chunk. */
  readonly reserve: Reserve;
}

/** The chunks of an answer that is read whole, within its limits. */
export class AnswerChunks {
  readonly #memory: AnswerMemory;
  readonly #chunks = new ChunkBuffer();

  constructor(memory: AnswerMemory) {
    this.#memory = memory;
  }

  /** The size of all chunks so far, in bytes. */
  get size(): number {
    return this.#chunks.size;
  }

  /** Add a chunk. @throws {Fault} 502 if the answer is too large, or the budget of all answers has no room */
  add(chunk: Buffer): void {
    const { maxBytes, reserve } = this.#memory;
    if (this.size + chunk.length > maxBytes) throw noAnswer.tooLarge();
    try {
      reserve(chunk.length);
    } catch (error) {
      throw noAnswer.tooMany(error);
    }
    this.#chunks.add(chunk);
  }

  /** Join all chunks. */
  whole(): Buffer {
    return this.#chunks.whole();
  }
}

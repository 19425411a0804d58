import type { Codec } from '../../src/media/codec.ts';
import type { Message } from '../../src/schema/shapes.ts';
import type { Slice } from '../../src/schema/slices.ts';
import { textOf, type Composer, type Written } from '../../src/schema/write/write-xml.ts';

/** A whole document at one go. */
export function write(codec: Codec, message: Message, value: unknown): Written<string> {
  return writeSlices(codec.compose(message), [{ value, isLast: true }]);
}

/** A document slice by slice. */
export function writeSlices(composer: Composer, slices: Iterable<Slice>): Written<string> {
  for (const { value, isLast } of slices) {
    if (!isLast) {
      composer.add(value);
      continue;
    }
    const { document, ...rest } = composer.end(value);
    return { document: textOf(document), ...rest };
  }
  throw new TypeError('no slice is the last');
}

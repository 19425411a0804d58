import type { Codec } from '../../src/media/codec.ts';
import type { Message } from '../../src/schema/shapes.ts';
import type { Written } from '../../src/schema/write-xml.ts';

/** A whole document at one go. */
export function write(codec: Codec, message: Message, value: unknown): Written {
  const composer = codec.compose(message);
  composer.add(value);
  return composer.end();
}

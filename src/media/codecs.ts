import type { Codec } from './codec.ts';
import { json } from './json.ts';
import { codecOf, type MediaType } from './media-type.ts';
import { xml } from './xml.ts';

const codecs = { json, xml } as const;

/** Look up the codec of a media type. */
export function codecFor(type: MediaType): Codec {
  return codecs[codecOf[type]];
}

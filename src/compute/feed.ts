import type { Composer } from '../schema/write/write-xml.ts';

/** The Atom feed form of an answer, which legacy Nova had for versions only. */
export interface Feed {
  readonly type: 'application/atom+xml';
  /** Create the composer of a feed; the content may come in slices. */
  readonly compose: () => Composer;
}

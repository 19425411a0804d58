import type { Composer } from '../schema/write/write-xml.ts';

/** An answer as an Atom feed: a media type that legacy Nova had for versions alone. */
export interface Feed {
  readonly type: 'application/atom+xml';
  /** Begins the feed of one slice, or of several. */
  readonly compose: () => Composer;
}

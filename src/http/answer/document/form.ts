import type { Operation } from '../../../compute/operation.ts';
import { codecFor } from '../../../media/codecs.ts';
import type { MediaType } from '../../../media/media-type.ts';
import type { LinkBase } from '../../../upstream/links.ts';
import type { Form } from './document.ts';

/** The media type of a feed, whose head depends on all of its entries: it is written in one piece. */
export const feedType = 'application/atom+xml';

/** The choice of a form for an answer, as data: a thread makes the same form of it. */
export interface FormChoice {
  /** The exact Content-Type; that of the operation's feed stands for the feed. */
  readonly type: MediaType | typeof feedType;
  /** Keep the members that are not described (JSON only). */
  readonly keepAll: boolean;
  readonly links: LinkBase;
}

/** Make the form of a choice. */
export function formOf(choice: FormChoice, { feed }: Operation): Form {
  const { type, keepAll, links } = choice;
  if (type !== feedType) return { type, compose: (message) => codecFor(type).compose(message, keepAll), links };
  if (feed === undefined) throw new TypeError('an operation without a feed has no feed form');
  return { type, compose: feed.compose, links };
}

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

/** Select the offer that an Accept header prefers, the first of equals; undefined if it accepts none. */
export function bestOffer<const Offer extends string>(
  accept: string | undefined,
  offers: readonly Offer[],
): Offer | undefined {
  if (accept === undefined || accept === '') return undefined;
  const ranges = accept.split(',').map(readRange);
  const ranked = offers
    .map((offer) => ({ offer, quality: qualityOf(offer, ranges) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  return ranked[0]?.offer;
}

function readRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}

function qualityOf(offer: string, ranges: readonly MediaRange[]): number {
  const [family = ''] = offer.split('/');
  for (const type of [offer, `${family}/*`, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === type);
    if (range !== undefined) return range.quality;
  }
  return 0;
}

import { dict, string } from '../../schema/words.ts';
import { quotas } from '../quotas.ts';

/** The value of a metadata item. */
export const metadataValue = string({
  quota: quotas.metadataValue,
  refusal: 'Invalid metadata: Metadata property value is not a string.',
});

/** The metadata of a server or image: `<metadata><meta key="k">v</meta></metadata>`. */
export const metadata = dict(metadataValue, {
  tag: 'meta',
  key: 'key',
  blankKey: 'Invalid metadata: Metadata property key blank',
  refusal: 'Unable to parse metadata key/value pairs.',
  keyQuota: quotas.metadataKey,
  quota: quotas.metadataItems,
});

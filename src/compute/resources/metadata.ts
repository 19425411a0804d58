import { dict, string } from '../../schema/words.ts';
import { quotas } from '../quotas.ts';

/** The metadata of a server or image: `<metadata><meta key="k">v</meta></metadata>`. */
export const metadata = dict(
  string({ quota: quotas.metadataValue, refusal: 'Invalid metadata: Metadata property value is not a string.' }),
  {
    tag: 'meta',
    key: 'key',
    blankKey: 'Invalid metadata: Metadata property key blank',
    refusal: 'Unable to parse metadata key/value pairs.',
    keyQuota: quotas.metadataKey,
    quota: quotas.metadataItems,
  },
);

import { dict, string } from '../../schema/shapes.ts';
import { quotas } from '../quotas.ts';

/** The metadata of a server or image: `<metadata><meta key="k">v</meta></metadata>`. */
export const metadata = dict(string({ quota: quotas.metadataValue }), {
  tag: 'meta',
  key: 'key',
  blankKey: 'Metadata property key blank',
  keyQuota: quotas.metadataKey,
  quota: quotas.metadataItems,
});

import { dict, string } from '../../schema/words.ts';
import { quotas } from '../quotas.ts';

/** The value of a metadata item. */
export const metadataValue = string({
  quota: quotas.metadataValue,
  refusal: 'Invalid metadata: Metadata property value is not a string.',
});

/** The metadata of a server: `<metadata><meta key="k">v</meta></metadata>`. */
export const metadata = dict(metadataValue, {
  tag: 'meta',
  key: 'key',
  blankKey: 'Invalid metadata: Metadata property key blank',
  refusal: 'Unable to parse metadata key/value pairs.',
  keyQuota: quotas.metadataKey,
  quota: quotas.metadataItems,
});

/** The value of a metadata item of an image, whose length legacy Nova did not limit. */
export const imageMetadataValue = string({ refusal: 'Invalid metadata: Metadata property value is not a string.' });

const ofImages = {
  tag: 'meta',
  key: 'key',
  blankKey: 'Image metadata key cannot be blank',
  refusal: 'Invalid image metadata',
  keyQuota: quotas.imageMetadataKey,
  quota: quotas.imageMetadataItems,
} as const;

/** The metadata of an image, which legacy Nova checked otherwise than that of a server. */
export const metadataOfImage = dict(imageMetadataValue, ofImages);

/** The metadata of a backup's image. It was read by Nova's generic deserializer: `<metadata><k>v</k></metadata>`. */
export const metadataOfBackup = dict(imageMetadataValue, { ...ofImages, orNamed: true });

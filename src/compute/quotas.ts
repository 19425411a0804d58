import type { Quota } from '../schema/shapes.ts';

/**
 * Legacy Nova's quotas of a request's members, with its messages and Retry-After. Clouds refuse an excess with another
 * fault (403 or 400), or have no such limit. Operators could change the amounts, so each limit is a setting; the quota has
 * the name of that setting.
 */
export const quotas = {
  personalityFiles: quota('personality.maxFiles', 'OnsetFileLimitExceeded: Personality file limit exceeded', '0'),
  personalityPath: quota(
    'personality.maxPathCharacters',
    'OnsetFilePathLimitExceeded: Personality file path too long',
    '0',
  ),
  personalityContents: quota(
    'personality.maxContentsCharacters',
    'OnsetFileContentLimitExceeded: Personality file content too long',
    '0',
  ),
  metadataItems: quota(
    'metadata.maxItems',
    'MetadataLimitExceeded: Maximum number of metadata items exceeds {most}',
    '0',
  ),
  metadataKey: quota(
    'metadata.maxCharacters',
    'Invalid metadata size: Metadata property key greater than {most} characters',
  ),
  metadataValue: quota(
    'metadata.maxCharacters',
    'Invalid metadata size: Metadata property value greater than {most} characters',
  ),
  imageMetadataItems: quota('metadata.maxItems', 'Image metadata limit exceeded', '0'),
  imageMetadataKey: { name: 'metadata.maxCharacters', message: 'Image metadata key too long', status: 400 },
} as const satisfies Record<string, Quota>;

function quota(name: Quota['name'], message: string, retryAfter?: string): Quota {
  return retryAfter === undefined ? { name, message } : { name, message, retryAfter };
}

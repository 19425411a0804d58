import { fileMode, wholeNumber, type SettingGroup } from './forms.ts';

/** Legacy Nova's quotas, with its defaults. A request that exceeds one gets 413 overLimit, as from legacy Nova. */
export const quotaSettings = {
  title: 'Files, metadata and user_data',
  settings: {
    personality: {
      permissions: fileMode({
        default: '0440',
        help: 'Mode of the files that cloud-init writes where personality is sent as user_data.',
        example: '0400',
      }),
      maxFiles: wholeNumber({
        default: 5,
        least: 0,
        most: 1000,
        unit: 'files',
        help: 'Files (personality) in one request. A request with more gets 413.',
        example: '10',
      }),
      maxPathCharacters: wholeNumber({
        default: 255,
        least: 1,
        most: 4096,
        unit: 'characters',
        help: "Length of a file's path. A request with a longer one gets 413.",
        example: '1024',
      }),
      maxContentsCharacters: wholeNumber({
        default: 10_240,
        least: 0,
        most: 1_073_741_824,
        unit: 'characters',
        help: "Length of a file's contents, in base64. A request with longer ones gets 413.",
        example: '65536',
      }),
    },
    metadata: {
      maxItems: wholeNumber({
        default: 128,
        least: 0,
        most: 100_000,
        unit: 'items',
        help: 'Metadata items in one request. A request with more gets 413.',
        example: '256',
      }),
      maxCharacters: wholeNumber({
        default: 255,
        least: 1,
        most: 65_535,
        unit: 'characters',
        help: 'Length of a metadata key, and of a metadata value of a server. A request with a longer one gets 413; a longer key of an image, 400.',
        example: '1024',
      }),
    },
    userData: {
      ecsMaxBytes: wholeNumber({
        default: 32_768,
        least: 1,
        most: 1_073_741_824,
        unit: 'bytes',
        help: 'Size of the user_data that an ecs cloud accepts, before base64. More gets 413, as do files that do not fit even compressed.',
        example: '16384',
      }),
      novaMaxCharacters: wholeNumber({
        default: 65_535,
        least: 1,
        most: 1_073_741_824,
        unit: 'characters',
        help: 'Length of the user_data that a nova cloud accepts, in base64. More gets 413, as do files that do not fit even compressed.',
        example: '32768',
      }),
    },
  },
} as const satisfies SettingGroup;

import { choice, wholeNumber, type SettingGroup } from './forms.ts';

/** The media type of responses, and the handling of members that the cloud no longer supports. */
export const translationSettings = {
  title: 'Translation',
  settings: {
    reply: {
      default: choice(['caller', 'json'], {
        help: "Media type of a response where Accept prefers none. caller: the type of the caller's own request. json: JSON, as legacy Nova did.",
        example: 'json',
      }),
    },
    handling: choice(['lenient', 'strict'], {
      help: 'Treatment of a member that the cloud cannot handle. lenient: let the request pass without it, or without its effect, and add a note to the response. strict: refuse the request with 400. A caller chooses with Prefer: handling=strict.',
      example: 'strict',
    }),
    notes: {
      max: wholeNumber({
        default: 20,
        least: 1,
        most: 200,
        unit: 'notes',
        help: 'Notes in the header fields of one response and in one line of the log. One more note in the response counts the rest.',
        example: '50',
      }),
    },
  },
} as const satisfies SettingGroup;

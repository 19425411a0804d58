/** Fields of every answer: nothing of the console is shown in frames, is read by other sites, or tells where it was. */
export const hardening = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  Vary: 'Accept-Encoding',
} as const;

/** The policy of what is no document. */
export const noSources = "default-src 'none'; frame-ancestors 'none'";

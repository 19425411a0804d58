/** The reasons of faults that only logins and the other calls of the Identity API have; they are among those of `fault-reasons.ts`. */
export const loginReasons = {
  'login-refused': {
    meaning:
      'A login, or a call of the Identity API, has no credentials, or some that no cloud can accept. Nothing was sent to the cloud.',
    action: 'None; the caller must send its user, key and project.',
  },
  'login-rate': {
    meaning: 'The address, or the user, has failed to log in too often. Nothing was sent to the cloud.',
    action: 'None; many of them are a sign of an attack, or of a client whose password is out of date.',
    isLimit: true,
  },
  'login-region': {
    meaning:
      'The catalogue of a login has compute in several regions, and nothing tells which of them the gateway serves. The cloud may have acted: it made a token that nobody has.',
    action: "Set the region that the gateway serves; it is one of the cloud's catalogue.",
  },
  'identity-path': {
    meaning:
      'The path or method is none that the Identity API had (404), or one that the gateway does not translate (501). Nothing was sent to the cloud.',
    action: 'None, unless a client needs the call: then report it.',
  },
} as const;

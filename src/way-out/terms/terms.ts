/**
 * The states of a row, from the one that needs the gateway most. `active`: it may be between two of its usual calls. `fading`:
 * it was never silent for so long. `tested`: a brownout passed without it. `quiet`: it was silent for long enough. `gone`: both.
 */
export const rowStates = ['active', 'fading', 'tested', 'quiet', 'gone'] as const;

export type RowState = (typeof rowStates)[number];

/**
 * The kinds of keys, which are reported apart. `needing`: they break without the gateway. `notBreaking`: they work today
 * without it. `failing`: no call was ever answered, for so long that it is no outage of the cloud: they lose nothing. `unverified`:
 * anybody can send such calls.
 */
export const keyKinds = ['needing', 'notBreaking', 'failing', 'unverified'] as const;

export type KeyKind = (typeof keyKinds)[number];

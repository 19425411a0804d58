/** The closed set of reasons for which a caller needs the gateway: the `needs` of a log line, of the ledger and of `gateway_needed_total`. */

/** A reason, described for operators and for the owners of clients. */
interface NeedReason {
  /** The answer of the cloud to the caller's own request. */
  readonly without: string;
  /** True if the call fails or loses its effect without the gateway; false if it works today, or fails with the gateway as well. */
  readonly breaks: boolean;
  /** True if the reason is about one member of a request, which follows it after a colon. */
  readonly hasMember?: true;
  /** The change in the client that ends the need. */
  readonly cure: string;
  /** A request as it is sent today, in a few lines. */
  readonly before: string;
  /** The same request after the change. */
  readonly after: string;
}

export const needReasons = {
  'xml-request': {
    without: 'The cloud refuses the body with 415.',
    breaks: true,
    cure: 'Send the body as JSON, with Content-Type: application/json.',
    before: 'Content-Type: application/xml\n\n<reboot type="SOFT"/>',
    after: 'Content-Type: application/json\n\n{"reboot": {"type": "SOFT"}}',
  },
} as const satisfies Readonly<Record<string, NeedReason>>;

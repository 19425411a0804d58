/** The forms of the recordings of live Keystones that the tests of the core and those of whole gateways read. */

/** An exchange with a live Keystone 2014.1. */
export interface RecordedExchange {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly bodyNote?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
}

/** An answer of the cloud, and the fault that the caller gets. */
export interface RecordedFault {
  readonly name: string;
  readonly call: string;
  readonly input: {
    /** 0 if the cloud was not asked, or did not answer. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly output: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly jsonText: string;
    readonly xml: string;
  };
  readonly messageExact: boolean;
}

import type { Fault } from '../../fault.ts';
import { needPartsOf, needReasons, type Need } from '../../need-reasons.ts';
import type { Note } from '../../upstream/note.ts';
import { InputError } from '../input/input-error.ts';
import { wireOf, type GivenRequest } from '../input/given-request.ts';
import type { OfflineGateway } from './offline-gateway.ts';
import { UnreadableRequest } from './offline-server.ts';
import type { RecordedRequest } from './recording-pool.ts';

/** The end of a request: translated or forwarded to the cloud, answered by the gateway itself, or refused. */
type TranslationOutcome = 'translated' | 'forwarded' | 'answered' | 'refused';

/** The answer to the caller. */
export interface CallersAnswer {
  /** The status line without the version of HTTP, such as `400 Bad Request`. */
  readonly status: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A need with its description. */
export interface DescribedNeed {
  readonly need: Need;
  readonly breaks: boolean;
  readonly without: string;
  readonly cure: string;
}

/** The translation of one request. */
export interface Translation {
  readonly given: GivenRequest;
  readonly outcome: TranslationOutcome;
  readonly operation: string | undefined;
  readonly before: readonly RecordedRequest[];
  /** The request that the cloud would get; undefined if none is sent. */
  readonly sent: RecordedRequest | undefined;
  readonly notes: readonly Note[];
  readonly needs: readonly DescribedNeed[];
  /** The answer of the gateway itself; undefined if a request is sent. */
  readonly answer: CallersAnswer | undefined;
  readonly fault: Fault['reason'] | undefined;
}

/** Translate a request. @throws {InputError} if it is not valid HTTP */
export async function translateOne(given: GivenRequest, gateway: OfflineGateway): Promise<Translation> {
  const { trace, operation, needs, before, sent, answer } = await gateway
    .exchange(wireOf(given))
    .catch((error: unknown) => {
      if (!(error instanceof UnreadableRequest)) throw error;
      throw new InputError(
        `The request at ${given.place} is not valid HTTP: its method, its target or a header field.`,
      );
    });
  return {
    given,
    outcome: outcomeOf(sent !== undefined, trace),
    operation,
    before,
    sent,
    notes: trace.notes ?? [],
    needs: needs.map(described).toSorted((one, other) => Number(other.breaks) - Number(one.breaks)),
    answer: sent === undefined ? answerIn(answer) : undefined,
    // Without a cloud, a request that is sent ends with a fault of its own.
    fault: sent === undefined ? trace.fault : undefined,
  };
}

function outcomeOf(
  isSent: boolean,
  { isForwarded, fault }: { isForwarded?: true; fault?: unknown },
): TranslationOutcome {
  if (isSent) return isForwarded === true ? 'forwarded' : 'translated';
  return fault === undefined ? 'answered' : 'refused';
}

function described(need: Need): DescribedNeed {
  const parts = needPartsOf(need);
  const { breaks = false, without = '', cure = '' } = parts === undefined ? {} : needReasons[parts.kind];
  return { need, breaks, without, cure };
}

/** Header fields that differ each time, or belong to the connection. */
const incidental: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive', 'x-compute-request-id']);

/** Read an answer from the wire. */
export function answerIn(bytes: Buffer): CallersAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = lines.map((line) => {
    const [name = '', value = ''] = line.split(/: (.*)/s);
    return [name, value] as const;
  });
  return {
    status: statusLine.replace(/^\S+ /, ''),
    headers: headers.filter(([name]) => !incidental.has(name.toLowerCase())),
    body: bytes.subarray(end + 4),
  };
}

import type { LedgerKey } from '../entry.ts';
import type { CountedNeeds } from './counted-needs.ts';
import { keyTextOf } from '../larger.ts';
import { safeText } from './safe-text.ts';
import { wideNetworkOf } from './wide-network.ts';

/** Longest texts of a caller's names, in characters. */
const longest = { project: 64, agent: 64, operation: 64 } as const;

/** The project of calls that name none, such as a login. */
export const noProject = '(none)';

/** The most reasons of a caller whose keys are remembered: more than a client has, and a log that is read may name any. */
const mostReasons = 100;

/** The most callers whose names are remembered; then all are forgotten, because callers can invent names. */
const mostRemembered = 1000;

/** The names of a caller: its key without the reason. */
export class CallerNames {
  readonly project: string;
  readonly agent: string;
  readonly network: string;
  readonly operation: string;
  readonly #keyTexts = new Map<string, string>();

  constructor({ project, agent, network, operation }: Omit<LedgerKey, 'reason'>) {
    this.project = project;
    this.agent = agent;
    this.network = network;
    this.operation = operation;
  }

  /** Make the key of a reason. */
  key(reason: string): LedgerKey {
    const { project, agent, network, operation } = this;
    return { project, agent, network, operation, reason };
  }

  /** Return the text of the key of a reason, the same text each time: V8 computes the hash of a text once. */
  keyText(reason: string): string {
    const known = this.#keyTexts.get(reason);
    if (known !== undefined) return known;
    const text = keyTextOf(this.key(reason));
    if (this.#keyTexts.size < mostReasons) this.#keyTexts.set(reason, text);
    return text;
  }
}

/** The names of the callers of late. A caller comes again and again, and making its names costs more than counting its call. */
export class RecentCallers {
  readonly #names = new Map<string, CallerNames>();

  /** Return the names of the caller of an exchange, made safe to keep. */
  namesOf({ project = noProject, agent = '', client, operation = '' }: CountedNeeds): CallerNames {
    const given = `${project}\n${agent}\n${client}\n${operation}`;
    const known = this.#names.get(given);
    if (known !== undefined) return known;
    if (this.#names.size >= mostRemembered) this.#names.clear();
    const names = new CallerNames({
      project: safeText(project, longest.project),
      agent: safeText(agent, longest.agent),
      network: wideNetworkOf(client),
      operation: safeText(operation, longest.operation),
    });
    this.#names.set(given, names);
    return names;
  }
}

import { hash } from 'node:crypto';
import type { KnownToken } from '../connection.ts';
import type { Exchange } from '../exchange.ts';
import { createAccount, createStrangers, isInUse, type Account } from '../account/account.ts';
import { networkOf } from './network.ts';
import { RecentMap } from '../recent/recent-map.ts';

/** The largest numbers of accounts and of tokens that are remembered. */
export interface AccountLimits {
  readonly accounts: number;
  readonly tokens: number;
}

/**
 * Create the function that finds the account of an exchange. A caller can name any project and invent any token, so an
 * exchange counts for its project, or its token without a project, only if the cloud has accepted the token there before.
 * Until then it counts for the client's network, and all networks together for one group: whoever has many addresses has many
 * accounts. Only the hash of a token is kept.
 */
export function createAccounts({ accounts: mostAccounts, tokens: mostTokens }: AccountLimits) {
  const accounts = new RecentMap<Account>(mostAccounts, isInUse);
  const strangers = createStrangers();
  /** The names of accounts by proof: the hash of a token, with the project of the path if there is one. */
  const proven = new RecentMap<string>(mostTokens);

  /** Remember that the cloud accepted a token for a project, or forget it after a refusal. */
  const learn = ({ hash: token, decodedProject: project, proof }: KnownToken, status: number | undefined): void => {
    if (status === undefined) return;
    if (status === 401) {
      proven.delete(proof);
      proven.delete(token);
    } else if (status >= 200 && status < 300 && proven.get(proof) === undefined) {
      proven.set(proof, project === undefined ? `token ${token}` : `project ${project}`);
      // Paths without a project then count for the same account.
      if (project !== undefined) proven.set(token, `project ${project}`);
    }
  };

  return (exchange: Exchange): Account => {
    const { end, trace } = exchange;
    const token = tokenOf(exchange);
    let name: string | undefined;
    if (token !== undefined) {
      name = proven.get(token.proof);
      end.addEventListener('abort', () => learn(token, trace.cloudStatus));
    }
    const isProven = name !== undefined;
    name ??= `network ${networkOf(exchange.client)}`;
    const known = accounts.get(name);
    if (known !== undefined) return known;
    const account = createAccount(isProven ? undefined : strangers);
    accounts.set(name, account);
    return account;
  };
}

function proofOf(token: string, project: string | undefined): string {
  return project === undefined ? token : `${token} ${project}`;
}

/** Read the caller's token; undefined without one. Most requests of a connection have the same, and hashing costs 1.5 us. */
function tokenOf({ request, connection, facts: { project } }: Exchange): KnownToken | undefined {
  const text = request.headers['x-auth-token'];
  if (typeof text !== 'string' || text === '') return undefined;
  const last = connection.token;
  if (last?.text === text && last.project === project) return last;
  const tokenHash = last?.text === text ? last.hash : hash('sha256', text, 'base64');
  const decoded = decodedProject(project);
  connection.token = { text, project, decodedProject: decoded, hash: tokenHash, proof: proofOf(tokenHash, decoded) };
  return connection.token;
}

/** Decode a project: the cloud does so, and another spelling must not be another account. */
function decodedProject(project: string | undefined): string | undefined {
  if (project === undefined || !project.includes('%')) return project;
  try {
    return decodeURIComponent(project);
  } catch {
    return project;
  }
}

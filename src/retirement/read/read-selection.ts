import { fixedLimits } from '../../config/fixed-limits.ts';
import { needReasons } from '../../need-reasons.ts';
import { networkRangeIn } from '../network-range.ts';
import type { RetirementFile } from '../retirement-file.ts';
import { comparedAgent, isExactAgent, reasonKind, type Selection } from '../selection.ts';
import { selectionDocs } from './member-docs.ts';
import { FileMembers, type FileMistakes } from './file-members.ts';

/** The surroundings of the selections of a file. */
export interface SelectionContext {
  readonly mistakes: FileMistakes;
  readonly needs: RetirementFile['needs'];
  /** The number of agents and networks so far in selections without a project, which are compared one by one. */
  patterns: number;
  /** The number of those of each project, in selections that do not name whole agents. */
  readonly patternsOfProjects: Map<string, number>;
}

const selectionMembers = Object.keys(selectionDocs);

/** Longest text of a project or an agent, in characters. */
const mostCharacters = 255;

/** Read a list of selections, each with one member at least. */
export function readSelections(
  members: FileMembers | undefined,
  name: string,
  context: SelectionContext,
): readonly Selection[] {
  const items = members?.list(name, fixedLimits.retirementRules) ?? [];
  return items.flatMap((item, at) => {
    const path = `${members?.at(name)}.${at}`;
    const found = FileMembers.of(item, path, selectionMembers, context.mistakes);
    if (found === undefined) return [];
    if (selectionMembers.every((member) => found.value(member) === undefined))
      context.mistakes.say(path, `selects everything; give it one of ${selectionMembers.join(', ')}`);
    return [readSelection(found, context)];
  });
}

/** Read the members of a selection. */
export function readSelection(members: FileMembers, context: SelectionContext): Selection {
  const project = checked(members, 'project', 'the id of a project', projectProblem);
  const agent = checked(members, 'agent', 'a User-Agent, such as python-novaclient*', agentProblem);
  const network = checked(members, 'network', networkRule, networkProblem);
  const reason = checked(members, 'reason', 'a reason, such as xml-request', (text) =>
    reasonProblem(text, context.needs),
  );
  countPatterns({ project, agent, network }, context);
  return {
    ...(project !== undefined && { project }),
    ...(agent !== undefined && { agent }),
    ...(network !== undefined && { network }),
    ...(reason !== undefined && { reason }),
  };
}

/** The members of a selection of which those that are compared one by one are counted. */
type Counted = Readonly<Record<'project' | 'agent' | 'network', readonly string[] | undefined>>;

function countPatterns({ project, agent, network }: Counted, context: SelectionContext): void {
  const count = (agent?.length ?? 0) + (network?.length ?? 0);
  if (project === undefined) {
    context.patterns += count;
    return;
  }
  if (agent?.every(isExactAgent) === true) return;
  const { patternsOfProjects: found } = context;
  for (const id of new Set(project)) found.set(id, (found.get(id) ?? 0) + Math.max(1, count));
}

/** Read texts that each have to pass a check. */
function checked(
  members: FileMembers,
  name: string,
  rule: string,
  problemOf: (text: string) => string | undefined,
): readonly string[] | undefined {
  const texts = members.texts(name, rule);
  const isList = Array.isArray(members.value(name));
  texts?.forEach((text, at) => {
    const problem = problemOf(text);
    if (problem !== undefined)
      members.mistakes.add(isList ? `${members.at(name)}.${at}` : members.at(name), text, problem);
  });
  return texts;
}

function projectProblem(text: string): string | undefined {
  if (text.includes('*')) return 'a project has no *: write its whole id';
  return text.length > mostCharacters ? `it must have at most ${mostCharacters} characters` : undefined;
}

function agentProblem(text: string): string | undefined {
  if (text.length > mostCharacters) return `it must have at most ${mostCharacters} characters`;
  return text.replaceAll('*', '').length > comparedAgent
    ? `only the first ${comparedAgent} characters of a User-Agent are compared: write the rest as *`
    : undefined;
}

const networkRule = 'an address, a network such as 192.0.2.0/24, or unix';

function networkProblem(text: string): string | undefined {
  if (networkRangeIn(text) !== undefined) return undefined;
  const isNetwork = /^[\d.]+\/\d+$|^[\da-f:.]+\/\d+$/i.test(text);
  return `it must be ${networkRule}${isNetwork ? ', without bits behind its length' : ''}`;
}

function reasonProblem(text: string, needs: RetirementFile['needs']): string | undefined {
  const kind = reasonKind(text);
  const found = Object.entries(needReasons).find(([name]) => name === kind);
  if (found === undefined) return `it must be one of ${Object.keys(needReasons).join(', ')}`;
  const [, reason] = found;
  if (kind !== text && !('about' in reason)) return `write ${kind}, because this reason is not about a member`;
  if (!reason.breaks && needs === 'breaking')
    return 'such calls work without the gateway, and do not count: set needs to all, or leave it away';
  return undefined;
}

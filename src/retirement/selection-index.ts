import { agentMeant, isExactAgent, notKnown, type Selection, type Subject } from './selection.ts';

/** Items by the agents that their selections name whole, and those that must be compared one by one. */
interface ByAgent<T> {
  readonly ofAgents: Map<string, T[]>;
  readonly others: T[];
}

/**
 * Items by what their selections ask for, so that an exchange is compared with few of them: a file may have thousands, each for
 * one client of one project.
 */
export class SelectionIndex<T extends { readonly selection: Selection }> {
  readonly #items: readonly T[];
  readonly #ofProjects = new Map<string, ByAgent<T>>();
  readonly #open: ByAgent<T> = empty();

  constructor(items: readonly T[]) {
    this.#items = items;
    for (const item of items) {
      const { project } = item.selection;
      if (project === undefined) add(this.#open, item);
      for (const id of new Set(project)) add(orEmpty(this.#ofProjects, id), item);
    }
  }

  /** List the items that may select a subject. Those of its project come first, and among them those of its agent. */
  *about({ project, agent }: Subject): Generator<T, void> {
    if (project === notKnown || agent === notKnown) {
      const all = this.#items;
      yield* all;
      return;
    }
    const ofProject = project === undefined ? undefined : this.#ofProjects.get(project);
    for (const group of [ofProject, this.#open]) {
      yield* group?.ofAgents.get(agent) ?? [];
      yield* group?.others ?? [];
    }
  }
}

function add<T extends { readonly selection: Selection }>({ ofAgents, others }: ByAgent<T>, item: T): void {
  const { agent } = item.selection;
  if (agent === undefined || !agent.every(isExactAgent)) {
    others.push(item);
    return;
  }
  for (const each of new Set(agent.map(agentMeant))) {
    const known = ofAgents.get(each);
    if (known === undefined) ofAgents.set(each, [item]);
    else known.push(item);
  }
}

function empty<T>(): ByAgent<T> {
  return { ofAgents: new Map(), others: [] };
}

function orEmpty<T>(map: Map<string, ByAgent<T>>, project: string): ByAgent<T> {
  const known = map.get(project);
  if (known !== undefined) return known;
  const fresh = empty<T>();
  map.set(project, fresh);
  return fresh;
}

import { isDeepStrictEqual } from 'node:util';
import type { Resources } from '../resources/resources.ts';
import type { Config } from '../../config/settings.ts';
import type { Connections } from '../../http/cloud/connect/connections.ts';
import type { App } from './app.ts';
import { createLimits, type Limits } from './limits.ts';

/** The creation of an App. */
type CreateApp = (config: Config, resources: Resources, limits: Limits) => App;

/**
 * The App that exchanges begin with, and the former ones, each until its last exchange has ended. So an exchange has one
 * configuration and one cloud from its beginning to its end.
 */
export class Apps {
  readonly limits: Limits;
  readonly #create: CreateApp;
  #config: Config;
  #current: App;
  readonly #former = new Set<App>();

  /** Create the first App. @param create creates it, and later ones */
  constructor(config: Config, resources: Resources, create: CreateApp) {
    this.limits = createLimits(config);
    this.#create = create;
    this.#config = config;
    this.#current = create(config, resources, this.limits);
  }

  /** The configuration that exchanges begin with. */
  get config(): Config {
    return this.#config;
  }

  get current(): App {
    return this.#current;
  }

  /** The Apps that have connections to a cloud. */
  get all(): readonly App[] {
    return [this.#current, ...this.#former];
  }

  /** Let exchanges begin with another configuration from now on. @returns false if it is the same: its connections stay */
  use(config: Config, resources: Resources): boolean {
    if (isDeepStrictEqual(config, this.#config)) return false;
    const former = this.#current;
    this.#config = config;
    this.limits.adjust(config);
    this.#current = this.#create(config, resources, this.limits);
    this.#former.add(former);
    if (former.inProgress === 0) this.#close(former);
    else for (const connections of connectionsOf(former)) connections.closeIdle();
    return true;
  }

  /** Note the beginning of an exchange. @returns the function to call at its end */
  begin(app: App): () => void {
    app.inProgress += 1;
    return () => {
      app.inProgress -= 1;
      if (app.inProgress === 0 && app !== this.#current) this.#close(app);
    };
  }

  /** Close all connections to clouds. */
  async close(): Promise<void> {
    await Promise.all(this.all.flatMap(connectionsOf).map((connections) => connections.close()));
  }

  #close(app: App): void {
    this.#former.delete(app);
    // Closing connections that no exchange uses does not fail.
    for (const connections of connectionsOf(app)) void connections.close();
  }
}

function connectionsOf({ connections, regionConnections, identityConnections }: App): readonly Connections[] {
  const clouds = [connections, ...regionConnections.values()];
  return identityConnections === undefined ? clouds : [...clouds, identityConnections];
}

import { namedSettings, type NamedSetting } from './named-settings.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that names the configuration file. */
export const fileVariable = 'GATEWAY_CONFIG';

/** Variables that are ignored, with the sentence for a person and the event for the log. */
export interface IgnoredVariables {
  readonly event: string;
  readonly names: readonly string[];
  readonly sentence: string;
}

/**
 * Read a variable without the white space around it: values from files, secrets and `kubectl create configmap` end in a line
 * end. Undefined for one that is empty, or that belongs to a Service of Kubernetes.
 */
export function variable(environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === undefined || text === '' || isOfService(name, text) ? undefined : text;
}

/** Return the variable that names the file of a secret; undefined for a setting that is none. */
export function secretFileVariable({ environmentName, setting }: NamedSetting): string | undefined {
  return setting.isSecret === true ? `${environmentName}_FILE` : undefined;
}

/** Return the name under which the operator knows a setting: that of the variable that is set, or if there is none its path in the file. */
export function givenName(named: NamedSetting, environment: Environment): string {
  const { environmentName, path } = named;
  const isGiven = (name: string | undefined): boolean =>
    name !== undefined && variable(environment, name) !== undefined;
  const given = [environmentName, secretFileVariable(named)].find(isGiven);
  return given ?? (isGiven(fileVariable) ? path.join('.') : environmentName);
}

/** Replace the paths of settings in a message by the names under which the operator knows them. */
export function withGivenNames(message: string, environment: Environment): string {
  return message.replace(/\b[a-z]\w*(?:\.[a-z]\w*)+/gi, (word) => {
    const named = namedSettings.find(({ path }) => path.join('.') === word);
    return named === undefined ? word : givenName(named, environment);
  });
}

/** Find the variables that begin with GATEWAY_ and are ignored. */
export function ignoredVariables(environment: Environment): readonly IgnoredVariables[] {
  const settings = new Set(namedSettings.map(({ environmentName }) => environmentName));
  const known = new Set([fileVariable, ...settings, ...namedSettings.map(secretFileVariable)]);
  const names = Object.keys(environment).filter((name) => name.startsWith('GATEWAY_'));
  const ofService = names.filter((name) => isOfService(name, environment[name]?.trim() ?? ''));
  const others = names.filter((name) => !known.has(name) && !ofService.includes(name));
  const isFileOfSetting = (name: string): boolean => settings.has(name.replace(/_FILE$/, ''));
  const unknown = others.filter((name) => !isFileOfSetting(name));
  const files = others.filter(isFileOfSetting);
  return [
    {
      event: 'unknown settings are ignored',
      names: unknown,
      sentence: `Unknown settings are ignored: ${unknown.join(', ')}.`,
    },
    {
      event: 'only secrets are read from files',
      names: files,
      sentence: `These variables are ignored, because their settings are no secrets, so they are not read from a file: ${files.join(', ')}. Set them without _FILE.`,
    },
    {
      event: 'the variables of a Kubernetes Service are ignored',
      names: ofService,
      sentence: `The variables of a Kubernetes Service are ignored, because they are no settings: ${ofService.join(', ')}. Set enableServiceLinks: false in the pod, so that it does not get them.`,
    },
  ].filter((ignored) => ignored.names.length > 0);
}

/** Names of variables that Kubernetes sets for a Service `gateway...`, and Docker for a link of that name, whatever their value. */
const serviceName =
  /^GATEWAY_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$/;

/**
 * Check that a variable describes a Service: a Service `gateway` brings `GATEWAY_PORT=tcp://10.96.12.7:8774` into each
 * container of its namespace, which has the name of a setting.
 */
function isOfService(name: string, text: string): boolean {
  return (
    serviceName.test(name) || (/^GATEWAY_(?:\w+_)?PORT$/.test(name) && /^(?:tcp|udp|sctp):\/\/\S+:\d+$/.test(text))
  );
}

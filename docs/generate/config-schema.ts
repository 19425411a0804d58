import { isSetting, ruleOf, type Setting, type SettingTree } from '../../src/config/settings/forms.ts';
import { secretFileVariable } from '../../src/config/environment.ts';
import { namedSettings } from '../../src/config/named-settings.ts';
import { settings } from '../../src/config/settings.ts';

/**
 * Describe the configuration file by a JSON Schema, with which editors complete and check it. It allows no less than the
 * gateway; what a schema cannot say, such as the rules of a URL, only the gateway checks.
 */
export function configSchema(): string {
  const { properties, ...object } = objectSchema(settings);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of legacy-compute-gateway',
    ...object,
    properties: { $schema: { type: 'string' }, ...properties },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function objectSchema(tree: SettingTree) {
  const properties: Readonly<Record<string, object>> = Object.fromEntries(
    Object.entries(tree).map(([name, node]) => [name, isSetting(node) ? valueSchema(node) : objectSchema(node)]),
  );
  return { type: 'object', additionalProperties: false, properties } as const;
}

function valueSchema(setting: Setting): object {
  const named = namedSettings.find((each) => each.setting === setting);
  const secretFile = named && secretFileVariable(named);
  const instead = secretFile === undefined ? '' : ` Instead, ${secretFile} may name a file that holds it.`;
  return {
    description: `${setting.help} It must be ${ruleOf(setting)}.${instead}`,
    ...setting.schema,
    ...(setting.default !== undefined && { default: setting.default }),
  };
}

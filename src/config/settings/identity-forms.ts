import type { Help, Setting } from './forms.ts';

/** A domain of Identity v3 as a setting has it: `id:` or `name:` and the rest; `none`, or '' for the default of the profile. */
export type DomainText = '' | 'none' | `id:${string}` | `name:${string}`;

/** Define a setting that is a domain of Identity v3. @param allowNone true if no domain may be sent */
export function domainChoice({ allowNone, ...help }: Help & { readonly allowNone: boolean }): Setting<DomainText> {
  return {
    ...help,
    parse: (given) => (isDomain(given) || (allowNone && given === 'none') ? given : undefined),
    mend: (given) => (/^[\w.-]+$/.test(given) ? `write id:${given} or name:${given}` : undefined),
    default: '',
    allowed: `id: and the id of a domain, or name: and its name${allowNone ? ', or none' : ''}`,
    schema: { type: 'string' },
  };
}

function isDomain(given: string): given is `id:${string}` | `name:${string}` {
  return /^(?:id|name):[^\s:][^\r\n]*$/.test(given);
}

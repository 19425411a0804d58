/** A piece of HTML that is complete and safe. */
export interface Markup {
  readonly html: string;
}

/**
 * Write HTML: texts in the template are escaped, so that no caller can write markup by its User-Agent; markup and lists of markup
 * stay as they are.
 */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Markup | readonly Markup[])[]): Markup {
  return { html: parts.reduce((text, part, at) => text + printed(values[at - 1] ?? '') + part) };
}

function printed(value: string | Markup | readonly Markup[]): string {
  if (typeof value === 'string') return escapeHtml(value);
  return 'html' in value ? value.html : value.map((each) => each.html).join('');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

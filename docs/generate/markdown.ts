/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A text as code; an empty one stays empty. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

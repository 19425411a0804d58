import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const root = join(import.meta.dirname, '../..');

/** A document of the repository. */
export interface Document {
  /** Below the root. */
  readonly path: string;
  readonly text: string;
}

/** Read a document. @param path below the root */
export function documentAt(path: string): Document {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** Every document: those at the root and those in docs/. */
export const documents: readonly Document[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`),
].map(documentAt);

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf({ text }: Document): ReadonlySet<string> {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

import { startChild, type ChildOptions } from '../processes/child-process.ts';

/** Run a program and return its stdout. @throws {Error} with its stderr if it fails */
export async function outputOf(start: ChildOptions): Promise<string> {
  const child = startChild({ ...start, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.process.stdout?.setEncoding('utf8').on('data', (piece: string) => void (text += piece));
  const code = await child.ended;
  if (code !== 0) throw new Error(`${start.command} ended with ${code}: ${child.stderr()}`);
  return text;
}

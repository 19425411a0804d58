/** Print a JSON value like Python's json.dumps(): a space after each comma and colon, and only ASCII. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return asciiJson(value);
  const members = Object.entries(value).map(([key, member]) => `${asciiJson(key)}: ${pythonJson(member)}`);
  return `{${members.join(', ')}}`;
}

/** Print a JSON value like Flask's jsonify(): without spaces, and only ASCII. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

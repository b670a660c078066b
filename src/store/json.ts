// Reading back JSON that may have been changed by somebody else.

/** The object in a row's text; null when it is none. */
export function objectFrom(body: unknown): object | null {
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

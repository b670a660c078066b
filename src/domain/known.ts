// Three-valued knowledge. null is "unknown" for values; for what a device can do the three words are spelled out.

export type Own = 'yes' | 'no' | 'unknown';

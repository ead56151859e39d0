const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Without the signs that turn the order of letters around: with them, what stands behind a title would be read otherwise
 * than it is. Whoever shows words of a file to readers asks for this; programs get them as they are written.
 */
export const inOrder = (text: string): string => text.replace(TURNS, '');

/** What this format's gates begin with; no encoded name does. */
const GATE = 'loss-of-';
const ROUND = 'round-';

/**
 * A name of any script as an identifier of the Open-PSA format: a letter or `_`, then letters, digits, `_` and single
 * `-`, ASCII alone. Whatever else a name holds stands there as `_xHEX_`, its code point; so does the `_` of a name that
 * holds `_x` itself, and the first letter of one that begins as gates do. Different names give different identifiers.
 */
export function identifier(name: string): string {
  const startsAsGates = name.startsWith(GATE) || name.startsWith(ROUND);
  const characters = [...name];
  return characters
    .map((character, at) => {
      const plain =
        at === 0
          ? /[A-Za-z_]/.test(character) && !startsAsGates
          : /[A-Za-z0-9_]/.test(character) ||
            (character === '-' && characters[at - 1] !== '-' && at < characters.length - 1);
      return plain && !(character === '_' && characters[at + 1] === 'x') ? character : escaped(character);
    })
    .join('');
}

/** The gate that says how an element fails, or what of it is known after a round. */
export const gateIdentifier = (element: string, round: number | undefined): string =>
  round === undefined ? `${GATE}${identifier(element)}` : `${ROUND}${round}-${GATE}${identifier(element)}`;

/** One of the gates that help a gate; a number begins no encoded name, so this is the name of no other gate. */
export const partIdentifier = (gate: string, number: number): string => `${GATE}${number}-in-${gate}`;

const escaped = (character: string): string => `_x${(character.codePointAt(0) as number).toString(16).toUpperCase()}_`;

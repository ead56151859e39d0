/** A part of a form that the writer fills: a name, a number, a text. */
export interface Slot {
  /** The property of the rule, as the grammar calls it. */
  readonly of: string;
  /** As it is shown in the form. */
  readonly shows: string;
  /** One sentence for the reader who fills it. */
  readonly says: string;
  /** What stands there before it is filled: an example, or words to choose from. */
  readonly example: string | readonly string[];
}

export type Part = string | Slot | { readonly optional: readonly Part[] };

/** How one rule of the grammar is written, and what it means. A test holds each against the grammar. */
export interface Form {
  readonly parts: readonly Part[];
  /** Other ways to write it, by the keyword or property in which they first differ. */
  readonly others?: Readonly<Record<string, readonly Part[]>>;
  /** A block in braces follows. */
  readonly block?: true;
  readonly says: string;
}

export const slot = (of: string, shows: string, example: Slot['example'], says: string): Slot => ({
  of,
  shows,
  says,
  example,
});

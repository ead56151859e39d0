import { RULES, type Rule, type Severity } from '../core/rules/index.ts';

/** A rule as a log describes it (reportingDescriptor, SARIF 2.1.0, 3.49). */
export interface DescribedRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: 'error' | 'warning' | 'note' };
  readonly properties: { readonly tags: readonly string[]; readonly 'problem.severity': string };
}

/** The errors of the language, by the kind of mistake. */
export const LANGUAGE_ERRORS = {
  'syntax-error': {
    says: 'The text cannot be read as the language of `.p2parch` files.',
    why: 'What cannot be read is left out: the architecture around it has no findings until it is mended.',
    remedy: 'Write what the message asks for at the place that it names.',
  },
  'unknown-name': {
    says: 'A name stands for nothing that this file knows.',
    why: 'What is named does not exist, so the sentence says nothing and its architecture has no findings.',
    remedy: 'Mend the spelling, declare the name, or import the file that declares it.',
  },
  'language-error': {
    says: 'The text can be read, but what it says cannot be.',
    why: 'A model that contradicts itself has no analysis: its architecture has no findings until it is mended.',
    remedy: 'Change the words that the message names.',
  },
} as const satisfies Readonly<Record<string, Words>>;

export type LanguageError = keyof typeof LANGUAGE_ERRORS;

type Words = Pick<Rule, 'says' | 'why' | 'remedy'>;

/** The page of a rule, in Markdown; undefined where there is none. */
export type PageOf = (id: string) => string | undefined;

/**
 * Every rule that there is: those of the architecture, and the errors of the language. Who shows a log has no other
 * documentation at hand, and the pages have no address: a rule brings its own.
 */
export const describedRules = (pageOf: PageOf): readonly DescribedRule[] => [
  ...Object.entries<Rule>(RULES).map(([id, rule]) =>
    described(id, rule, rule.defaultSeverity, 'architecture', pageOf(id)),
  ),
  ...Object.entries<Words>(LANGUAGE_ERRORS).map(([id, words]) => described(id, words, 'error', 'language')),
];

/** A rule of which nothing but its name is known. */
export const nakedRule = (id: string): DescribedRule => {
  const words = `The rule ${id}.`;
  return described(id, { says: words, why: words, remedy: 'See the message.' }, 'warning', 'architecture');
};

function described(
  id: string,
  { says, why, remedy }: Words,
  severity: Severity,
  tag: string,
  page?: string,
): DescribedRule {
  return {
    id,
    shortDescription: { text: says },
    fullDescription: { text: why },
    help: {
      text: `${says}\n\nWhy it matters: ${why}\n\nWhat to do: ${remedy}`,
      markdown: page ?? `${says}\n\n**Why it matters.** ${why}\n\n**What to do.** ${remedy}`,
    },
    defaultConfiguration: { level: severity === 'error' || severity === 'warning' ? severity : 'note' },
    properties: {
      tags: [tag],
      'problem.severity': severity === 'error' || severity === 'warning' ? severity : 'recommendation',
    },
  };
}

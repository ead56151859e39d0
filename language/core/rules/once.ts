import type { Description } from './rule.ts';

/**
 * Descriptions outlive a keystroke: what was said of `subject` is said again for as long as it is `made` of the same
 * objects and words. The subject stands for the analysis that it was found in, and goes with it.
 */
export function saidOnce<Subject extends object>(): (
  subject: Subject,
  made: readonly unknown[],
  describe: () => Description,
) => Description {
  const known = new WeakMap<Subject, { readonly made: readonly unknown[]; readonly description: Description }>();
  return (subject, made, describe) => {
    const before = known.get(subject);
    if (before?.made.length === made.length && before.made.every((part, at) => part === made[at])) {
      return before.description;
    }
    const description = describe();
    known.set(subject, { made, description });
    return description;
  };
}

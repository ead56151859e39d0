import { type CstNode, DefaultValueConverter, GrammarAST, GrammarUtils, type ValueType } from 'langium';

/** Words to values: numbers without their `_`, texts without quotes and escapes, names in Unicode normal form C. */
export class P2PArchValueConverter extends DefaultValueConverter {
  /** By element of the grammar: the rule that its words are read by. Asking the grammar each time is slow. */
  private readonly rules = new WeakMap<GrammarAST.AbstractElement, GrammarAST.AbstractRule | null>();

  override convert(input: string, cstNode: CstNode): ValueType {
    const { grammarSource } = cstNode;
    if (grammarSource === undefined) return super.convert(input, cstNode);
    let rule = this.rules.get(grammarSource);
    if (rule === undefined) {
      const terminal = GrammarAST.isCrossReference(grammarSource)
        ? GrammarUtils.getCrossReferenceTerminal(grammarSource)
        : grammarSource;
      rule = (GrammarAST.isRuleCall(terminal) && terminal.rule.ref) || null;
      this.rules.set(grammarSource, rule);
    }
    return rule === null ? super.convert(input, cstNode) : this.runConverter(rule, input, cstNode);
  }

  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    switch (rule.name) {
      case 'INT':
      case 'NUMBER':
      case 'Decimal':
        return Number(input.replaceAll('_', ''));
      case 'STRING':
        return unquote(input);
      case 'NAME':
        return input.normalize('NFC');
      default:
        return super.runConverter(rule, input, cstNode);
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

/** The text of a string literal; a missing closing quote is no matter here. */
export function unquote(literal: string): string {
  const closed = literal.length > 1 && literal.endsWith('"');
  const inner = closed ? literal.slice(1, -1) : literal.slice(1);
  return inner.replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character);
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3600, d: 86400 };

/** Seconds of one `unit` (`/min` as well as `min`); of a second where the text has no unit that exists. */
export const secondsPerUnit = (unit: string | undefined): number =>
  SECONDS_PER_UNIT[(unit ?? 's').replace(/^\/\s*/, '')] ?? 1;

/** Whether a text is a day that exists, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

import { type CstNode, DefaultValueConverter, type GrammarAST, type ValueType } from 'langium';

/** Words to values: numbers without their `_`, texts without quotes and escapes, names in Unicode normal form C. */
export class P2PArchValueConverter extends DefaultValueConverter {
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

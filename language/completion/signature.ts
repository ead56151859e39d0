import type { LangiumDocument } from 'langium';
import type { SignatureHelpProvider } from 'langium/lsp';
import type {
  ParameterInformation,
  SignatureHelp,
  SignatureHelpOptions,
  SignatureHelpParams,
  SignatureInformation,
} from 'vscode-languageserver-protocol';
import type { P2PArchServices } from '../services.ts';
import { type Form, type FormName, formOf, isFormName, type Part } from './forms.ts';
import { meaningOf } from './meanings.ts';
import { type Sight, type Sights, sightsOf } from './sight.ts';
import { type GrammarPlace, placeIn, type Step } from './walk.ts';

/** While a property is written: its form, the part that stands next marked, a sentence for each. */
export class P2PArchSignatureHelp implements SignatureHelpProvider {
  readonly signatureHelpOptions: SignatureHelpOptions = {
    triggerCharacters: [' '],
    retriggerCharacters: ['/', '%', ','],
  };
  private readonly sights: Sights;

  constructor(services: P2PArchServices) {
    this.sights = sightsOf(services);
  }

  provideSignatureHelp(document: LangiumDocument, params: SignatureHelpParams): SignatureHelp | undefined {
    const sight = this.whereWritten(document, document.textDocument.offsetAt(params.position));
    const awaited = this.awaited(sight).flatMap((step): Awaited[] => {
      const place = placeIn(step.at, isFormName);
      return place && isFormName(place.rule) ? [{ step, place, rule: place.rule }] : [];
    });
    const [first] = awaited;
    return (
      first &&
      helpFor(
        first.rule,
        awaited.filter(({ rule }) => rule === first.rule),
        sight,
      )
    );
  }

  /** A number or text that the cursor stands at the end of is still being written. */
  private whereWritten(document: LangiumDocument, offset: number): Sight {
    const sight = this.sights.at(document, offset);
    const { touched } = sight;
    const isValue =
      touched && /^(INT|NUMBER|DATE|STRING)$/.test(touched.tokenType.name) && touched.startOffset < offset;
    return isValue ? this.sights.at(document, touched.startOffset) : sight;
  }

  /** What may go on with the statement; nothing once it is whole and nothing more belongs to it. */
  private awaited({ within, before, steps, block }: Sight): Step[] {
    if (within === 'comment' || before.length === 0) return [];
    const beginnings = this.sights.beginnings(block);
    return steps.filter(
      (step) => !beginnings.some(({ word, at }) => word === step.word && at.rule === step.at.rule) && step.word !== '{',
    );
  }
}

/** A word that may stand next, and the place of it in a form. */
interface Awaited {
  readonly step: Step;
  readonly place: GrammarPlace;
  readonly rule: FormName;
}

/** The ways to write a form that what is written so far leaves open, that of the first awaited word first. */
function helpFor(rule: FormName, awaited: readonly Awaited[], sight: Sight): SignatureHelp {
  const form: Form = formOf(rule);
  const party = sight.before[0]?.image ?? '';
  const ways = [form.parts, ...Object.values(form.others ?? {})].map((parts) =>
    signatureOf(form, rule, rule === 'Component' ? [party, ...parts.slice(1)] : parts),
  );
  const open = ways.flatMap(({ information, parts }) => {
    const active = awaited.map((one) => parts.findIndex((part) => isFor(part, one))).find((index) => index >= 0);
    return active === undefined ? [] : [{ information, active }];
  });
  const shown =
    open.length > 0 ? open : ways.slice(0, 1).map(({ information }) => ({ information, active: undefined }));
  const active = shown[0]?.active;
  return {
    signatures: shown.map(({ information }) => information),
    activeSignature: 0,
    ...(active !== undefined && { activeParameter: active }),
  };
}

const isFor = (part: Part, { step, place }: Awaited): boolean =>
  typeof part === 'string' ? step.kind === 'keyword' && step.word === part : 'of' in part && part.of === place.property;

interface Written {
  readonly information: SignatureInformation;
  readonly parts: readonly Part[];
}

/** The form in one line, optional parts in brackets, with the place of each part in it. */
function signatureOf(form: Form, rule: string, parts: readonly Part[]): Written {
  const flat: Part[] = [];
  const parameters: ParameterInformation[] = [];
  let label = '';
  const write = (list: readonly Part[], opening: string): void => {
    for (const [index, part] of list.entries()) {
      if (typeof part !== 'string' && 'optional' in part) {
        write(part.optional, '[');
        label += ']';
        continue;
      }
      const shown = typeof part === 'string' ? part : part.shows;
      if (label !== '' && !shown.startsWith('/')) label += ' ';
      if (index === 0) label += opening;
      const says = typeof part === 'string' ? meaningOf(rule, part) : part.says;
      parameters.push({
        label: [label.length, label.length + shown.length],
        ...(says !== undefined && { documentation: { kind: 'markdown' as const, value: says } }),
      });
      flat.push(part);
      label += shown;
    }
  };
  write(parts, '');
  return { information: { label, documentation: { kind: 'markdown', value: form.says }, parameters }, parts: flat };
}

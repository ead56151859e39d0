import { describe, expect, it } from 'vitest';
import { promotionSeconds, restartSeconds } from '../../language/navigation/refill.ts';
import { applied, open, place, whole } from './at.ts';

/** The text says itself where its hints stand and what they say: `⟨≈ 2 h for all 40⟩`. */
async function checkHints(text: string): Promise<void> {
  const opened = await open({ 'main.p2parch': text.replace(/ ⟨[^⟩]*⟩/g, '') });
  const { document, language } = opened;
  const hints = await language.lsp.InlayHintProvider?.getInlayHints(document, {
    ...place(opened),
    range: whole(document),
  });
  const edits = (hints ?? []).map(({ position, label }) => ({
    range: { start: position, end: position },
    newText: ` ⟨${label}⟩`,
  }));
  expect(applied(document, edits)).toBe(text);
}

describe('inlay hints', () => {
  it('say how long it takes until all are there again', () =>
    checkHints(
      `architecture Skype2007 {
  company Login {
    instances 40
    admits 30 Client/s ⟨≈ 2 h 13 min for all 9.6 million⟩
    restarts in 5 min ⟨≈ 21 min for all 40⟩
  }
  users Client { instances 9_600_000 restarts over 2 h }
  users SuperNode {
    instances 25_000
    promoted from Client at 10/min ⟨≈ 41 h 40 min for all 25,000⟩
  }
  users Relay { instances 96_000 promoted from Client at 1%/min ⟨≈ 1 min 0 s for all 96,000⟩ }
}
`.replace('1 min 0 s', '1 min'),
    ));

  it('say nothing that the text says itself, or that never happens', () =>
    checkHints(`architecture A {
  company One { restarts in 5 min }
  company Two { instances 2 restarts after 5 min }
  users Few { instances 3 }
  users Many { instances 4 promoted from Few at 1/s }
  users None { restarts never }
  service S needs One
  scenario T { at 1 h crash One run 2 h expect S back to 95% within 1 h }
}
`));

  it('answer in a file with errors', () =>
    checkHints(`architecture A {
  company Login { instances 4 admits 2 Client/s ⟨≈ 1 s for all 10⟩ admits 3 Client/s admits 2 Nobody/s admits
  users Client { instances 10 promoted from at 3/s }
  users Client { instances 3 }
  vendor Twice { instances 2 restarts in 1 h ⟨≈ 1 h 30 min for all 2⟩ }
  vendor Twice { instances 2 restarts in 1 h }
`));
});

describe('the closed forms', () => {
  it('of a promoted share are those of a decaying source', () => {
    const half = promotionSeconds(50, { kind: 'share', perSecond: 0.01 }, 100);
    expect(half).toBeCloseTo(Math.log(2) / 0.01, 9);
    expect(promotionSeconds(100, { kind: 'share', perSecond: 0.01 }, 100)).toBeUndefined();
    expect(promotionSeconds(101, { kind: 'count', perSecond: 1 }, 100)).toBeUndefined();
  });

  it('of the last of n exponential restarts are the harmonic number of n', () => {
    const of = (n: number) => restartSeconds(n, { distribution: 'exponential', seconds: 1 });
    let sum = 0;
    for (let n = 1; n <= 1000; n++) sum += 1 / n;
    expect(of(1000)).toBeCloseTo(sum, 9);
    expect(of(2)).toBe(1.5);
    expect(of(1)).toBeUndefined();
  });
});

/** Words that try to be more than words, in every place of a file where a reader writes his own. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(2)</script>',
  '</title></style></svg><svg onload=alert(3)>',
  ']]> <!-- -->',
  '"&\' &lt; &#60;',
  '`a` | **b** | [c](javascript:alert(4)) ![d](http://127.0.0.1:9/e.png) <http://127.0.0.1:9/f>',
  '\u202egnp.exe\u2066 end',
  'nul\u0000 escape\u001b[31m half\ud800 none\uffff\u2028\u2029',
  '#{alert(5)} {{alert(6)}} javascript:alert(7) ``` ~~~',
] as const;

/** What a reader gets to see of it: what turns the order of letters around is left out, what is no character is marked. */
export const seenAs = (words: string): string =>
  words.replace(/[\u202a-\u202e\u2066-\u2069\u2028\u2029]/g, '').replace(/\p{Cc}|\p{Cs}|\uffff/gu, '\ufffd');

/** Keeps what a reader of XML complains of; that what is no character was marked is none of it. */
export const complaining =
  (complaints: string[]) =>
  (level: string, message: string): void => {
    if (!/^Unicode replacement character detected/.test(message)) complaints.push(`${level} ${message}`);
  };

export const LONG = `${'Unbreakable'.repeat(30)} end`;

const quoted = (words: string): string => `"${words.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const next = (at: number): string => quoted(HOSTILE[at % HOSTILE.length] as string);

/** A sound file; the `turn` shifts which words stand where. */
export const hostileFile = (turn = 0): string => `/** ${HOSTILE[0]} */
hazard H ${next(turn)}

architecture A ${next(turn + 1)} {
  group G ${next(turn + 2)} {
    vendor C ${next(turn + 3)} by ${next(turn + 4)} {
      instances 3
      restarts in 5 min
      exposed to H 50%
    }
    company L ${quoted(LONG)} { instances 2 admits 10 U/s }
  }
  users U ${next(turn + 5)} {
    instances 100
    needs C
    needs L to start
    restarts over 1 h
    retries every 30 s up to 10 min
    exposed to H 60%
  }
  service S ${next(turn + 6)} for U {
    needs C
    traffic 100% through C
  }
  service T ${next(turn + 7)} needs L
  accept single-external-dependency on C because ${next(turn).replace(/^"/, '"So: ')} until 2999-01-01
  accept single-company-dependency on L because ${next(turn + 5).replace(/^"/, '"So: ')}
  require S survives U
}

architecture B ${next(turn + 3)} extends A {
  company C ${next(turn + 2)} { instances 3 }
}

scenario X ${next(turn + 4)} on A, B {
  at 1 h crash 40% of U
  run 5 h
  expect S back to 95% within 1 h
  expect S never below 99%
}
`;

/** Texts that are sound, or nearly so, and that nobody would draw: whatever is said of them has to make sense all the same. */
import { generateProgram } from '../bench/generate.ts';

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const LONG = 'a label that does not come to an end '.repeat(6).slice(0, 200);
const WORD = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(5).slice(0, 200);

const CRASH =
  '  at 1 min crash 100% of X\n  run 1 h\n  expect S back to 95% within 10 min\n  expect S never below 20%\n';

export const ODD_PROGRAMS: Readonly<Record<string, string>> = {
  'no text at all': '',
  'a hazard alone': 'hazard Storm\n',
  'an architecture of nothing': 'architecture A {}\n',
  'one component and no service': 'architecture A { company X }\nscenario C on A { at 1 min crash X run 1 h }\n',
  'a service alone': 'architecture A { service S }\nscenario C on A { at 1 min strike H run 1 h }\nhazard H\n',
  'one component': `architecture A { company X { restarts in 1 min } service S needs X }\nscenario C on A {\n${CRASH}}\n`,
  'what needs itself': `architecture A {
  company X { instances 3 needs X restarts in 1 min }
  company Y { needs Z to start restarts in 1 min }
  company Z { needs Y to start restarts in 1 min }
  service S needs X and Y
}
scenario C on A {
${CRASH}}
`,
  'what is promoted from itself': `architecture A {
  users X { instances 10 promoted from Y at 3/min }
  users Y { instances 5 promoted from X at 3/min }
  service S needs X
}
scenario C on A {
${CRASH}}
`,
  'nothing but vendors': `hazard H
architecture A {
  vendor X by "One" { exposed to H 50% }
  vendor Y by "One"
  vendor Z { exposed to H }
  vendor W
  service S needs X or Y or (Z and W)
}
scenario C on A {
${CRASH}  at 5 min strike H
}
`,
  'a service that cannot fail, and one that nothing keeps up': `hazard H
architecture A {
  company X { instances 4 }
  company Up
  company Never { needs Never2 to start }
  company Never2 { needs Never to start restarts never }
  service S
  service Sure needs S
  service Lost needs Never and Never2 and X and Up
  require Lost survives any 1 failure
}
scenario C on A {
${CRASH}  at 1 min crash Never at 1 min crash Never2
  expect Lost back to 100% within 1 ms
}
`,
  'labels without end': `hazard H "${LONG}"
architecture A "${LONG}" {
  group G "${WORD}" { vendor X "${LONG}" by "${WORD}" { instances 3 restarts in 1 min exposed to H 50% } }
  users ${'N'.repeat(200)} "${WORD}" { instances 1_000_000_000 needs X retries every 1 s up to 1 h restarts over 1 d }
  service S "${WORD}" needs X
}
scenario C "${LONG}" on A {
${CRASH}}
`,
  'from right to left': `hazard سيل "فيضان في المدينة"
architecture هاتف "هاتف: ‮rotcesrever‬ 3 (الإصدار 2)" {
  group إقليم "إقليم الشمال" { company X "خادم تسجيل الدخول" by "شركة (أ)" { instances 3 restarts in 1 min exposed to سيل } }
  vendor מִרכָּז "מרכז נתונים" by "ענן"
  service S "الاتصال" needs X or מִרכָּז
}
scenario C "تحطم 100%" on هاتف {
${CRASH}}
`,
  'names of the language underneath': `hazard toString
architecture constructor {
  group prototype { company X { instances 2 needs hasOwnProperty restarts in 1 min } }
  users hasOwnProperty { instances 5 serves 3 X restarts in 1 min exposed to toString 50% }
  vendor valueOf by "__proto__" { exposed to toString }
  vendor isPrototypeOf by "constructor"
  service __proto__ needs X and (valueOf or isPrototypeOf)
  service S needs X
}
scenario __defineGetter__ on constructor {
${CRASH}  at 2 min strike toString
  expect __proto__ back to 95% within 10 min
}
`,
  'forty scenarios': `architecture A { company X { instances 3 restarts in 1 min } service S needs X }
${many(40, (index) => `scenario C${index} "The crash that has the number ${index}" on A {\n${CRASH}}`)}
`,
  'eight architectures under one crash': `architecture A { company X { instances 3 restarts in 1 min } service S needs X }
${many(7, (index) => `architecture A${index} extends A { company X { instances ${index + 1} restarts never } }`)}
scenario C on A, A0, A1, A2, A3, A4, A5, A6 {
${CRASH}}
`,
  'a hundred steps at once, and none for long': `architecture A { company X { instances 3 restarts in 1 ms } service S needs X }
scenario C on A {
${many(100, (index) => `  at ${index % 3} s crash ${index % 2 ? '0.001% of ' : ''}X`)}
  run 3 s
}
scenario D on A { at 0 s add 1_000_000 X at 0 s restore X run 30 d }
`,
  'groups in groups': `architecture A {
${many(12, (index) => `  group G${index} "Region ${index}" {`)}
  company X { instances 2 restarts in 1 min }
  vendor V by "One"
${many(12, () => '  }')}
  service S needs X and V
}
scenario C on A {
${CRASH}}
`,
  'three hundred components that are struck': `${generateProgram(300)}scenario C on Generated { at 1 min strike Storm run 1 h }\n`,
  'three thousand components': generateProgram(3000),
};

import { FONTS, type Font } from '../../language/core/diagram/index.ts';
import { PALETTES, type Palette, type Theme } from './theme.ts';

/**
 * The style sheet of the picture. In the webview it goes into a `<style nonce>` of the page, for the content security
 * policy allows no other; a file of its own carries it inside.
 */
export function pictureStyles(theme: Theme): string {
  const palette = PALETTES[theme];
  return [
    base(palette),
    parties(palette),
    edges(palette),
    pools(palette),
    badges(palette),
    // Before the states, so that what is selected is seen in every theme.
    contrast(theme, palette),
    theme === 'editor' ? pointing(palette) : '',
    states(palette),
    theme === 'editor' ? '' : fateTags(palette),
  ].join('\n');
}

const fontOf = ({ size, bold }: Font): string => `font-size: ${size}px; font-weight: ${bold ? 600 : 400};`;

const base = (p: Palette): string => `
.p2p { font-family: ${p.font}; fill: ${p.foreground}; background: ${p.background}; -webkit-user-select: none; user-select: none; }
.p2p .background { fill: ${p.background}; }
.p2p text { dominant-baseline: auto; white-space: pre; }
.p2p .end { text-anchor: end; }
.p2p .middle { text-anchor: middle; }
.p2p .picture-title { font-size: 20px; font-weight: 600; }
.p2p .text-title { ${fontOf(FONTS.title)} }
.p2p .text-caption, .p2p .text-fact { ${fontOf(FONTS.fact)} fill: ${p.muted}; }
.p2p .text-scale, .p2p .text-small { ${fontOf(FONTS.scale)} fill: ${p.muted}; }
.p2p .text-legend { ${fontOf(FONTS.legend)} fill: ${p.muted}; }
.p2p .text-figure { ${fontOf(FONTS.scale)} font-weight: 600; font-variant-numeric: tabular-nums; }
.p2p .text-zone { ${fontOf(FONTS.zone)} }
.p2p .text-group { ${fontOf(FONTS.group)} fill: ${p.muted}; }
.p2p .box { fill: ${p.node}; stroke: ${p.line}; stroke-width: 1; }
.p2p .zone > .frame { stroke-width: 1; stroke-opacity: 0.45; }
.p2p .group > .frame { fill: ${p.node}; fill-opacity: 0.5; stroke: ${p.muted}; stroke-width: 1; stroke-opacity: 0.5; stroke-dasharray: 2 3; }
.p2p .heading-tint { fill: ${p.node}; }
.p2p .strip > .frame { fill: none; stroke: ${p.hazard}; stroke-opacity: 0.45; stroke-dasharray: 5 4; }
.p2p .icon { fill: none; stroke: ${p.foreground}; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.p2p .icon .solid { fill: ${p.foreground}; stroke: none; }
.p2p .service > .box { stroke: ${p.foreground}; stroke-width: 1.5; }
.p2p .hazard-sign { fill: ${p.hazard}; }
.p2p .node.hazard > .box { stroke: ${p.hazard}; }
.p2p .exposure > rect { fill: none; stroke: ${p.hazard}; stroke-opacity: 0.6; }
.p2p .exposure > text { ${fontOf(FONTS.tag)} }
.p2p .folded > .sheet { fill: ${p.node}; stroke: ${p.line}; stroke-width: 1; }
.p2p .folded > .box { stroke-width: 1.5; }
.p2p .fold > .fold-hit { fill: transparent; }
.p2p .fold > .fold-box { fill: ${p.node}; stroke: ${p.line}; stroke-width: 1; }
.p2p .fold > .fold-sign { fill: none; stroke: ${p.foreground}; stroke-width: 1.75; stroke-linecap: round; }
.p2p .junction > .box { stroke: ${p.line}; stroke-width: 1.25; }
.p2p .junction > text { ${fontOf(FONTS.edge)} font-weight: 600; }`;

const parties = (p: Palette): string =>
  (['company', 'users', 'vendor'] as const)
    .map(
      (party) => `
.p2p .party-${party}.zone > .frame { fill: ${p[`${party}Zone`]}; stroke: ${p[party]}; }
.p2p .party-${party} > .heading-back { fill: ${p[`${party}Zone`]}; }
.p2p .party-${party} .icon { stroke: ${p[party]}; }
.p2p .party-${party} .icon .solid { fill: ${p[party]}; }
.p2p .party-${party} > .box { stroke: ${p[party]}; stroke-opacity: 0.6; }
.p2p .party-${party} > .stripe { fill: ${p[party]}; }
.p2p .party-${party} .dots { stroke: ${p[party]}; }
.p2p .party-${party} .bar { fill: ${p[party]}; }
.p2p .edge.traffic.party-${party} > .line { stroke: ${p[party]}; }
.p2p .edge.traffic.party-${party} > .head { fill: ${p[party]}; }`,
    )
    .join('');

/** Of all edges but bands of traffic, whose width is their share. */
const lines = (edge: string): string =>
  ['needs', 'needsToStart', 'promotes', 'serviceFor'].map((kind) => `.p2p ${edge}.${kind} > .line`).join(', ');

const edges = (p: Palette): string => `
.p2p .edge > .line { fill: none; stroke: ${p.line}; }
${lines('.edge')} { stroke-width: 1.5; }
.p2p .edge > .hit { fill: none; stroke: transparent; stroke-width: 14; pointer-events: stroke; }
.p2p .edge > .head { fill: ${p.line}; stroke: ${p.line}; stroke-width: 1.5; stroke-linejoin: round; }
.p2p .edge.needsToStart > .line { stroke-dasharray: 6 4; }
.p2p .edge.needsToStart > .head { fill: ${p.node}; }
.p2p .edge.promotes > .line { stroke: ${p.good}; stroke-dasharray: 10 4 2 4; }
.p2p .edge.promotes > .head { stroke: ${p.good}; fill: ${p.good}; }
.p2p .edge.traffic > .line { stroke-opacity: ${p.band}; stroke-linejoin: round; }
.p2p .edge.traffic > .head { stroke: none; }
.p2p .edge.serviceFor > .line { stroke-dasharray: 1.5 4; stroke-linecap: round; }
.p2p .edge > .label > rect { fill: ${p.background}; stroke: ${p.line}; stroke-width: 0.75; stroke-opacity: 0.6; }
.p2p .edge > .label > text { ${fontOf(FONTS.edge)} fill: ${p.foreground}; }`;

const pools = (p: Palette): string => `
.p2p .dots { fill: none; stroke: ${p.foreground}; stroke-linecap: round; }
.p2p .dots.place { stroke-opacity: 0.65; }
.p2p .dots.hole { stroke: ${p.node}; }
.p2p .track { fill: ${p.track}; }
.p2p .bar { fill: ${p.foreground}; }
.p2p .limit { stroke: ${p.foreground}; stroke-width: 2; }
.p2p .full { stroke: ${p.muted}; stroke-width: 1; }
.p2p .bar[data-over="yes"] { fill: ${p.error}; }
.p2p .service .bar { fill: ${p.good}; }
.p2p .counts, .p2p.recovering .component > .text-caption { display: none; }
.p2p.recovering .counts { display: inline; }`;

const badges = (p: Palette): string => `
.p2p .badge > .sign { fill: none; stroke: ${p.node}; stroke-width: 2; stroke-linecap: round; }
.p2p .badge > .shape, .p2p .badge > .pill { stroke: none; }
.p2p .badge > text { font-size: 11px; font-weight: 700; fill: ${p.foreground}; }
.p2p .badge.error > .shape { fill: ${p.error}; }
.p2p .badge.warning > .shape { fill: ${p.warning}; }
.p2p .badge.information > .shape { fill: ${p.information}; }
.p2p .badge.hint > .shape { fill: ${p.muted}; }
.p2p .badge.accepted > .shape { fill: none; stroke: ${p.muted}; stroke-width: 1.25; }
.p2p .badge.accepted > .sign { stroke: ${p.muted}; stroke-width: 1.75; }`;

/** Classes that an application sets on nodes, edges and containers that are pointed at or have the focus. */
const pointing = (p: Palette): string => `
.p2p [tabindex] { outline: none; }
.p2p [role="button"] { cursor: pointer; }
.p2p .fold:focus-visible > .fold-box { stroke: ${p.focus}; stroke-width: 3; }
.p2p .node:focus-visible > .box { stroke: ${p.focus}; stroke-width: 3; stroke-opacity: 1; }
.p2p .container:focus-visible > .heading-back { stroke: ${p.focus}; stroke-width: 2; }
.p2p .container.selected > .heading-back { stroke: ${p.focus}; stroke-width: 2; }
.p2p .container.lit > .frame { stroke-opacity: 1; stroke-width: 2; }
.p2p .edge:focus-visible > .hit, .p2p .edge.selected > .hit { stroke: ${p.focus}; stroke-opacity: 0.5; }
.p2p .node.lit > .box { stroke-width: 2.5; stroke-opacity: 1; }
${lines('.edge.lit')} { stroke-width: 3; }
.p2p .edge.traffic.lit > .line { stroke-opacity: 0.75; }
.p2p .faded > :not(text, g), .p2p .faded > g :not(text, g) { opacity: 0.25; }
.p2p .faded text { fill: ${p.muted}; }`;

/** What is selected, and what failures do. */
const states = (p: Palette): string => `
.p2p .node.selected > .box { stroke: ${p.focus}; stroke-width: 3; stroke-opacity: 1; }
.p2p .cross { display: none; }
.p2p .cross > .disc { fill: ${p.error}; stroke: ${p.background}; stroke-width: 2; }
.p2p .cross > .strokes { fill: none; stroke: ${p.node}; stroke-width: 3; stroke-linecap: round; }
.p2p .failed > .box, .p2p .lost > .box { stroke: ${p.error}; stroke-width: 2.5; stroke-opacity: 1; }
.p2p .lost > .box { stroke-dasharray: 6 4; }
.p2p .failed > .cross { display: inline; }
.p2p .failed .dots.up, .p2p .lost .dots.up, .p2p .failed .bar, .p2p .lost .bar { display: none; }
.p2p .failed .text-figure, .p2p .lost .text-figure { display: none; }`;

/** The tags of failures in a picture that stands alone; the panel has its own, which grow with the distance. */
const fateTags = (p: Palette): string => `
.p2p .failed > .cross { display: none; }
.p2p .fate > rect { fill: ${p.background}; stroke: ${p.error}; stroke-width: 1.5; }
.p2p .fate > text { font-size: 11.5px; font-weight: 600; fill: ${p.foreground}; }
.p2p .fate > .fate-sign { fill: none; stroke: ${p.error}; stroke-width: 2; }
.p2p .fate.lost > rect { stroke-dasharray: 4 3; }
.p2p .fate.failed > rect, .p2p .fate.serviceLost > rect { fill: ${p.error}; }
.p2p .fate.failed > text, .p2p .fate.serviceLost > text { fill: ${p.background}; }
.p2p .fate.failed > .fate-sign, .p2p .fate.serviceLost > .fate-sign { stroke: ${p.background}; }`;

/** High contrast: every border full and thick, nothing told by a tint. */
function contrast(theme: Theme, p: Palette): string {
  const rules = (scope: string, border: string) => `
${scope}.p2p .zone > .frame, ${scope}.p2p .strip > .frame { stroke-opacity: 1; stroke-width: 2; }
${scope}.p2p .group > .frame { stroke: ${border}; stroke-opacity: 1; }
${scope}.p2p .node > .box { stroke-opacity: 1; stroke-width: 1.5; }
${scope}.p2p .track { stroke: ${border}; stroke-width: 1; }
${scope}.p2p .edge > .label > rect, ${scope}.p2p .exposure > rect { stroke-opacity: 1; }
${scope}.p2p .edge.traffic > .line { stroke-opacity: 0.45; }`;
  const plain = (scope: string, ground: string) => {
    const frames = ['company', 'users', 'vendor'].map(
      (party) => `${scope}.p2p .party-${party}.zone > .frame, ${scope}.p2p .party-${party} > .heading-back`,
    );
    return `\n${frames.join(', ')} { fill: ${ground}; }`;
  };
  if (p.border !== undefined) return rules('', p.border);
  const ground = theme === 'editor' ? 'var(--vscode-editor-background, #000000)' : p.background;
  const border = theme === 'editor' ? 'var(--vscode-contrastBorder, currentColor)' : p.foreground;
  const inEditor = theme === 'editor' ? ['.vscode-high-contrast ', '.vscode-high-contrast-light '] : [];
  // A page or a file that the editor does not theme goes by what the reader's system asks for.
  return [
    ...inEditor.map((scope) => rules(scope, border) + plain(scope, ground)),
    `\n@media (prefers-contrast: more), (forced-colors: active) {${rules('', border)}${plain('', ground)}\n}`,
  ].join('');
}

export { trafficWidth } from './edges.ts';
export {
  FATE_HEIGHT,
  FATE_SIGNS,
  type Fate,
  type FateCorner,
  type FateMark,
  type Fates,
  fateClass,
  fateCorners,
  fateWidth,
  fateWords,
} from './fates.ts';
export { type FaultTreeOptions, faultTreeStyles, renderFaultTree } from './fault-tree.ts';
export { type LegendEntry, type LegendKey, legendOf } from './legend.ts';
export {
  allUp,
  hasPool,
  levelFigure,
  levelMarks,
  levelWidth,
  type Mark,
  type MarkRole,
  type PoolFigures,
  type PoolNode,
  type PoolWords,
  poolFigures,
  poolMarks,
  poolWords,
} from './marks.ts';
export { type PictureOptions, type PictureParts, partsOf, renderLegend, renderPicture } from './picture.ts';
export { SCENE_LISTS } from './scene.ts';
export { levelOf, type PoolState, poolStateOf, type RecoveryState } from './state.ts';
export { pictureStyles } from './styles.ts';
export { element, escapeText, group, textElement } from './svg.ts';
export { PALETTES, type Palette, type Theme } from './theme.ts';

import type { Palette } from './colours.ts';
import { Played, PoolKey } from './recovery-picture.tsx';
import { Swatch } from './results.tsx';
import type { Result } from './timeline.ts';

export interface PictureChoiceProps {
  readonly results: readonly Result[];
  readonly palette: Palette;
  /** What is seen alone. */
  readonly alone: Result;
  /** Without one, all. */
  readonly onChoose: (architecture: string | undefined) => void;
}

/** Which of several pictures is seen while not all are. */
export function PictureChoice({ results, palette, alone, onChoose }: PictureChoiceProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of buttons is no fieldset, for nothing is filled in
    <div class="picture-choice" role="group" aria-label="Pictures" data-testid="picture-choice">
      <button type="button" aria-pressed={false} title="All pictures, side by side" onClick={() => onChoose(undefined)}>
        All {results.length}
      </button>
      {results.map(({ architecture, title }, index) => (
        <button
          key={architecture}
          type="button"
          data-architecture={architecture}
          aria-pressed={architecture === alone.architecture}
          title={`${title} (${index + 1})`}
          onClick={() => onChoose(architecture)}
        >
          <Swatch index={index} palette={palette} /> <span>{title}</span>
        </button>
      ))}
      <PoolKey />
      <Played result={alone} />
    </div>
  );
}

/** Signs for buttons, drawn: glyphs for these come as coloured pictures on some systems and as boxes on others. */
const PATHS = {
  play: 'M4 2.5v11l9.5-5.5z',
  pause: 'M4 2.5h3v11H4zM9.5 2.5h3v11h-3z',
  previous: 'M3 2.5h2v11H3zM13.5 2.5v11L5.5 8z',
  next: 'M11 2.5h2v11h-2zM2.5 2.5v11l8-5.5z',
  close: 'M3.3 4.4l1.1-1.1L8 6.9l3.6-3.6 1.1 1.1L9.1 8l3.6 3.6-1.1 1.1L8 9.1l-3.6 3.6-1.1-1.1L6.9 8z',
  compare: 'M2 2.5h5v11H2zM3.5 4v8h2V4zM9 2.5h5v11H9zM10.5 4v8h2V4z',
  again:
    'M8 2.5a5.5 5.5 0 1 0 5.4 6.6h-1.6A4 4 0 1 1 8 4c1.1 0 2 .4 2.8 1.2L8.7 7.3H14V2l-2.1 2.1A5.5 5.5 0 0 0 8 2.500z',
  met: 'M6.4 12.6L2 8.200l1.3-1.3 3.1 3.1 6.3-6.300L14 5z',
  missed: 'M3 4.400L4.4 3 8 6.6 11.6 3 13 4.4 9.4 8l3.6 3.6-1.4 1.400L8 9.4 4.4 13 3 11.6 6.6 8z',
  warning: 'M8 1.500L15 14H1zM7.2 6v4h1.600V6zm0 5v1.600h1.600V11z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`sign ${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}

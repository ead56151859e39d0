/** Signs for buttons, drawn: glyphs for these come as coloured pictures on some systems and as boxes on others. */
const PATHS = {
  play: 'M4 2.5v11l9.5-5.5z',
  pause: 'M4 2.5h3v11H4zM9.5 2.5h3v11h-3z',
  previous: 'M3 2.5h2v11H3zM13.5 2.5v11L5.5 8z',
  next: 'M11 2.5h2v11h-2zM2.5 2.5v11l8-5.5z',
  close: 'M3.3 4.4l1.1-1.1L8 6.9l3.6-3.6 1.1 1.1L9.1 8l3.6 3.6-1.1 1.1L8 9.1l-3.6 3.6-1.1-1.1L6.9 8z',
  compare: 'M2 2.5h5v11H2zM3.5 4v8h2V4zM9 2.5h5v11H9zM10.5 4v8h2V4z',
  again:
    'M8 2.5a5.5 5.5 0 1 0 5.4 6.6h-1.6A4 4 0 1 1 8 4c1.1 0 2 .4 2.8 1.2L8.7 7.3H14V2l-2.1 2.1A5.5 5.5 0 0 0 8 2.5z',
  met: 'M6.4 12.6L2 8.2l1.3-1.3 3.1 3.1 6.3-6.3L14 5z',
  missed: 'M3 4.4L4.4 3 8 6.6 11.6 3 13 4.4 9.4 8l3.6 3.6-1.4 1.4L8 9.4 4.4 13 3 11.6 6.6 8z',
  warning: 'M8 1.5L15 14H1zM7.2 6v4h1.6V6zm0 5v1.6h1.6V11z',
  down: 'M7.2 2h1.6v8.6l3.3-3.3 1.1 1.1L8 13.7 2.8 8.4l1.1-1.1 3.3 3.3z',
  lost: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zm0 1.6c1.1 0 2.2.4 3 1L4.1 11A4.9 4.9 0 0 1 8 3.1zm3.9 1.9a4.9 4.9 0 0 1-6.9 6.9z',
  list: 'M2 3h2v2H2zM5.5 3H14v2H5.5zM2 7h2v2H2zM5.5 7H14v2H5.5zM2 11h2v2H2zM5.5 11H14v2H5.5z',
  tree: 'M5.5 1h5v4H8.8v2.2h4V10H14v4h-4.4v-4h1.6V8.8H4.8V10h1.6v4H2v-4h1.2V7.2h4V5H5.5z',
  back: 'M7.3 2.6L8.4 3.7 4.9 7.2H14v1.6H4.9l3.5 3.5-1.1 1.1L1.9 8z',
  search:
    'M6.8 1.8a5 5 0 1 0 3 9l3.4 3.4 1.1-1.1-3.4-3.4a5 5 0 0 0-4.1-7.9zm0 1.6a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 0 1 0-6.8z',
  fold: 'M2 2.5h12v11H2zM3.5 4v8h9V4zM5 7.2h6v1.6H5z',
  unfold: 'M2 2.5h12v11H2zM3.5 4v8h9V4zM5 7.2h2.2V5h1.6v2.2H11v1.6H8.8V11H7.2V8.8H5z',
  flash: 'M9.5 1L3.5 9h3.6L6 15l6.5-8.5H8.8z',
  help: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zm0 1.6a4.9 4.9 0 1 1 0 9.8a4.9 4.9 0 0 1 0-9.8zM7.2 10.2h1.6v1.5H7.2zM8 4.3c1.4 0 2.4.9 2.4 2.1 0 .9-.5 1.4-1.1 1.8-.4.3-.5.5-.5.9v.3H7.2V9c0-.9.4-1.4 1-1.8.5-.3.6-.5.6-.8 0-.4-.3-.7-.8-.7s-.9.3-.9.9H5.5c0-1.4 1-2.3 2.5-2.3z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`sign ${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}

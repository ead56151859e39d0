export { blockHtml, undrawnHtml } from './block.ts';
export { type MarkdownReview, reviewMarkdown } from './markdown.ts';
export { type PlayerBundle, reviewPage } from './page.ts';

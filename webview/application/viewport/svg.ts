/** An SVG element from its text; nothing, and a word on the console, if it is not well-formed. */
export function parseSvg(text: string): SVGSVGElement | undefined {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  const imported = document.importNode(root, true) as Element;
  if (imported instanceof SVGSVGElement) return imported;
  console.warn('P2P Arch: a picture is not well-formed SVG', imported.textContent);
  return undefined;
}

/** What carries the attribute, by its value. */
export const byAttribute = (svg: SVGSVGElement, name: string): Map<string, Element> =>
  new Map([...svg.querySelectorAll(`[${name}]`)].map((element) => [element.getAttribute(name) ?? '', element]));

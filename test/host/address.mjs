// The address of a workbench: what to open and what to run there are said in its query.

import path from 'node:path';

/**
 * @typedef {object} Opening
 * @property {string} [folder]
 * @property {string} [workspace] A .code-workspace file.
 * @property {string} [file] A file to show in an editor.
 * @property {string} [developmentPath] An extension to run from its folder.
 * @property {string} [testsPath] The suite to run in the extension host.
 * @property {boolean} [disableExtensions]
 */

/**
 * @param {string} authority Host and port as the browser sees them: VS Code names its remote files by it.
 * @param {Opening} opening
 */
export function workbenchQuery(authority, opening) {
  const remote = (/** @type {string} */ file) => `vscode-remote://${authority}${encodeURI(path.resolve(file))}`;
  /** @type {[string, string][]} */
  const payload = [];
  if (opening.developmentPath) payload.push(['extensionDevelopmentPath', remote(opening.developmentPath)]);
  if (opening.testsPath) payload.push(['extensionTestsPath', remote(opening.testsPath)]);
  if (opening.file) payload.push(['openFile', remote(opening.file)]);
  if (opening.disableExtensions) payload.push(['disableExtensions', 'true']);

  const query = new URLSearchParams();
  if (opening.workspace) query.set('workspace', path.resolve(opening.workspace));
  else if (opening.folder) query.set('folder', path.resolve(opening.folder));
  else query.set('ew', 'true');
  query.set('payload', JSON.stringify(payload));
  return query;
}
